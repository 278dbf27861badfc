/// A moment as HTTP writes it: `Wed, 21 Oct 2026 07:28:00 GMT`.
/// - Source: RFC 9110, section 5.6.7. The two obsolete forms are not read; no upstream sends them.
struct HTTPDate {
  /// Seconds since the first moment of 1970.
  let seconds: Int

  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Reads a date; nil for any other text.
  ///
  /// The name of the day is not compared with the date.
  init?(_ text: String) {
    let words = text[...].trimmed.split(separator: " ")
    guard words.count == 6, words[0].last == ",", words[5] == "GMT",
      let day = Self.number(words[1], below: 32), let month = Self.months.firstIndex(of: words[2]),
      let year = Self.number(words[3], below: 10_000), year >= 1970
    else { return nil }
    let clock = words[4].split(separator: ":", omittingEmptySubsequences: false)
    // A minute may have a second more than sixty, where one is put in.
    guard clock.count == 3, let hour = Self.number(clock[0], below: 24),
      let minute = Self.number(clock[1], below: 60), let second = Self.number(clock[2], below: 61)
    else { return nil }
    seconds = (Self.days(year, month, day) * 24 + hour) * 3600 + minute * 60 + second
  }

  private static func number(_ digits: Substring, below limit: Int) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit), let number = Int(digits),
      number < limit
    else { return nil }
    return number
  }

  /// Days from the first of 1970 to the given one; months count from 0.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    // A year that begins in March has its leap day at the end, so that months need no cases.
    let shifted = month < 2 ? year - 1 : year
    let sinceMarch = (153 * ((month + 10) % 12) + 2) / 5 + day - 1
    // 719,468 days lie between the first of March of the year 0 and the first of 1970.
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + sinceMarch - 719_468
  }
}
