internal import CurlHTTP
internal import ProcessIO
internal import ProviderConfiguration

extension Doctor {
  /// The day before which no clock can be right: that of the first draft of ABI 1, 2026-08-01.
  private static let firstDay: Int64 = 1_785_542_400
  /// A day that no program of today lives to see: 2100-01-01.
  private static let lastDay: Int64 = 4_102_444_800

  /// Whether the wall clock can be right: certificates and tokens are judged by it.
  var clock: [Finding] {
    let now = machine.unixTime
    let earliest = max(Self.firstDay, machine.programWritten ?? 0)
    let day = "\(CalendarDay(unixTime: now))"
    guard now >= earliest else {
      return [
        .error(
          "wall clock",
          "it says \(day), which is before \(CalendarDay(unixTime: earliest)), when this program was"
            + " made", advice: "Set the clock: certificates and tokens look as if not yet valid.")
      ]
    }
    guard now < Self.lastDay else {
      return [
        .error(
          "wall clock", "it says \(day)",
          advice: "Set the clock: certificates and tokens look as if expired.")
      ]
    }
    return [.ok("wall clock", "it says \(day) (UTC)")]
  }

  /// The libraries that do the work.
  var libraries: [Finding] {
    let curl = machine.curl
    let http2 = curl.speaksHTTP2 ? "HTTP/2" : "no HTTP/2"
    return [
      curl.tls.isEmpty
        ? .error("libcurl", "\(curl.version), built without TLS", advice: "Install one with TLS.")
        : .ok("libcurl", "\(curl.version), \(curl.tls), \(http2)"),
      .ok("libyaml", ConfigurationDocument.parserVersion),
    ]
  }

  /// How much this process may hold at once.
  var limits: [Finding] {
    guard let files = machine.openFiles else { return [] }
    // A program has some thirty open files before the first connection.
    let room = "room for about \(max(0, files.current - 32)) calls at once"
    guard files.current < 256 else { return [.ok("open files", "\(files.current): \(room)")] }
    let advice =
      files.maximum > files.current
      ? "ulimit -n \(min(files.maximum, 4096))" : "Have the limit raised: ulimit -Hn"
    return [.warning("open files", "\(files.current): \(room)", advice: advice)]
  }
}

/// A day of the Gregorian calendar, in UTC.
struct CalendarDay: CustomStringConvertible {
  private let year: Int64
  private let month: Int64
  private let day: Int64

  /// The day of an instant.
  ///
  /// - Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  init(unixTime: Int64) {
    let days = unixTime / 86_400 - (unixTime % 86_400 < 0 ? 1 : 0) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let ofEra = days - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    day = ofYear - (153 * shifted + 2) / 5 + 1
    month = shifted + (shifted < 10 ? 3 : -9)
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var description: String {
    func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(padded(month))-\(padded(day))"
  }
}
