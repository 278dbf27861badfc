#if Gateway

/// Writes instants.
enum Timestamp {
  /// RFC 3339 in UTC, such as `2026-01-31T09:05:00.250Z`.
  ///
  /// - Parameter milliseconds: Since the epoch; what lies before it becomes the epoch, and what lies
  ///   beyond the year 9999 its end.
  /// - Returns: 24 characters.
  /// - Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  static func text(_ milliseconds: Int64) -> String {
    let instant = min(max(milliseconds, 0), 253_402_300_799_999)
    let day = 86_400_000 as Int64
    let time = instant % day
    let shifted = instant / day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = "\(digits(year, 4))-\(digits(month, 2))-\(digits(dayOfMonth, 2))"
    let clock =
      "\(digits(time / 3_600_000, 2)):\(digits(time / 60_000 % 60, 2)):\(digits(time / 1000 % 60, 2))"
    return "\(date)T\(clock).\(digits(time % 1000, 3))Z"
  }

  private static func digits(_ number: Int64, _ count: Int) -> String {
    let text = "\(number)"
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}

#endif
