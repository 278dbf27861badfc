import Foundation

/// What nothing can be faster than.
enum Limits {
  /// A scan for a byte that no text holds: what reading the bytes alone costs.
  @inline(never)
  static func rawScan(_ text: Span<UInt8>) -> Bool {
    let byte = Int32.random(in: 0...3)
    // SAFETY: the buffer is read within the closure only, up to its count.
    return unsafe text.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe memchr(start, byte, buffer.count) != nil
    }
  }
}
