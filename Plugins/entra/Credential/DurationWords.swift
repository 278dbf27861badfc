/// Durations as the file writes them: a whole number and one unit of s, m, h, d, or ms.
enum DurationWords {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// The life of the longest tokens.
  private static let longest: Int64 = 86_400_000

  /// nil unless the text is a duration from 1 ms to a day.
  static func parse(_ text: String) -> Duration? {
    let number = text.prefix { ("0"..."9").contains($0) }
    let unit = text.dropFirst(number.count)
    guard let count = Int64(number),
      let scale = units.first(where: { $0.name == unit })?.milliseconds
    else { return nil }
    let (milliseconds, isTooLong) = count.multipliedReportingOverflow(by: scale)
    guard !isTooLong, (1...longest).contains(milliseconds) else { return nil }
    return .milliseconds(milliseconds)
  }
}
