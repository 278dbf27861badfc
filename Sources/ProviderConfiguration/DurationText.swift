internal import YAML

/// Durations as the file writes them: a whole number and one unit of ms, s, m, h, d.
package enum DurationText {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// A year: beyond it a clock says nothing about a call.
  private static let longest: Int64 = 365 * 86_400_000

  /// nil unless the text is a duration from 1 ms, or from nothing, to a year.
  package static func parse(_ text: String, allowsZero: Bool = false) -> Duration? {
    let number = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(number.count)
    guard let count = Int64(number),
      let scale = units.first(where: { $0.name == unit })?.milliseconds
    else { return nil }
    let (milliseconds, isTooLong) = count.multipliedReportingOverflow(by: scale)
    let shortest: Int64 = allowsZero ? 0 : 1
    guard !isTooLong, (shortest...longest).contains(milliseconds) else { return nil }
    return .milliseconds(milliseconds)
  }

  /// The shortest way to write a duration, without fractions.
  package static func write(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    let unit = units.last { milliseconds % $0.milliseconds == 0 && milliseconds > 0 } ?? units[0]
    return "\(milliseconds / unit.milliseconds)\(unit.name)"
  }

  /// What was probably meant by `10`, `1.5s`, `10 sec` or `1m30s`.
  static func correction(of text: String) -> String? {
    var rest = text.filter { $0 != " " }[...]
    var milliseconds = 0.0
    repeat {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let count = Double(number), let scale = scale(of: unit.lowercased()) else { return nil }
      milliseconds += count * Double(scale)
    } while !rest.isEmpty
    guard milliseconds >= 1, milliseconds <= Double(longest) else { return nil }
    return write(.milliseconds(Int64(milliseconds + 0.5)))
  }

  private static func scale(of unit: String) -> Int64? {
    switch unit {
    case "ms", "msec", "millis", "milliseconds": 1
    case "", "s", "sec", "secs", "second", "seconds": 1000
    case "m", "min", "mins", "minute", "minutes": 60_000
    case "h", "hr", "hour", "hours": 3_600_000
    case "d", "day", "days": 86_400_000
    default: nil
    }
  }
}

extension ConfigurationType where Value == Duration {
  /// A duration such as `250ms`, `5s`, `2m`, `1h` or `1d`; from 1 ms to 365 days.
  static var duration: ConfigurationType {
    let pattern = "^0*[1-9][0-9]*(ms|s|m|h|d)$"
    return ConfigurationType(shape: .text("duration", pattern: pattern, hasVariables: false)) {
      node, reading in
      guard let text = node.scalar?.text, node.scalar?.kind != .null else {
        reading.mismatch(node, wanted: "a duration")
        return nil
      }
      if let duration = DurationText.parse(text) { return duration }
      reading.report(
        .invalidDuration, "\(reading.place) cannot be \(reading.quote(text))", at: node.span,
        help:
          "A duration is a whole number from 1 and a unit: 250ms, 5s, 2m, 1h, 1d; at most 365d.",
        suggestion: DurationText.correction(of: text).map { ($0, node.span) })
      return nil
    }
  }
}

extension ConfigurationDefault where Value == Sourced<Duration> {
  static func duration(_ value: Duration) -> ConfigurationDefault {
    ConfigurationDefault(value: Sourced(value), text: "`\(DurationText.write(value))`")
  }
}
