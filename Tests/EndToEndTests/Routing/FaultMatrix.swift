import Foundation
import TransportHost
import UpstreamEmulator

/// Models whose targets meet faults, one or two of them each, with hosts in front.
final class FaultMatrix: Sendable {
  /// What one model's targets meet.
  struct Scenario: Sendable, CustomStringConvertible {
    let first: String
    /// Nil: the second target recovers, and the third is sound.
    let second: String?

    var description: String { second.map { "\(first) + \($0)" } ?? first }

    /// The faults of its three targets.
    var faults: [[String]] {
      guard let second else { return [[first], ["\(first)x3"], []] }
      return [[first], [second], [first, second]]
    }
  }

  /// Every fault there is, with arguments that suit clocks of a second.
  static let faults: [String] = Fault.catalogue.map { entry in
    let name = entry.usage.prefix { $0 != "[" }
    return quick[String(name)] ?? String(name)
  }

  private static let quick = ["huge-event": "huge-event:300000"]

  static let singles = faults.map { Scenario(first: $0, second: nil) }

  /// All pairs of two different faults.
  static var pairs: [Scenario] {
    faults.indices.flatMap { first in
      faults[(first + 1)...].map { Scenario(first: faults[first], second: $0) }
    }
  }

  /// One call's part in it.
  struct Seat: Sendable {
    let number: Int
    let scenario: Int
    var model: String { "m\(scenario)" }
    /// Two of three are streamed.
    var isStream: Bool { number % 3 != 2 }
  }

  let scenarios: [Scenario]
  let emulator = UpstreamEmulator()
  private let listeners: [[String]: UpstreamEmulator.Listener]
  let hosts: [TransportHost]

  /// - Parameters:
  ///   - scenarios: The models.
  ///   - count: How many hosts share them.
  /// - Throws: Where an emulator or a host cannot start.
  init(_ scenarios: [Scenario], hosts count: Int = 4) throws {
    self.scenarios = scenarios
    var listeners: [[String]: UpstreamEmulator.Listener] = [:]
    // One of them is sound: fallbacks lead there.
    let all = Set(scenarios.flatMap(\.faults) + [[]]).sorted { $0.joined() < $1.joined() }
    for (index, faults) in all.enumerated() {
      var options = EmulatorOptions()
      options.key = Upstreams.key
      options.race = .zero
      options.requestLogLimit = 100_000
      options.faults = try faults.map { try Fault($0) }
      listeners[faults] = try emulator.start(
        EmulatedUpstream.allCases[index % 3], options: options)
    }
    self.listeners = listeners
    let text = Self.configuration(scenarios, listeners)
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    options.environment = { $0 == "CANARY" ? Upstreams.key : nil }
    hosts = try (0..<count).map { [options] _ in
      try TransportHost(text: Array(text.utf8), file: "providers.yaml", options: options)
    }
  }

  deinit { emulator.stop() }

  func host(of seat: Seat) -> TransportHost { hosts[seat.scenario % hosts.count] }

  // MARK: - The file

  private static func name(_ faults: [String]) -> String {
    faults.isEmpty ? "sound" : faults.map(name).joined(separator: ".")
  }

  /// Begins with a letter: `429` alone would be a number to YAML.
  private static func name(_ fault: String) -> String {
    "f" + String(fault.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
  }

  private static func configuration(
    _ scenarios: [Scenario], _ listeners: [[String]: UpstreamEmulator.Listener]
  ) -> String {
    var text = "version: 1\nproviders:\n"
    for (faults, listener) in listeners {
      text += """
          \(name(faults)):
            plugin: \(listener.upstream.rawValue)
            base_url: \(listener.baseURL)
            auth: { key: { env: CANARY } }

        """
    }
    text += "models:\n"
    for (index, scenario) in scenarios.enumerated() { text += model(index, scenario) }
    text += "  sound: { targets: [{ provider: sound, model: gpt-5 }] }\n"
    return text + """
      defaults:
        retry: { backoff: { initial: 2ms, max: 10ms }, respect_retry_after: { max: 60ms } }
        timeouts: { connect: 5s, first_event: 1s, idle: 1s, attempt: 2s, total: 15s }

      """
  }

  private static let strategies = [
    "priority", "weighted", "round_robin", "least_busy", "least_latency", "hash",
  ]
  private static let streams = [
    "", "hold: 10ms", "hold: 8 tokens", "commit: end", "on_break: resume",
    "hold: 10ms, on_break: resume",
  ]
  private static let cooldowns = ["failures: 1000", "duration: 100ms, max_duration: 300ms", ""]

  private static func model(_ index: Int, _ scenario: Scenario) -> String {
    let limits = index % 4 == 3 ? ", limits: { concurrency: 8 }" : ""
    let targets = scenario.faults.enumerated().map { order, faults in
      "{ provider: \(name(faults)), model: gpt-5, order: \(order / 2 + 1)\(limits) }"
    }
    let fallbacks = index % 2 == 0 ? "fallbacks: { default: [sound], context_window: [sound] }" : ""
    return """
        m\(index):
          strategy: \(strategies[index % strategies.count])
          targets: [\(targets.joined(separator: ", "))]
          stream: { \(streams[index % streams.count]) }
          cooldown: { \(cooldowns[index % cooldowns.count]) }
          \(fallbacks)

      """
  }

  // MARK: - Calls

  func call(_ seat: Seat) async -> CallEnd {
    let background = seat.isStream && seat.number % 2 == 0 ? #","background":true"# : ""
    let body = """
      {"model":"\(seat.model)","input":"number \(seat.number) of many, and a few words more",\
      "stream":\(seat.isStream)\(background)}
      """
    return await host(of: seat).end(CallRequest(body: Array(body.utf8)))
  }

  /// How often each provider was asked by each call, by the numbers of the calls.
  func seen() -> [Int: [String: Int]] {
    var seen: [Int: [String: Int]] = [:]
    for (faults, listener) in listeners {
      // The rest of a stream is asked for without a text.
      for request in emulator.requests(at: listener) where request.method == "POST" {
        seen[request.number, default: [:]][Self.name(faults), default: 0] += 1
      }
    }
    return seen
  }
}

/// What became of many calls.
struct MatrixTally: Sendable, CustomStringConvertible {
  private(set) var answers = 0
  private(set) var firstTry = 0
  private(set) var attempts = 0
  private(set) var resumed = 0
  private(set) var errors: [String: Int] = [:]
  var calls: Int { answers + errors.values.reduce(0, +) }

  mutating func add(_ end: CallEnd) {
    attempts += end.attempts.count
    if end.attempts.contains(where: { $0.reason == "the rest of the answer" }) { resumed += 1 }
    guard let error = end.error else {
      answers += 1
      if end.attempts.count == 1 { firstTry += 1 }
      return
    }
    errors[error.code.rawValue, default: 0] += 1
  }

  var description: String {
    let errors = errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.key)" }
    return "\(calls) calls, \(attempts) attempts: \(answers) answers (\(firstTry) at once,"
      + " \(resumed) resumed or tried to), \(errors.joined(separator: ", "))"
  }
}
