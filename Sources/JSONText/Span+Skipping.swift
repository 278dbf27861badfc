// Steps over values of a text that was validated. On a text that was not, each answer is nil or
// some offset within the limit: nothing is promised but that no byte outside is read.
extension Span where Element == UInt8 {
  /// The first byte from `start` that is no white space, at most `limit`.
  @inline(__always)
  func spaceEnd(from start: Int, limit: Int) -> Int {
    var offset = start
    while offset < limit, self[offset].isJSONSpace { offset += 1 }
    return offset
  }

  /// The value that starts at `start`; nil when none does or it does not end within `limit`.
  func value(at start: Int, limit: Int) -> JSONValue? {
    guard start < limit, let kind = JSONKind(firstByte: self[start]) else { return nil }
    let end: Int?
    switch kind {
    case .object, .array: end = containerEnd(from: start, limit: limit)
    case .string: end = stringEnd(from: start, limit: limit)
    case .number: end = wordEnd(from: start, limit: limit)
    case .true, .null: end = start + 4
    case .false: end = start + 5
    }
    guard let end, end <= limit else { return nil }
    return JSONValue(kind: kind, range: start..<end)
  }

  /// Behind the quote that closes the string whose opening quote stands at `start`.
  func stringEnd(from start: Int, limit: Int) -> Int? {
    var offset = start + 1
    while let quote = firstUndecidedQuote(from: offset, limit: limit) {
      if !isEscaped(at: quote, from: start + 1) { return quote + 1 }
      offset = quote + 1
    }
    return nil
  }

  /// The first quote from `start` that does not stand behind exactly one backslash.
  @inline(__always)
  private func firstUndecidedQuote(from start: Int, limit: Int) -> Int? {
    let search = search(from: start, limit: limit) { offset in
      block(at: offset) .== .all(UInt8(ascii: "\""))
    } refining: { offset in
      (block(at: offset) .== .all(UInt8(ascii: "\""))) .& .!singlyEscaped(inBlockAt: offset)
    }
    var offset = search.offset
    while offset < limit, self[offset] != UInt8(ascii: "\"") { offset += 1 }
    return offset < limit ? offset : nil
  }

  /// The bytes of a block that stand behind exactly one backslash.
  @inline(__always)
  private func singlyEscaped(inBlockAt offset: Int) -> BlockMask {
    // Only a text that is one string has its content so far in front; each quote is then looked at.
    guard offset >= 2 else { return BlockMask(repeating: false) }
    return (block(at: offset - 1) .== .all(UInt8(ascii: "\\")))
      .& (block(at: offset - 2) .!= .all(UInt8(ascii: "\\")))
  }

  /// Behind the bracket that closes the one at `start`.
  private func containerEnd(from start: Int, limit: Int) -> Int? {
    var offset = start
    var depth = 0
    while offset < limit {
      switch self[offset] {
      case UInt8(ascii: "\""):
        guard let end = stringEnd(from: offset, limit: limit) else { return nil }
        offset = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return offset + 1 }
      default:
        break
      }
      offset += 1
    }
    return nil
  }

  /// Behind the number that starts at `start`.
  private func wordEnd(from start: Int, limit: Int) -> Int {
    var offset = start
    while offset < limit, self[offset].isInNumber { offset += 1 }
    return offset
  }

  /// The first place of `byte` from `start`; nil when it is not there before `limit`.
  @inline(__always)
  func first(_ byte: UInt8, from start: Int, limit: Int) -> Int? {
    var offset = start
    while offset + ByteBlock.size <= limit {
      if let first = (block(at: offset) .== .all(byte)).firstTrue { return offset + first }
      offset += ByteBlock.size
    }
    while offset < limit {
      if self[offset] == byte { return offset }
      offset += 1
    }
    return nil
  }

  /// Whether an odd number of backslashes stands before `quote`, counted back to `start`.
  ///
  /// A run of backslashes begins with an unescaped one, and none reaches beyond a quote.
  @inline(__always)
  private func isEscaped(at quote: Int, from start: Int) -> Bool {
    var offset = quote
    while offset > start, self[offset - 1] == UInt8(ascii: "\\") { offset -= 1 }
    return (quote - offset) & 1 == 1
  }
}

extension UInt8 {
  /// Whether a number can hold the byte.
  @inline(__always)
  fileprivate var isInNumber: Bool {
    isDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "+")
      || self == UInt8(ascii: "e") || self == UInt8(ascii: "E")
  }
}
