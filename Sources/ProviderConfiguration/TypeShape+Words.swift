extension TypeShape {
  /// The shape as it could be written, in a few words.
  var words: String {
    switch self {
    case .boolean: "true or false"
    case .number: "number"
    case .integer(let range): "whole number from \(range.lowerBound) to \(range.upperBound)"
    case .bounded(let range): "number from \(range.lowerBound) to \(range.upperBound)"
    case .count: "count"
    case .constant(let value): "\(value)"
    case .text(let words, _, _): words
    case .choice(let words): TypeShape.alternatives(words)
    case .list(let element, _, let maximum):
      maximum == 2 ? "[\(element.words), \(element.words)]" : "[\(element.words)]"
    case .table(let table): table.example
    case .named(let placeholder, _, let element): "{ <\(placeholder)>: \(element.words) }"
    case .either(let first, let second): "\(first.words), or \(second.words)"
    case .anything: "any value"
    }
  }

  /// Whether values are mappings and nothing else.
  var isMapping: Bool {
    switch self {
    case .table, .named: true
    case .boolean, .number, .integer, .bounded, .count, .constant, .text, .choice, .list, .either,
      .anything:
      false
    }
  }

  static func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
