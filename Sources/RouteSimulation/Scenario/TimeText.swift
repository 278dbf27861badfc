/// Durations as people write and read them: `300ms`, `1.5s`, `2m`, `1m30s`, `1h`.
package enum TimeText {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000),
  ]
  /// A day is more than anybody simulates.
  private static let longest: Int64 = 24 * 3_600_000

  /// Reads a duration.
  ///
  /// - Parameter text: Numbers, each with a unit, decimals allowed.
  /// - Returns: From zero to a day, in whole milliseconds; nil where it is none.
  package static func parse(_ text: some StringProtocol) -> Duration? {
    var rest = text[...]
    var total: Int64 = 0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let decimal = Decimal(number), let scale = scale(of: unit),
        let part = decimal.scaled(by: scale), part <= longest
      else { return nil }
      total += part
    }
    return total <= longest ? .milliseconds(total) : nil
  }

  private static func scale(of unit: some StringProtocol) -> Int64? {
    units.first { $0.name == unit }?.milliseconds
  }

  /// The exact way to write whole milliseconds: `300ms`, `1.5s`, `1m30s`, `2h`.
  package static func write(_ duration: Duration) -> String {
    var rest = max(duration.wholeMilliseconds, 0)
    guard rest >= 1000 else { return rest == 0 ? "0s" : "\(rest)ms" }
    var text = ""
    for unit in units.reversed() where unit.milliseconds > 1000 && rest >= unit.milliseconds {
      text += "\(rest / unit.milliseconds)\(unit.name)"
      rest %= unit.milliseconds
    }
    return rest == 0 ? text : text + seconds(rest)
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    guard milliseconds % 1000 > 0 else { return "\(milliseconds / 1000)s" }
    var digits = String(milliseconds % 1000 + 1000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(milliseconds / 1000).\(digits)s"
  }
}

extension Duration {
  /// The milliseconds of it, what is left dropped.
  package var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
