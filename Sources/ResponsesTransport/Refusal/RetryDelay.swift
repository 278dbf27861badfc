import TransportSDK

/// How long an upstream asks to wait.
///
/// `retry-after-ms` counts before `retry-after`, a header before the text. A date in `retry-after` is
/// compared with the `date` of the same reply: a transport has no clock, and two clocks never agree.
/// Long hints are passed on as they are: how long is too long, the host decides.
enum RetryDelay {
  /// What no clock can mean any more, in seconds: thirty thousand years.
  private static let limit = 1e12

  /// Reads the delay.
  ///
  /// - Parameters:
  ///   - head: The headers.
  ///   - message: The upstream's text in lower case.
  /// - Returns: The delay; nil when none is asked for.
  static func read(_ head: ResponseHead, message: String) -> Duration? {
    if let text = head["retry-after-ms"], let delay = duration(text, unit: 0.001) { return delay }
    if let text = head["retry-after"], let delay = duration(text, unit: 1) { return delay }
    return untilDate(head) ?? hint(in: message) ?? untilWhole(head)
  }

  /// A stream has no `retry-after` of its own error; what its head says of a used-up limit is all there is.
  private static func untilWhole(_ head: ResponseHead) -> Duration? {
    head.status < 400 ? RateLimitHeaders.exhaustedUnit(of: head)?.reset : nil
  }

  private static func untilDate(_ head: ResponseHead) -> Duration? {
    guard let end = head["retry-after"].flatMap(HTTPDate.init),
      let now = head["date"].flatMap(HTTPDate.init)
    else { return nil }
    return duration(Double(max(0, end.seconds - now.seconds)))
  }

  private static func duration(_ text: String, unit: Double) -> Duration? {
    guard let number = Double(text[...].trimmed) else { return nil }
    return duration(number * unit)
  }

  private static func duration(_ seconds: Double) -> Duration? {
    guard 0...limit ~= seconds else { return nil }
    // Rounded up by hand: `rounded(.up)` would link the C mathematics library into each plugin.
    let milliseconds = seconds * 1000
    let whole = Int(milliseconds)
    // 700 ms come out of the arithmetic a trillionth longer: that is no part of one more.
    return .milliseconds(Double(whole) + 1e-6 < milliseconds ? whole + 1 : whole)
  }

  /// Reads `try again in 20s`, `… 1.5 seconds`, `… 250ms`, `… 1m30s`, and `retry after 6 seconds`.
  private static func hint(in message: String) -> Duration? {
    for lead: Substring in ["try again in ", "retry after "] {
      guard let range = message[...].firstRange(of: lead) else { continue }
      var rest = message[range.upperBound...]
      if let seconds = sum(&rest) { return duration(seconds) }
    }
    return nil
  }

  /// Reads a span alone: bare seconds, or `6m0s`, `1s`, `20ms`.
  static func span(_ text: String) -> Duration? {
    var rest = text[...].trimmed
    if let seconds = Double(rest) { return duration(seconds) }
    guard let seconds = sum(&rest), rest.isEmpty else { return nil }
    return duration(seconds)
  }

  private static func sum(_ rest: inout Substring) -> Double? {
    var seconds: Double?
    while let (number, unit) = quantity(&rest) { seconds = (seconds ?? 0) + number * unit }
    return seconds
  }

  private static func quantity(_ rest: inout Substring) -> (number: Double, unit: Double)? {
    let digits = rest.prefix { $0.isASCIIDigit || $0 == "." }
    let word = rest.dropFirst(digits.count).drop { $0 == " " }
    let name = word.prefix { $0.isLetter }
    guard let number = Double(digits), let unit = unit(named: name) else { return nil }
    rest = word.dropFirst(name.count)
    return (number, unit)
  }

  /// The unit in seconds.
  private static func unit(named name: Substring) -> Double? {
    switch name {
    case "ms", "millisecond", "milliseconds": 0.001
    case "s", "sec", "second", "seconds": 1
    case "m", "min", "minute", "minutes": 60
    case "h", "hour", "hours": 3600
    case "d", "day", "days": 86_400
    default: nil
    }
  }
}
