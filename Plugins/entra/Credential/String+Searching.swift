extension String {
  /// Whether a word stands anywhere in the text.
  ///
  /// Written out, because the usual `contains` would link the library of regular expressions into each
  /// plugin.
  func includes(_ word: String) -> Bool { !ends(of: word).isEmpty }

  /// The texts behind each place where a word stands.
  func tails(behind word: String) -> [Substring] { ends(of: word).map { self[$0...] } }

  private func ends(of word: String) -> [Index] {
    let count = word.utf8.count
    var ends: [Index] = []
    var start = utf8.startIndex
    while let end = utf8.index(start, offsetBy: count, limitedBy: utf8.endIndex) {
      if utf8[start..<end].elementsEqual(word.utf8) { ends.append(end) }
      guard start < utf8.endIndex else { break }
      start = utf8.index(after: start)
    }
    return ends
  }
}
