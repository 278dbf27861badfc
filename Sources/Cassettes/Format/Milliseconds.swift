/// Times as they stand in a recording: milliseconds with up to three digits behind the point.
enum Milliseconds {
  /// The most that is read: some 31 years, and far from what a duration holds.
  static let limit = 1_000_000_000_000

  /// The time in milliseconds, cut to microseconds; what is before zero is zero.
  static func text(_ time: Duration) -> String {
    let (seconds, attoseconds) = max(time, .zero).components
    let whole = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    let thousandths = attoseconds / 1_000_000_000_000 % 1000
    guard thousandths > 0 else { return String(whole) }
    var digits = String(thousandths)
    digits = String(repeating: "0", count: 3 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }

  /// The time that a JSON number says; nil below zero, above ``limit`` and with an exponent.
  static func time(_ text: String) -> Duration? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let whole = Int(first), 0...limit ~= whole, text.first != "-"
    else { return nil }
    var microseconds = 0
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
      let digits = parts[1].prefix(3)
      microseconds = Int(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
    }
    return .milliseconds(whole) + .microseconds(microseconds)
  }
}
