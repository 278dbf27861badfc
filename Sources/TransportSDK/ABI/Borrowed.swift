internal import CTransportABI

// What is borrowed becomes a Swift value before the call returns, and the other way round. Pointers
// live only inside these closures.

extension String {
  /// Copies borrowed text; what is not UTF-8 is repaired, so that nothing a host passes can trap.
  init(_ text: jf_borrowed_text) {
    // SAFETY: the caller lends `len` bytes at `ptr` for the length of this call.
    self = unsafe String(
      decoding: UnsafeRawBufferPointer(start: text.ptr, count: text.ptr == nil ? 0 : text.len),
      as: UTF8.self)
  }

  /// Lends the text to a C function.
  func borrowed<R>(_ body: (jf_borrowed_text) -> R) -> R {
    var copy = self
    return copy.withUTF8 { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe body(jf_borrowed_text(ptr: characters.baseAddress, len: characters.count))
      }
    }
  }
}

extension jf_borrowed_bytes {
  /// The bytes as a buffer, valid during the call that lent them.
  var buffer: UnsafeBufferPointer<UInt8> {
    // SAFETY: the caller lends `len` bytes at `ptr`.
    unsafe UnsafeBufferPointer(start: ptr, count: ptr == nil ? 0 : len)
  }
}

extension [UInt8] {
  /// Lends the bytes to a C function.
  func borrowed<R>(_ body: (jf_borrowed_bytes) -> R) -> R {
    unsafe withUnsafeBufferPointer { buffer in
      unsafe body(jf_borrowed_bytes(ptr: buffer.baseAddress, len: buffer.count))
    }
  }

  /// Copies borrowed text as bytes.
  init(_ text: jf_borrowed_text) {
    // SAFETY: the caller lends `len` bytes at `ptr` for the length of this call.
    self = unsafe Array(
      UnsafeRawBufferPointer(start: text.ptr, count: text.ptr == nil ? 0 : text.len))
  }
}

/// An array that C lends as pointer and count, element by element.
func mapBorrowed<Element, Result>(
  _ start: UnsafePointer<Element>?, _ count: Int, _ transform: (Element) -> Result
) -> [Result] {
  // SAFETY: the caller lends `count` elements at `start` for the length of this call.
  unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : count).map(transform)
}

/// A NUL-terminated copy that lives as long as the process, as descriptors must.
func immortalCString(_ bytes: [UInt8]) -> UnsafePointer<CChar> {
  let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
  for (index, byte) in bytes.enumerated() {
    // SAFETY: `index` is below the capacity allocated above.
    unsafe (copy + index).initialize(to: CChar(bitPattern: byte))
  }
  unsafe (copy + bytes.count).initialize(to: 0)
  return unsafe UnsafePointer(copy)
}
