import CurlHTTP
import Foundation
import TransportHost
import UpstreamEmulator

/// The three emulators on loopback, a host with the real dylibs in front of them, and a naive client
/// beside it: what a program without Jackfield sends.
final class Upstreams: Sendable {
  /// The credential of this run; whatever prints it leaks it.
  static let key = "canary-4f1d2b7e90aa4c55"

  let emulator = UpstreamEmulator()
  let listeners: [EmulatedUpstream: UpstreamEmulator.Listener]
  private let client: HTTPEngine

  init(
    faults: [String] = [], quirks: [String] = [], race: Duration = .zero,
    _ change: (inout EmulatorOptions) -> Void = { _ in }
  ) throws {
    var options = EmulatorOptions()
    options.key = Self.key
    options.race = race
    options.faults = try faults.map { try Fault($0) }
    options.quirks = try quirks.map { try Quirk($0) }
    change(&options)
    var listeners: [EmulatedUpstream: UpstreamEmulator.Listener] = [:]
    for upstream in EmulatedUpstream.allCases {
      listeners[upstream] = try emulator.start(upstream, options: options)
    }
    self.listeners = listeners
    client = try HTTPEngine()
  }

  deinit {
    client.shutdown()
    emulator.stop()
  }

  /// What the emulators saw.
  var requests: [RecordedRequest] { emulator.requests }

  func baseURL(_ upstream: EmulatedUpstream) -> String { listeners[upstream]?.baseURL ?? "" }

  /// A configuration with a provider and a model for each emulator, both called as the plugin.
  ///
  /// Nothing is retried: these are tests of one attempt, and what follows it has tests of its own.
  ///
  /// - Parameter settings: Lines added to each provider, indented by four spaces.
  /// - Returns: The text of a `providers.yaml`.
  func configuration(settings: String = "") -> String {
    var text = "version: 1\nproviders:\n"
    for upstream in EmulatedUpstream.allCases {
      text += """
          \(upstream.rawValue):
            plugin: \(upstream.rawValue)
            base_url: \(baseURL(upstream))
            auth: { key: { env: CANARY } }
        \(settings)

        """
    }
    text += "models:\n"
    for upstream in EmulatedUpstream.allCases {
      text +=
        "  \(upstream.rawValue): { targets: [{ provider: \(upstream.rawValue), model: gpt-5 }] }\n"
    }
    return text + "defaults: { retry: { max_retries: 0 } }\n"
  }

  /// A host over these emulators, which it keeps alive.
  func host(settings: String = "") throws -> TransportHost {
    try host(configuration: configuration(settings: settings))
  }

  /// A host over these emulators with a configuration of the test's own.
  func host(
    configuration: String, options: TransportHost.Options? = nil
  ) throws -> TransportHost {
    try TransportHost(
      text: Array(configuration.utf8), file: "providers.yaml", options: options ?? self.options)
  }

  var options: TransportHost.Options {
    var options = TransportHost.Options()
    options.pluginDirectories = [Self.pluginDirectory]
    options.environment = { [self] name in
      withExtendedLifetime(self) { name == "CANARY" ? Self.key : nil }
    }
    return options
  }

  /// Where the build put the dylibs: beside this program.
  static let pluginDirectory: String = {
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return program.deletingLastPathComponent().path
  }()

  /// What a client without Jackfield sends: the body as it is, and the right credential.
  func naive(
    _ upstream: EmulatedUpstream, _ body: String, path: String = "/responses",
    faults: String? = nil
  ) async throws -> (status: Int, body: String) {
    var headers = [HTTPHeader("content-type", "application/json")]
    headers.append(
      upstream == .openai
        ? HTTPHeader("authorization", "Bearer \(Self.key)") : HTTPHeader("api-key", Self.key))
    if let faults { headers.append(HTTPHeader("x-emulate-fault", faults)) }
    let exchange = try await client.start(
      HTTPRequest(
        method: "POST", url: baseURL(upstream) + path, headers: headers,
        body: HTTPBody(Array(body.utf8))))
    let answer = try await exchange.collect(limit: 1 << 20)
    return (exchange.head.status, String(decoding: answer, as: UTF8.self))
  }
}

extension EmulatedUpstream {
  /// Those that have the lag between storing and reading.
  static var racing: [EmulatedUpstream] { [.azureOpenAI, .azureFoundry] }
}

/// The tool of the conversations.
let weatherTool = """
  {"type":"function","name":"weather","description":"The weather","parameters":{"type":"object",\
  "properties":{"place":{"type":"string"}},"required":["place"],"additionalProperties":false},\
  "strict":true}
  """
