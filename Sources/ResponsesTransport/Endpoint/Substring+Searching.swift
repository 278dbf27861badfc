extension Substring {
  /// Without ASCII white space at both ends.
  var trimmed: Substring {
    var rest = self
    while rest.first?.isASCIISpace == true { rest.removeFirst() }
    while rest.last?.isASCIISpace == true { rest.removeLast() }
    return rest
  }

  /// The first place where `word` stands, compared byte for byte.
  func firstRange(of word: Substring) -> Range<Index>? {
    guard let head = word.utf8.first else { return startIndex..<startIndex }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: head) {
      rest = rest[start...]
      if rest.starts(with: word.utf8) {
        return start..<utf8.index(start, offsetBy: word.utf8.count)
      }
      rest = rest.dropFirst()
    }
    return nil
  }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && "0" <= self && self <= "9" }

  var isASCIILetter: Bool { isASCII && isLetter }

  fileprivate var isASCIISpace: Bool {
    self == " " || self == "\t" || self == "\n" || self == "\r" || self == "\r\n"
  }
}
