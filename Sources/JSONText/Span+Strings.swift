extension Span where Element == UInt8 {
  /// The decoded content of the string at `range`, which has its quotes.
  func decodedString(at range: Range<Int>) -> String {
    var content = JSONStringContent(of: range, in: self)
    var decoded = ""
    while let piece = content.next(in: self) {
      switch piece {
      case .plain(let range):
        // SAFETY: the buffer is read within the closure only; the range is one of this span's.
        let plain = unsafe extracting(range).withUnsafeBufferPointer { buffer in
          unsafe String(decoding: buffer, as: UTF8.self)
        }
        if decoded.isEmpty { decoded = plain } else { decoded += plain }
      case .escaped(let scalar):
        decoded.unicodeScalars.append(scalar)
      }
    }
    return decoded
  }

  /// Whether the decoded content of the string at `range` is `expected`.
  func isString(at range: Range<Int>, _ expected: StaticString) -> Bool {
    guard expected.hasPointerRepresentation else {
      return isString(at: range, String(expected.unicodeScalar).utf8.span)
    }
    // SAFETY: the word lives as long as the program, and its count is its own.
    let start = unsafe expected.utf8Start
    let buffer = unsafe UnsafeBufferPointer(start: start, count: expected.utf8CodeUnitCount)
    return unsafe isString(at: range, buffer.span)
  }

  /// Whether the decoded content of the string at `range` is `expected`.
  func isString(at range: Range<Int>, _ expected: Span<UInt8>) -> Bool {
    // Escapes only shorten: a shorter text cannot decode to a longer one.
    let bounds = range.clamped(to: 0..<count)
    guard bounds.count >= expected.count + 2 else { return false }
    var offset = bounds.lowerBound + 1
    let end = bounds.upperBound - 1
    // Names and words hardly ever have escapes, and most differ in their first byte.
    while offset < end, self[offset] != UInt8(ascii: "\\") {
      let matched = offset - bounds.lowerBound - 1
      guard matched < expected.count, self[offset] == expected[matched] else { return false }
      offset += 1
    }
    guard offset < end else { return end - bounds.lowerBound - 1 == expected.count }
    return isEscapedString(at: range, expected)
  }

  private func isEscapedString(at range: Range<Int>, _ expected: Span<UInt8>) -> Bool {
    var content = JSONStringContent(of: range, in: self)
    var matched = 0
    while let piece = content.next(in: self) {
      switch piece {
      case .plain(let range):
        guard matched + range.count <= expected.count else { return false }
        for offset in range {
          guard self[offset] == expected[matched] else { return false }
          matched += 1
        }
      case .escaped(let scalar):
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          guard matched < expected.count, expected[matched] == unit else { return false }
          matched += 1
        }
      }
    }
    return matched == expected.count
  }
}
