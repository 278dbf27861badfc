internal import YAML

/// What in a request says that it belongs to an earlier one.
package enum AffinitySignal: Sendable, Hashable {
  /// The response that it continues.
  case previousResponseID
  /// Encrypted reasoning, which only its maker can read.
  case encryptedContent
  /// The key under which a prompt is cached.
  case promptCacheKey
  /// The value of this header, in lower case.
  case header(String)
}

extension AffinitySignal {
  private static let words: KeyValuePairs<String, AffinitySignal> = [
    "previous_response_id": .previousResponseID, "encrypted_content": .encryptedContent,
    "prompt_cache_key": .promptCacheKey,
  ]

  private static let headerPrefix = "header:"

  /// As the file writes it.
  package var text: String {
    if case .header(let name) = self { return AffinitySignal.headerPrefix + name }
    return AffinitySignal.words.first { $0.value == self }?.key ?? ""
  }

  /// Whether it names state that some upstream keeps or made, which others cannot read.
  package var isState: Bool { self == .previousResponseID || self == .encryptedContent }

  /// Any signal.
  static let type = type(among: words.map(\.key))

  /// Those that any target can follow, since they name nobody's state.
  static let stickyType = type(among: words.filter { !$0.value.isState }.map(\.key))

  private static func type(among known: [String]) -> ConfigurationType<AffinitySignal> {
    let pattern = "^(\(known.joined(separator: "|"))|\(headerPrefix)\(token))$"
    let words = TypeShape.alternatives(known.map { "`\($0)`" } + ["`header:NAME`"])
    let shape = TypeShape.text(words, pattern: pattern, hasVariables: false)
    return ConfigurationType(shape: shape) { node, reading in
      guard let text = reading.literal(node, wanted: "text") else { return nil }
      if let signal = AffinitySignal(text), known.contains(text) || !signal.isWord { return signal }
      report(text, among: known, node, reading)
      return nil
    }
  }

  private static let token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"

  private init?(_ text: String) {
    if let word = AffinitySignal.words.first(where: { $0.key == text }) {
      self = word.value
      return
    }
    let name = text.dropFirst(AffinitySignal.headerPrefix.count)
    guard text.hasPrefix(AffinitySignal.headerPrefix), NameRule.header.allows(String(name)) else {
      return nil
    }
    self = .header(name.lowercased())
  }

  private var isWord: Bool { if case .header = self { false } else { true } }

  private static func report(
    _ text: String, among known: [String], _ node: YAMLNode, _ reading: Reading
  ) {
    // `header: x` without quotes is a mapping, so a bare name of a header is what is left to guess.
    let isHeader = text.lowercased().hasPrefix("x-") && NameRule.header.allows(text)
    let meant =
      isHeader ? headerPrefix + text.lowercased() : Spelling.nearest(to: text, among: known)
    reading.report(
      .unknownChoice,
      "\(reading.place) cannot be \(reading.quote(text))" + reading.didYouMean(meant),
      at: node.span, help: "It is one of \(known.joined(separator: ", ")), header:NAME.",
      suggestion: meant.map { (YAMLText.scalar($0), node.span) })
  }
}
