internal import CTransportABI

// Swift values lent to C for the length of a call.

/// Texts and bytes of one call in one allocation, so that a whole struct is lent in one closure.
struct LendingArena {
  private var bytes: [UInt8] = []

  init() {
    // What a call of the usual size lends; more grows it.
    bytes.reserveCapacity(256)
  }

  /// A text of the arena.
  struct Slot {
    fileprivate let range: Range<Int>
  }

  /// Takes a text in.
  mutating func add(_ text: String) -> Slot {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    return Slot(range: start..<bytes.count)
  }

  /// Takes bytes in.
  mutating func add(_ content: [UInt8]) -> Slot {
    let start = bytes.count
    bytes.append(contentsOf: content)
    return Slot(range: start..<bytes.count)
  }

  /// Lends everything.
  func withLent<R, E: Error>(_ body: (Lent) throws(E) -> R) throws(E) -> R {
    unsafe try bytes.withUnsafeBufferPointer { buffer throws(E) in
      unsafe try body(Lent(base: buffer))
    }
  }

  /// What is lent, during the closure.
  @safe struct Lent {
    fileprivate let base: UnsafeBufferPointer<UInt8>

    /// The text of a slot.
    subscript(slot: Slot) -> jf_borrowed_text { unsafe base.lent(slot.range) }

    /// The bytes of a slot.
    func bytes(_ slot: Slot) -> jf_borrowed_bytes {
      // SAFETY: slots are ranges of this arena's own bytes.
      unsafe jf_borrowed_bytes(
        ptr: base.baseAddress.map { unsafe $0 + slot.range.lowerBound }, len: slot.range.count)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Text that lies in these bytes, valid as long as they are.
  func lent(_ range: Range<Int>) -> jf_borrowed_text {
    // SAFETY: callers pass ranges of the array that they made the buffer of.
    unsafe jf_borrowed_text(
      ptr: baseAddress.map {
        unsafe UnsafeRawPointer($0 + range.lowerBound).assumingMemoryBound(to: CChar.self)
      }, len: range.count)
  }
}

extension String {
  /// Copies what a plugin lent; what is not UTF-8 is repaired.
  ///
  /// A length below zero, which in C is one above half of the address space, counts as zero.
  init(_ text: jf_borrowed_text) {
    // SAFETY: the plugin lends `len` bytes at `ptr` for the length of this call.
    self = unsafe String(
      decoding: UnsafeRawBufferPointer(
        start: text.ptr, count: text.ptr == nil ? 0 : Swift.max(0, text.len)),
      as: UTF8.self)
  }
}

extension [UInt8] {
  /// Copies what a plugin lent.
  init(_ bytes: jf_borrowed_bytes) {
    // SAFETY: the plugin lends `len` bytes at `ptr` for the length of this call.
    self = unsafe Array(
      UnsafeBufferPointer(start: bytes.ptr, count: bytes.ptr == nil ? 0 : Swift.max(0, bytes.len)))
  }
}

/// The object behind a sink's context.
func sinkTarget<T: AnyObject>(_ context: UnsafeMutableRawPointer?, as type: T.Type) -> T? {
  // SAFETY: every sink of this module has a context made by `sinkContext` from a `T` that its caller
  // keeps alive for the whole call.
  unsafe context.map { unsafe Unmanaged<T>.fromOpaque($0).takeUnretainedValue() }
}

/// The context of a sink whose calls reach `target`.
func sinkContext<T: AnyObject>(_ target: T) -> UnsafeMutableRawPointer {
  unsafe Unmanaged.passUnretained(target).toOpaque()
}
