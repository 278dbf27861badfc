/// Sixteen bytes at once: what every x86-64 and every arm64 processor compares in one instruction.
typealias ByteBlock = SIMD16<UInt8>

extension Span where Element == UInt8 {
  /// The block that starts at `offset`; `offset + 16` must not exceed the count.
  @inline(__always)
  func block(at offset: Int) -> ByteBlock {
    // SAFETY: the load is bounds-checked, and every bit pattern is a block of bytes.
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: ByteBlock.self)
  }
}

extension ByteBlock {
  /// The size of a block in bytes.
  static var size: Int { 16 }

  /// A block of one byte again and again.
  ///
  /// To compare with: the operators that take a scalar go through the lanes one by one.
  @inline(__always)
  static func all(_ byte: UInt8) -> ByteBlock { ByteBlock(repeating: byte) }
}

extension SIMDMask where Storage == SIMD16<Int8> {
  /// The number of the first true lane; nil when all are false.
  @inline(__always)
  var firstTrue: Int? {
    let halves = self.halves
    if halves.x != 0 { return halves.x.trailingZeroBitCount >> 3 }
    if halves.y != 0 { return 8 + halves.y.trailingZeroBitCount >> 3 }
    return nil
  }

  /// Whether any lane is true.
  @inline(__always)
  var isAnyTrue: Bool {
    let halves = self.halves
    return halves.x | halves.y != 0
  }

  // The standard library has no way to move a mask into one integer; two words are next best.
  @inline(__always)
  private var halves: SIMD2<UInt64> {
    // SAFETY: both are 16 bytes without padding, and every bit pattern is a value of the result.
    unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
  }
}
