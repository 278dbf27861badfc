import Foundation

/// What numbers were measured on.
enum Machine {
  /// The processor and how many of its threads there are.
  static var description: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = text.split(separator: "\n").first { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":").last }
      .map { $0.trimmingCharacters(in: .whitespaces) }
    return
      "\(model ?? "unknown processor"), \(ProcessInfo.processInfo.activeProcessorCount) threads"
  }

  /// The day, in UTC.
  static var day: String {
    Date.now.formatted(.iso8601.year().month().day())
  }

  /// How many threads wanted to run, on the average of the last minute.
  static var load: String {
    let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return text.split(separator: " ").first.map(String.init) ?? "unknown"
  }
}
