extension TypeShape {
  /// The shape in a few words for messages and the reference, without an article.
  var words: String {
    switch self {
    case .boolean: "`true` or `false`"
    case .number: "number"
    case .constant(let value): "`\(value)`"
    case .text(let words, _, let hasVariables): hasVariables ? "\(words), `${VAR}` replaced" : words
    case .choice(let words): TypeShape.alternatives(words.map { "`\($0)`" })
    case .list(let element, _, let maximum):
      maximum.map { "list of \($0): \(element.words)" } ?? "list of \(element.words)"
    case .table(let table): table.title
    case .named(let placeholder, _, let element): "mapping of <\(placeholder)> to \(element.words)"
    case .either(let first, let second): "\(first.words), or \(second.words)"
    case .anything: "any value"
    }
  }

  static func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
