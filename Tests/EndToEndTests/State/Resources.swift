import Foundation
import Synchronization
import TransportHost
import UpstreamEmulator

/// Several emulated resources, each with a key and so with a seal and a store of its own: what one made
/// the others refuse.
final class Resources: Sendable {
  /// The secret of tags in these tests.
  static let tags = "tag-canary-7c41d09be2f35a68"

  /// One resource, called as its provider in the configuration.
  struct Resource: Sendable {
    let name: String
    let emulator: UpstreamEmulator
    let listener: UpstreamEmulator.Listener

    /// What it was asked.
    var requests: [RecordedRequest] { emulator.requests }
    /// The bodies of what it was asked.
    var bodies: [String] { requests.map { String(decoding: $0.body, as: UTF8.self) } }
  }

  let resources: [Resource]
  /// Variables besides those of the keys.
  private let variables: Mutex<[String: String]>

  /// - Parameters:
  ///   - upstreams: What each is, by the name of its provider.
  ///   - change: Changes the options of one, by its name.
  /// - Throws: Where one cannot listen.
  init(
    _ upstreams: KeyValuePairs<String, EmulatedUpstream>,
    _ change: (String, inout EmulatorOptions) throws -> Void = { _, _ in }
  ) throws {
    variables = Mutex(["TAGS": Self.tags])
    resources = try upstreams.map { name, upstream in
      var options = EmulatorOptions()
      options.key = "canary-of-\(name)"
      options.race = .zero
      options.deployments = ["gpt-5", "m"]
      try change(name, &options)
      let emulator = UpstreamEmulator()
      return Resource(
        name: name, emulator: emulator, listener: try emulator.start(upstream, options: options))
    }
  }

  /// Three of one kind: `a`, `b` and `c`.
  static func three(of upstream: EmulatedUpstream) throws -> Resources {
    try Resources(["a": upstream, "b": upstream, "c": upstream])
  }

  deinit { for resource in resources { resource.emulator.stop() } }

  subscript(name: String) -> Resource {
    resources.first { $0.name == name } ?? resources[0]
  }

  /// How many requests each has taken.
  var counts: [Int] { resources.map(\.requests.count) }
  /// How many requests all have taken.
  var total: Int { counts.reduce(0, +) }

  /// Gives the secret of tags another value; nil: none.
  func setTags(_ secret: String?) { variables.withLock { $0["TAGS"] = secret } }

  /// A configuration in which the model `m` has a target at each.
  ///
  /// - Parameters:
  ///   - model: Lines of the model's entry, indented by four spaces, besides its targets.
  ///   - providers: Members of a provider's entry, by its name.
  ///   - plugins: Plugins in the place of each upstream's own, by the name of the provider.
  ///   - targets: The providers of the model's targets; nil: all, in their order.
  ///   - isKeyed: Whether ids are tagged.
  ///   - more: What stands at the end.
  /// - Returns: The text of a `providers.yaml`.
  func configuration(
    model: String = "    strategy: weighted", providers: [String: String] = [:],
    plugins: [String: String] = [:], targets: [String]? = nil, isKeyed: Bool = true,
    more: String = ""
  ) -> String {
    let entries = resources.map { resource in
      """
        \(resource.name):
          plugin: \(plugins[resource.name] ?? resource.listener.upstream.rawValue)
          base_url: \(resource.listener.baseURL)
          auth: { key: { env: KEY_\(resource.name) } }
      \(providers[resource.name].map { "    \($0)\n" } ?? "")
      """
    }
    return """
      version: 1
      \(isKeyed ? "state_key: { env: TAGS }" : "")
      defaults: { retry: { max_retries: 0 }, cooldown: { failures: 1, duration: 60s } }
      providers:
      \(entries.joined())
      models:
        m:
      \(model)
          targets:
      \((targets ?? resources.map(\.name)).map { "      - { provider: \($0), model: gpt-5 }\n" }.joined())
      \(more)
      """
  }

  /// What a program sets that uses these.
  var options: TransportHost.Options {
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    options.environment = { [self] name in
      let resource = resources.first { "KEY_\($0.name)" == name }
      return resource?.listener.key ?? variables.withLock { $0[name] }
    }
    return options
  }

  /// A host; each call makes a new one, which knows nothing of those before it.
  func host(
    _ configuration: String? = nil, clock: (any HostClock)? = nil
  ) throws -> TransportHost {
    var options = options
    if let clock { options.clock = clock }
    return try TransportHost(
      text: Array((configuration ?? self.configuration()).utf8), file: "providers.yaml",
      options: options)
  }
}

extension TransportHost {
  /// A call with these members besides its model, streamed or not, read to its end.
  func turn(
    _ members: String, model: String = "m", isStream: Bool = false
  ) async throws(CallError) -> CallResult {
    try await respond(
      to: CallRequest(body: Array(#"{"model":"\#(model)",\#(members)}"#.utf8), isStream: isStream))
  }

  /// The error of such a call, or nil.
  func failure(
    _ members: String, model: String = "m", isStream: Bool = false
  ) async -> CallError? {
    do {
      _ = try await turn(members, model: model, isStream: isStream)
      return nil
    } catch { return error }
  }

  /// An operation on a stored response, with no model and no provider.
  func ask(
    _ operation: String, _ id: String?, query: [(name: String, value: String)] = []
  ) async throws(CallError) -> CallResult {
    try await respond(
      to: CallRequest(operation: operation, responseID: id ?? "", query: query))
  }
}

extension CallResult {
  /// The provider that answered.
  var provider: String { attempts.last?.provider ?? "" }

  /// The edits as `rule action pointer`.
  var changes: [String] { edits.map { "\($0.rule) \($0.action) \($0.pointer)" } }

  /// A member of the response.
  func member(_ name: String) -> String? {
    let object = try? JSONSerialization.jsonObject(with: Data(response)) as? [String: Any]
    return object?[name] as? String
  }

  /// The output items as text.
  var items: [String] { outputItems.map { String(decoding: $0, as: UTF8.self) } }
}

extension String {
  /// An id without its tag.
  var untagged: String { components(separatedBy: "_jf1").first ?? self }
}
