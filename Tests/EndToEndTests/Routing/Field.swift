import CurlHTTP
import JSONText
import TransportHost
import UpstreamEmulator

/// Several emulated upstreams, each of them a provider with an endpoint and a credential of its own.
final class Field: Sendable {
  /// One of them.
  struct Plot: Sendable {
    let name: String
    let listener: UpstreamEmulator.Listener
    var plugin: String { listener.upstream.rawValue }
  }

  /// The credential of this run; whatever prints it leaks it.
  static let key = Upstreams.key

  let emulator = UpstreamEmulator()
  let plots: [Plot]

  /// - Parameters:
  ///   - names: The providers, in the order of the file.
  ///   - kinds: What they are, in turn.
  ///   - faults: What goes wrong at some of them, by their names.
  ///   - quirks: What all of them do.
  ///   - clock: What they tell the time by.
  /// - Throws: Where an emulator cannot start.
  init(
    _ names: [String] = ["a", "b", "c"], kinds: [EmulatedUpstream] = [.openai],
    faults: [String: [String]] = [:], quirks: [String] = [], clock: EmulatorClock = .system
  ) throws {
    var plots: [Plot] = []
    for (index, name) in names.enumerated() {
      var options = EmulatorOptions()
      options.key = Self.key
      options.race = .zero
      options.clock = clock
      options.faults = try (faults[name] ?? []).map { try Fault($0) }
      options.quirks = try quirks.map { try Quirk($0) }
      let listener = try emulator.start(kinds[index % kinds.count], options: options)
      plots.append(Plot(name: name, listener: listener))
    }
    self.plots = plots
  }

  deinit { emulator.stop() }

  subscript(_ name: String) -> Plot {
    plots.first { $0.name == name } ?? plots[0]
  }

  /// The providers, as a file has them.
  ///
  /// - Parameter settings: Lines added to some of them, by their names, indented by four spaces.
  func providers(_ settings: [String: String] = [:]) -> String {
    plots.reduce(into: "version: 1\nproviders:\n") { text, plot in
      text += """
          \(plot.name):
            plugin: \(plot.plugin)
            base_url: \(plot.listener.baseURL)
            auth: { key: { env: CANARY } }
        \(settings[plot.name] ?? "")

        """
    }
  }

  /// A host in front of them, which keeps them alive.
  ///
  /// - Parameters:
  ///   - rest: What the file has besides the providers.
  ///   - settings: Lines added to some providers.
  ///   - clock: The host's.
  /// - Returns: The host.
  func host(
    _ rest: String, settings: [String: String] = [:], clock: (any HostClock)? = nil
  ) throws -> TransportHost {
    try host(text: providers(settings) + rest, clock: clock)
  }

  func host(text: String, clock: (any HostClock)? = nil) throws -> TransportHost {
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    options.environment = { [self] name in
      withExtendedLifetime(self) { name == "CANARY" ? Self.key : nil }
    }
    if let clock { options.clock = clock }
    return try TransportHost(text: Array(text.utf8), file: "providers.yaml", options: options)
  }

  /// Replaces what goes wrong at one of them.
  func set(_ faults: String..., at name: String) throws {
    emulator.setFaults(try faults.map { try Fault($0) }, of: self[name].listener)
  }

  /// What one of them was asked, in order.
  func requests(at name: String) -> [RecordedRequest] {
    emulator.requests(at: self[name].listener)
  }

  /// How often each was asked, in the order of the file.
  var counts: [Int] { plots.map { requests(at: $0.name).count } }

  /// All requests in the order in which they came, by the names of those who were asked.
  var order: [String] {
    let all = plots.flatMap { plot in requests(at: plot.name).map { (plot.name, $0.arrival) } }
    return all.sorted { $0.1 < $1.1 }.map(\.0)
  }
}

/// What became of a call.
struct CallEnd: Sendable {
  var result: CallResult?
  var error: CallError?
  /// The types of the events that the client got.
  var types: [String] = []
  /// The text of its deltas.
  var deltas = ""

  /// Its ledger.
  var attempts: [AttemptRecord] { result?.attempts ?? error?.attempts ?? [] }
  /// The providers that were asked, in order.
  var providers: [String] { attempts.map(\.provider) }
  /// How the attempts ended, in order.
  var outcomes: [String] { attempts.map(\.outcome) }
  /// Who served it; nil: nobody.
  var server: String? { result?.attempts.last?.provider }
}

extension TransportHost {
  /// A call to its end.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - text: What is said.
  ///   - isStream: Whether it is streamed.
  ///   - change: What else is asked.
  /// - Returns: What became of it.
  func end(
    _ model: String, _ text: String = "Hello there, how are you?", isStream: Bool = true,
    _ change: (inout CallRequest) -> Void = { _ in }
  ) async -> CallEnd {
    var request = CallRequest.text(text, model: model, isStream: isStream)
    change(&request)
    return await end(request)
  }

  func end(_ request: CallRequest) async -> CallEnd {
    var end = CallEnd()
    do {
      let events = try await stream(request)
      do {
        for try await event in events {
          end.types.append(event.type)
          end.deltas += event.textDelta ?? ""
        }
        end.result = events.result
      } catch { end.error = error }
    } catch { end.error = error }
    return end
  }

  /// Calls one after the other.
  func ends(_ count: Int, _ model: String, isStream: Bool = false) async -> [CallEnd] {
    var ends: [CallEnd] = []
    for _ in 0..<count { ends.append(await end(model, isStream: isStream)) }
    return ends
  }
}

extension Array where Element == CallEnd {
  /// How many calls each provider served.
  var shares: [String: Int] {
    reduce(into: [:]) { shares, end in
      if let server = end.server { shares[server, default: 0] += 1 }
    }
  }
}
