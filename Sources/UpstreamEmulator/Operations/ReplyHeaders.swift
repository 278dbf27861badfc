/// The header fields that each upstream puts on every reply.
struct ReplyHeaders: Sendable {
  let upstream: EmulatedUpstream
  let clock: EmulatorClock

  func add(to reply: inout HTTPReply, request: HTTPRequest?, refusal: Refusal? = nil) {
    var fields: [(name: String, value: String)] = [
      ("date", HTTPDate.text(clock.now())),
      ("x-request-id", Identifiers.request(of: upstream)),
    ]
    fields += upstream.isAzure ? azure(request, refusal) : openAI
    if reply.status == 200 { fields += limits }
    for field in fields where !reply.headers.contains(where: { $0.name == field.name }) {
      reply.headers.append(field)
    }
  }

  private var openAI: [(name: String, value: String)] {
    [
      ("openai-organization", "emulated-organization"), ("openai-version", "2020-10-01"),
      ("openai-processing-ms", "12"), ("cf-ray", "0123456789abcdef-LHR"),
    ]
  }

  private func azure(
    _ request: HTTPRequest?, _ refusal: Refusal?
  ) -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = [
      ("apim-request-id", Identifiers.request(of: upstream)),
      ("x-ms-region", "Sweden Central"), ("openai-processing-ms", "12"),
    ]
    if let id = request?.header("x-ms-client-request-id") {
      fields.append(("x-ms-client-request-id", id))
    }
    if let code = refusal?.gatewayCode { fields.append(("x-ms-error-code", code)) }
    return fields
  }

  // The two write the time until the limits are whole again differently.
  private var limits: [(name: String, value: String)] {
    [
      ("x-ratelimit-limit-requests", "10000"), ("x-ratelimit-remaining-requests", "9999"),
      ("x-ratelimit-limit-tokens", "2000000"), ("x-ratelimit-remaining-tokens", "1999000"),
      ("x-ratelimit-reset-requests", upstream.isAzure ? "0" : "6ms"),
      ("x-ratelimit-reset-tokens", upstream.isAzure ? "0" : "30ms"),
    ]
  }
}

/// Dates in the form that header fields use.
enum HTTPDate {
  /// The time since 1970 as a date, such as `Thu, 01 Jan 1970 00:00:00 GMT`.
  static func text(_ time: Duration) -> String {
    let days = Int(time.components.seconds) / 86400
    let (year, month, day) = civil(days)
    return "\(weekdays[(days + 4) % 7]), \(twoDigits(day)) \(months[month - 1]) \(year) "
      + "\(clock(time)) GMT"
  }

  /// The time since 1970 as the login endpoint writes it, such as `1970-01-01 00:00:00Z`.
  static func sortable(_ time: Duration) -> String {
    let (year, month, day) = civil(Int(time.components.seconds) / 86400)
    return "\(year)-\(twoDigits(month))-\(twoDigits(day)) \(clock(time))Z"
  }

  private static func clock(_ time: Duration) -> String {
    let rest = Int(time.components.seconds) % 86400
    return [rest / 3600, rest / 60 % 60, rest % 60].map(twoDigits).joined(separator: ":")
  }

  // Source: the well-known conversion of a day number in the proleptic Gregorian calendar, with the
  // year begun in March so that the leap day is its last.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * march + 2) / 5 + 1)
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
