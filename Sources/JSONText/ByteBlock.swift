/// Sixteen bytes at once: what every x86-64 and every arm64 processor compares in one instruction.
typealias ByteBlock = SIMD16<UInt8>

/// A truth for each lane of a block.
typealias BlockMask = SIMDMask<SIMD16<Int8>>

extension Span where Element == UInt8 {
  /// The block that starts at `offset`; `offset + 16` must not exceed the count.
  @inline(__always)
  func block(at offset: Int) -> ByteBlock {
    // SAFETY: the load is bounds-checked, and every bit pattern is a block of bytes.
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: ByteBlock.self)
  }
}

extension Span where Element == UInt8 {
  /// Looks through whole blocks for the first lane of interest.
  ///
  /// Long stretches without a candidate are passed four blocks at a time. A first block is always
  /// looked at alone, since most strings end in it; and where candidates are, all four blocks are
  /// refined, since a branch on each would be mispredicted half of the time.
  ///
  /// - Parameters:
  ///   - start: Where the first block starts.
  ///   - limit: What no block exceeds.
  ///   - candidates: The lanes of the block at an offset that may be of interest; cheap.
  ///   - refining: The lanes that are.
  /// - Returns: The lane's offset; not found, where too little is left for a block.
  @inline(__always)
  func search(
    from start: Int, limit: Int, candidates: (Int) -> BlockMask, refining: (Int) -> BlockMask
  ) -> (offset: Int, isFound: Bool) {
    let size = ByteBlock.size
    var offset = start
    while offset + size <= limit {
      if let first = refining(offset).firstTrue { return (offset + first, true) }
      offset += size
      while offset + 4 * size <= limit {
        let any =
          candidates(offset) .| candidates(offset + size) .| candidates(offset + 2 * size)
          .| candidates(offset + 3 * size)
        if any.isAnyTrue {
          for _ in 0..<4 {
            if let first = refining(offset).firstTrue { return (offset + first, true) }
            offset += size
          }
        } else {
          offset += 4 * size
        }
      }
    }
    return (offset, false)
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
  /// Every lane but the first.
  @inline(__always)
  static var allButFirst: Self {
    ByteBlock(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) .== .all(1)
  }

  /// Every lane but the last.
  @inline(__always)
  static var allButLast: Self {
    ByteBlock(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0) .== .all(1)
  }

  /// The number of the first true lane; nil when all are false.
  @inline(__always)
  var firstTrue: Int? {
    let halves = self.halves
    // The first lane comes first in memory, so that it is the lowest byte of the first word.
    if halves.x != 0 { return halves.x.littleEndian.trailingZeroBitCount >> 3 }
    if halves.y != 0 { return 8 + halves.y.littleEndian.trailingZeroBitCount >> 3 }
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
