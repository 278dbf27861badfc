internal import YAML

/// Counts as the file writes them: a whole number, or thousands (`k`) or millions (`M`) of them.
enum CountText {
  /// Far above every limit that an upstream states, and far below what arithmetic could overflow.
  static let greatest = 1_000_000_000_000

  /// The rule for those with a letter, as a regular expression.
  static let pattern = "^[0-9]+(\\.[0-9]+)?[kM]?$"

  static let help =
    "A count is a whole number from 1, with k for thousands and M for millions: "
    + "600, 400k, 1.5M."

  /// nil unless the text is a count from 1.
  static func parse(_ text: String) -> Int? {
    let scale = text.last == "k" ? 1000 : text.last == "M" ? 1_000_000 : 1
    let number = scale == 1 ? text[...] : text.dropLast()
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.count <= 13
        && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard isNumber, parts.count <= (scale == 1 ? 1 : 2), let whole = Int(parts[0]) else {
      return nil
    }
    guard let fraction = fraction(of: parts.dropFirst().first ?? "", scale) else { return nil }
    let (count, isTooLarge) = whole.multipliedReportingOverflow(by: scale)
    guard !isTooLarge, (1...greatest).contains(count + fraction) else { return nil }
    return count + fraction
  }

  /// The shortest way to write a count.
  static func write(_ count: Int) -> String {
    if count >= 1_000_000, count % 100_000 == 0 { return "\(tenths(count / 100_000))M" }
    if count >= 1000, count % 100 == 0 { return "\(tenths(count / 100))k" }
    return String(count)
  }

  /// What was probably meant by `400K`, `400 k`, `400_000`, `1.5m` or `600.0`.
  static func correction(of text: String) -> String? {
    var bare = text.filter { !" _,".contains($0) }
    if bare.hasSuffix("K") { bare = "\(bare.dropLast())k" }
    if bare.hasSuffix("m") { bare = "\(bare.dropLast())M" }
    if bare.hasSuffix(".0") { bare = String(bare.dropLast(2)) }
    return bare == text ? nil : parse(bare).map { _ in bare }
  }

  /// What digits behind the point are worth; nil where that is no whole number.
  private static func fraction(of digits: Substring, _ scale: Int) -> Int? {
    var (value, unit) = (0, scale)
    for digit in digits.utf8 {
      let worth = Int(digit - UInt8(ascii: "0"))
      guard unit % 10 == 0 else {
        guard worth == 0 else { return nil }
        continue
      }
      unit /= 10
      value += worth * unit
    }
    return value
  }

  private static func tenths(_ number: Int) -> String {
    number % 10 == 0 ? String(number / 10) : "\(number / 10).\(number % 10)"
  }
}

extension ConfigurationType where Value == Int {
  /// A count such as `600`, `400k` or `1.5M`; at least 1.
  static var count: ConfigurationType {
    ConfigurationType(shape: .count) { node, reading in
      guard let text = node.scalar?.text, node.scalar?.kind != .null, node.scalar?.kind != .boolean
      else {
        reading.mismatch(node, wanted: "a count", help: CountText.help)
        return nil
      }
      if let count = CountText.parse(text) { return count }
      reading.report(
        .invalidNumber, "\(reading.place) cannot be \(reading.quote(text))", at: node.span,
        help: CountText.help, suggestion: CountText.correction(of: text).map { ($0, node.span) })
      return nil
    }
  }
}
