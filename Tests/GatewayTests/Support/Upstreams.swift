#if Gateway
import Foundation
import TransportHost
import UpstreamEmulator

/// The three emulators on loopback, and the file of a gateway in front of them.
final class Upstreams: Sendable {
  /// The credential of this run; whatever prints it leaks it.
  static let key = "canary-4f1d2b7e90aa4c55"

  let emulator = UpstreamEmulator()
  let listeners: [EmulatedUpstream: UpstreamEmulator.Listener]

  init() throws {
    var options = EmulatorOptions()
    options.key = Self.key
    options.race = .zero
    var listeners: [EmulatedUpstream: UpstreamEmulator.Listener] = [:]
    for upstream in EmulatedUpstream.allCases {
      listeners[upstream] = try emulator.start(upstream, options: options)
    }
    self.listeners = listeners
  }

  deinit { emulator.stop() }

  /// Has every request to an upstream meet these faults.
  func setFaults(_ faults: [String], of upstream: EmulatedUpstream) throws {
    guard let listener = listeners[upstream] else { return }
    emulator.setFaults(try faults.map { try Fault($0) }, of: listener)
  }

  /// A configuration with a provider and a model for each emulator, both called as the plugin.
  ///
  /// Nothing is retried: these are tests of one attempt.
  ///
  /// - Parameters:
  ///   - upstreams: Which of them.
  ///   - timeouts: How long an upstream may take.
  ///   - more: What stands at the end.
  /// - Returns: The text of a `providers.yaml`.
  func configuration(
    _ upstreams: [EmulatedUpstream] = EmulatedUpstream.allCases, timeouts: String = "",
    more: String = ""
  ) -> String {
    var text = "version: 1\nproviders:\n"
    for upstream in upstreams {
      text += """
          \(upstream.rawValue):
            plugin: \(upstream.rawValue)
            base_url: \(listeners[upstream]?.baseURL ?? "")
            auth: { key: { env: CANARY } }
            timeouts: { \(timeouts) }

        """
    }
    text += "models:\n"
    for upstream in upstreams {
      text +=
        "  \(upstream.rawValue): { targets: [{ provider: \(upstream.rawValue), model: gpt-5 }] }\n"
    }
    return text + "defaults: { retry: { max_retries: 0 } }\ngateway: { drain: 100ms }\n\(more)\n"
  }
}

/// What hosts of tests are made with.
enum HostSetting {
  /// Where the build put the dylibs and the programs: beside this program.
  static let directory: String = {
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return program.deletingLastPathComponent().path
  }()

  /// The real dylibs, and an environment with the canary and tokens of clients.
  static var options: TransportHost.Options {
    var options = TransportHost.Options()
    options.pluginDirectories = [directory]
    options.environment = { variables[$0] }
    return options
  }

  static let variables = [
    "CANARY": Upstreams.key, "EDITOR_TOKEN": "token-of-the-editor",
    "PHONE_TOKEN": "token-of-the-phone",
    "TAG_KEY": "tag-canary-7c41d09be2f35a68",
  ]

  /// A configuration with one upstream whose bytes a test writes, behind the model `m`.
  static func configuration(
    of url: String, provider: String = "", gateway: String = "{ drain: 100ms }",
    retry: String = "{ max_retries: 0 }"
  ) -> String {
    """
    version: 1
    defaults: { retry: \(retry) }
    providers:
      main:
        plugin: openai
        base_url: \(url)/v1
        auth: { key: { env: CANARY } }
        \(provider)
    models: { m: { targets: [{ provider: main, model: m }] } }
    gateway: \(gateway)
    """
  }
}
#endif
