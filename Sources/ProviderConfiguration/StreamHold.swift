internal import YAML

/// How much of an answer is held back before the first of it leaves.
package enum StreamHold: Sendable, Hashable {
  /// What comes within this time of the first output.
  case time(Duration)
  /// So many tokens of output.
  case tokens(Int)
}

enum StreamHoldText {
  /// Far more than any answer has.
  private static let tokens = 1...1_000_000

  static let help = "A hold is a duration from 0ms, or a number of tokens: 400ms, 64 tokens."

  /// nil unless the text is a duration, zero included, or a number of tokens.
  static func parse(_ text: String) -> StreamHold? {
    if let duration = DurationText.parse(text, allowsZero: true) { return .time(duration) }
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1] == "tokens", parts[0].allSatisfy(\.isWholeNumber),
      let count = Int(parts[0]), tokens.contains(count)
    else { return nil }
    return .tokens(count)
  }

  /// What was probably meant by `64tokens`, `1 token`, `0` or `0.4s`.
  static func correction(of text: String) -> String? {
    let number = text.prefix { $0.isASCII && $0.isNumber }
    let word = text.dropFirst(number.count).filter { $0 != " " }.lowercased()
    if let count = Int(number), tokens.contains(count), ["token", "tokens", "tok"].contains(word) {
      return "\(count) tokens"
    }
    // A bare number says neither how much of what nor how long, but nothing is nothing.
    if word.isEmpty { return Int(number) == 0 ? "0ms" : nil }
    return DurationText.correction(of: text)
  }
}

extension ConfigurationType where Value == StreamHold {
  static var hold: ConfigurationType {
    let pattern = "^([0-9]+(ms|s|m|h|d)|0*[1-9][0-9]* tokens)$"
    let shape = TypeShape.text("duration, or `N tokens`", pattern: pattern, hasVariables: false)
    return ConfigurationType(shape: shape) { node, reading in
      guard let text = node.scalar?.text, node.scalar?.kind != .null else {
        reading.mismatch(node, wanted: "a duration or a number of tokens")
        return nil
      }
      if let hold = StreamHoldText.parse(text) { return hold }
      reading.report(
        .invalidDuration, "\(reading.place) cannot be \(reading.quote(text))", at: node.span,
        help: StreamHoldText.help,
        suggestion: StreamHoldText.correction(of: text).map { ($0, node.span) })
      return nil
    }
  }
}
