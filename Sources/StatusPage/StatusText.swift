/// Makes texts and numbers as the page shows them; the page's script makes the same of the same.
enum StatusText {
  /// A text without what could disorder others, in one line and of bounded length.
  ///
  /// Control characters, and those that turn the direction of what follows, become `�`, white space
  /// becomes spaces; what is longer than the limit ends in `…`.
  static func cleaned(_ text: String, limit: Int = 120) -> String {
    var cleaned = String.UnicodeScalarView()
    // A character may be any number of scalars.
    for scalar in text.unicodeScalars.prefix(limit) {
      switch scalar {
      case "\t", "\n", "\r", "\u{2028}", "\u{2029}": cleaned.append(" ")
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200B}"..."\u{200F}",
        "\u{202A}"..."\u{202E}", "\u{2060}"..."\u{206F}", "\u{FEFF}":
        cleaned.append("\u{FFFD}")
      default: cleaned.append(scalar)
      }
    }
    let isCut = text.unicodeScalars.dropFirst(limit).first != nil
    return String(cleaned) + (isCut ? "…" : "")
  }

  /// An instant between the epoch and the year 10000, in milliseconds since the epoch.
  static func instant(_ milliseconds: Int64) -> Int64 {
    min(max(0, milliseconds), 253_402_300_799_999)
  }

  /// `7`, `7.5`, `1,204`, `12.3k`, `4.1M`.
  static func amount(_ value: Double) -> String {
    guard value < 9999.5 else {
      let isMillions = value >= 999_950
      return decimal(value / (isMillions ? 1_000_000 : 1000)) + (isMillions ? "M" : "k")
    }
    guard value >= 9.95 else { return decimal(value) }
    let whole = Int(value.rounded())
    guard whole >= 1000 else { return "\(whole)" }
    return "\(whole / 1000),\(padded(whole % 1000, 3))"
  }

  /// `420 ms`, `2.4 s`, `140 s`, `12 min`.
  static func duration(_ milliseconds: Int64?) -> String {
    guard let milliseconds else { return "–" }
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    let seconds = Double(milliseconds) / 1000
    if seconds < 99.95 { return "\(decimal(seconds)) s" }
    if seconds < 600 { return "\(Int(seconds.rounded())) s" }
    return "\(Int((seconds / 60).rounded())) min"
  }

  /// `0 %`, `<0.1 %`, `1.2 %`, `37 %`.
  static func share(_ value: Double?) -> String {
    guard let value else { return "–" }
    let percent = value * 100
    if percent > 0, percent < 0.1 { return "<0.1 %" }
    return percent < 9.95 ? "\(decimal(percent)) %" : "\(Int(percent.rounded())) %"
  }

  /// `42 s`, `3 min`, `4 h 12 min`, `3 d 4 h`; never below 0.
  static func span(_ milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds) / 1000
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min" }
    if seconds < 86_400 { return "\(seconds / 3600) h \(seconds / 60 % 60) min" }
    return "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
  }

  /// `14:02:11`, in UTC.
  static func clock(_ milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds) / 1000 % 86_400
    return "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
  }

  /// The time of day, and where it lies on another day than `now`, how many days before.
  static func moment(_ milliseconds: Int64, now: Int64) -> String {
    let days = now / 86_400_000 - milliseconds / 86_400_000
    return days <= 0 ? clock(milliseconds) : "\(clock(milliseconds)), \(days) d ago"
  }

  /// One digit behind the point, or none where it would be 0.
  static func decimal(_ value: Double) -> String {
    let tenths = Int((min(max(0, value), 1e12) * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private static func padded(_ number: some BinaryInteger, _ count: Int) -> String {
    let text = "\(number)"
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
