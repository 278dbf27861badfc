import Testing

@testable import ProviderConfiguration

@Suite struct `The nearest place decides` {
  private func policy(_ levels: Set<String>, _ value: (String) -> String) throws -> TargetPolicy {
    func at(_ level: String) -> String { levels.contains(level) ? value(level) : "{}" }
    let loaded = Loaded(
      """
      version: 1
      defaults: \(at("defaults"))
      providers: { p: { plugin: x, <<: \(at("provider")) } }
      models: { m: { <<: \(at("model")), targets: [{ provider: p, <<: \(at("target")) }] } }
      """)
    #expect(loaded.diagnostics.isEmpty)
    let document = try #require(loaded.document)
    let model = document.models.models[0]
    let provider = try #require(document.provider("p"))
    return document.policy(of: model.targets[0], in: model, at: provider)
  }

  private static let seconds = ["target": 1, "model": 2, "provider": 3, "defaults": 4]

  @Test(arguments: [
    (["target", "model", "provider", "defaults"], 1), (["model", "provider", "defaults"], 2),
    (["provider", "defaults"], 3), (["defaults"], 4), ([], 300), (["target", "defaults"], 1),
  ]) func `a clock is taken from target, model, provider, defaults, built-in`(
    levels: [String], seconds: Int
  ) throws {
    let policy = try policy(Set(levels)) { level in
      "{ timeouts: { idle: \(Self.seconds[level] ?? 0)s } }"
    }
    #expect(policy.timeouts.idle?.value == .seconds(seconds))
    #expect((policy.timeouts.idle?.mark == nil) == levels.isEmpty)
  }

  @Test func `the built-in clocks are those of the reference, D.4`() throws {
    let policy = try policy([]) { _ in "" }
    #expect(policy.timeouts.connect?.value == .seconds(10))
    #expect(policy.timeouts.firstEvent?.value == .seconds(60))
    #expect(policy.timeouts.idle?.value == .seconds(300))
    #expect(policy.timeouts.attempt?.value == .seconds(600))
    #expect(policy.total(isStreaming: true) == nil)
    #expect(policy.total(isStreaming: false)?.value == .seconds(900))
    #expect(policy.params.unsupported?.value == .drop)
  }

  @Test func `a written total holds for streams too`() throws {
    let policy = try policy(["model"]) { _ in "{ timeouts: { total: 1h } }" }
    #expect(policy.total(isStreaming: true)?.value == .seconds(3600))
    #expect(policy.total(isStreaming: true)?.mark?.description == "providers.yaml:4:41")
  }

  @Test func `parameters merge name by name and a nearer set undoes a farther removal`() throws {
    let policy = try policy(["target", "model", "provider", "defaults"]) { level in
      switch level {
      case "target": "{ params: { set: { user: near, a: 1 }, clamp: { t: [0, 1] } } }"
      case "model": "{ params: { unsupported: error, remove: [user, b] } }"
      case "provider": "{ params: { unsupported: pass, set: { b: 2, user: far, c: 3 } } }"
      default: "{ params: { remove: [a, d], clamp: { t: [0, 2], u: [1, 2.50] } } }"
      }
    }
    let set = policy.params.set.map { "\($0.name)=\(String(decoding: $0.json, as: UTF8.self))" }
    #expect(set == ["user=\"near\"", "a=1", "c=3"])
    #expect(policy.params.remove.map(\.value) == ["b", "d"])
    #expect(
      policy.params.clamp.map { "\($0.name) \($0.minimum) \($0.maximum)" } == ["t 0 1", "u 1 2.50"])
    #expect(policy.params.unsupported?.value == .error)
  }

  @Test func `a target's capabilities win over the provider's of the same name`() throws {
    let loaded = Loaded(
      """
      version: 1
      providers: { p: { plugin: x, capabilities: { reasoning: true, vision: true } } }
      models: { m: { targets: [{ provider: p, capabilities: { reasoning: false } }] } }
      """)
    let document = try #require(loaded.document)
    let model = document.models.models[0]
    let provider = try #require(document.provider("p"))
    let policy = document.policy(of: model.targets[0], in: model, at: provider)
    #expect(policy.capabilities.map(\.value) == [.flag(false), .flag(true)])
    #expect(
      document.policy(of: nil, in: nil, at: provider).capabilities.map(\.value) == [
        .flag(true), .flag(true),
      ])
  }
}
