extension Span where Element == UInt8 {
  /// The offset of the first byte that does not belong to a UTF-8 sequence; nil when all do.
  ///
  /// Follows the table of well-formed sequences (Unicode 15, table 3-7): no overlong forms, no
  /// surrogates, nothing above U+10FFFF. A sequence that the end cuts short starts the defect.
  var firstInvalidUTF8: Int? {
    var offset = 0
    while offset + 4 * ByteBlock.size <= count {
      if isASCII(fourBlocksAt: offset) {
        offset += 4 * ByteBlock.size
        continue
      }
      guard let next = endOfBlocksInUTF8(from: offset) else {
        return firstInvalidUTF8(from: offset)
      }
      offset = next
    }
    return firstInvalidUTF8(from: offset)
  }

  @inline(__always)
  private func isASCII(fourBlocksAt offset: Int) -> Bool {
    let size = ByteBlock.size
    let all =
      block(at: offset) | block(at: offset + size) | block(at: offset + 2 * size)
      | block(at: offset + 3 * size)
    return !(all .>= .all(0x80)).isAnyTrue
  }

  /// Checks blocks up to the first four that are ASCII throughout, from a sequence's start.
  ///
  /// - Returns: A start of a sequence that everything before is valid up to; nil when a defect lies
  ///   behind `offset` or too little is left for whole blocks.
  private func endOfBlocksInUTF8(from start: Int) -> Int? {
    // A block looks at the three bytes before it, so that sequences may cross its edges.
    guard var offset = endOfSequences(from: start, reaching: 3) else { return nil }
    let first = offset
    while offset + 4 * ByteBlock.size <= count {
      var defects = utf8Defects(inBlockAt: offset)
      defects = defects .| utf8Defects(inBlockAt: offset + ByteBlock.size)
      defects = defects .| utf8Defects(inBlockAt: offset + 2 * ByteBlock.size)
      defects = defects .| utf8Defects(inBlockAt: offset + 3 * ByteBlock.size)
      if defects.isAnyTrue { return nil }
      offset += 4 * ByteBlock.size
      if offset + 4 * ByteBlock.size <= count, isASCII(fourBlocksAt: offset) { break }
    }
    return offset == first ? nil : sequenceStart(around: offset)
  }

  /// The lanes of a block in which a byte does not follow from the three before it.
  @inline(__always)
  private func utf8Defects(inBlockAt offset: Int) -> BlockMask {
    let byte = block(at: offset)
    let previous = block(at: offset - 1)
    let continues = (byte .>= .all(0x80)) .& (byte .< .all(0xC0))
    let mustContinue =
      (previous .>= .all(0xC0)) .| (block(at: offset - 2) .>= .all(0xE0))
      .| (block(at: offset - 3) .>= .all(0xF0))
    let impossible = ((byte & .all(0xFE)) .== .all(0xC0)) .| (byte .>= .all(0xF5))
    let overlong =
      ((previous .== .all(0xE0)) .& (byte .< .all(0xA0)))
      .| ((previous .== .all(0xF0)) .& (byte .< .all(0x90)))
    let outside =
      ((previous .== .all(0xED)) .& (byte .>= .all(0xA0)))
      .| ((previous .== .all(0xF4)) .& (byte .>= .all(0x90)))
    return (continues .^ mustContinue) .| impossible .| overlong .| outside
  }

  /// The start of the sequence that `offset` lies in, when all before it is valid.
  private func sequenceStart(around offset: Int) -> Int {
    var start = offset - 1
    while start > 0, start > offset - 4, self[start] & 0xC0 == 0x80 { start -= 1 }
    guard let length = utf8SequenceLength(at: start) else { return start }
    return start + length <= offset ? start + length : start
  }

  /// The first start of a sequence at or behind `goal`; nil at a defect or the end before it.
  private func endOfSequences(from start: Int, reaching goal: Int) -> Int? {
    var offset = start
    while offset < goal {
      guard let length = utf8SequenceLength(at: offset) else { return nil }
      offset += length
    }
    return offset
  }

  private func firstInvalidUTF8(from start: Int) -> Int? {
    var offset = start
    while offset < count {
      guard let length = utf8SequenceLength(at: offset) else { return offset }
      offset += length
    }
    return nil
  }

  /// The length of the well-formed sequence at `offset`; nil when there is none.
  private func utf8SequenceLength(at offset: Int) -> Int? {
    guard offset < count else { return nil }
    let second: ClosedRange<UInt8>
    let length: Int
    switch self[offset] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard offset + length <= count, second.contains(self[offset + 1]) else { return nil }
    for index in 2..<Swift.max(2, length) where self[offset + index] & 0xC0 != 0x80 { return nil }
    return length
  }
}
