/// Instants as RFC 3339 writes them.
enum TimestampText {
  /// The time since 1970, or nil for any other text.
  ///
  /// A leap second counts as the one after it; fractions are dropped.
  static func parse(_ text: String) -> Duration? {
    let bytes = Array(text.utf8)
    // 2030-01-31T12:00:00 and an offset.
    guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D,
      [0x54, 0x74, 0x20].contains(bytes[10]), bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]),
      let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard let digit = rest.first, (0x30...0x39).contains(digit) else { return nil }
      rest = rest.drop { (0x30...0x39).contains($0) }
    }
    guard let offset = offset(rest) else { return nil }
    let days = days(year: year, month: month, day: day)
    return .seconds(((days * 24 + hour) * 60 + minute) * 60 + second - offset)
  }

  /// Seconds east of Greenwich.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    if text.count == 1, [0x5A, 0x7A].contains(text[text.startIndex]) { return 0 }
    let bytes = Array(text)
    guard bytes.count == 6, bytes[0] == 0x2B || bytes[0] == 0x2D, bytes[3] == 0x3A,
      let hours = number(bytes[1..<3]), let minutes = number(bytes[4..<6]), hours < 24,
      minutes < 60
    else { return nil }
    return (bytes[0] == 0x2D ? -1 : 1) * (hours * 60 + minutes) * 60
  }

  /// Days since 1970 in the Gregorian calendar.
  ///
  /// - Source: the era arithmetic of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(Optional(0)) { sum, digit in
      guard let sum, (0x30...0x39).contains(digit) else { return nil }
      return sum * 10 + Int(digit - 0x30)
    }
  }
}
