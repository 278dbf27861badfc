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

  /// Each member of the tables that came with routing, as text of a level and as found in a policy.
  private static let members: [(String, @Sendable (TargetPolicy) -> (String, Mark?)?)] = [
    ("retry: { max_retries: $1 }", { $0.retry.maxRetries.map { ("\($0.value)", $0.mark) } }),
    (
      "retry: { retryable: [50$1] }",
      {
        $0.retry.retryable.map { ($0.value.map { String($0.text.dropFirst(2)) }.joined(), $0.mark) }
      }
    ),
    ("retry: { budget: 0.$1 }", { $0.retry.budget.map { ("\($0.value)".dropped(2), $0.mark) } }),
    (
      "retry: { respect_retry_after: { max: $1s } }",
      { $0.retry.longestRetryAfter.map { ($0.value.digits, $0.mark) } }
    ),
    (
      "retry: { backoff: { initial: $1s } }",
      { $0.retry.initialBackoff.map { ($0.value.digits, $0.mark) } }
    ),
    (
      "retry: { backoff: { max: $1s } }",
      { $0.retry.longestBackoff.map { ($0.value.digits, $0.mark) } }
    ),
    (
      "retry: { backoff: { multiplier: $1.0 } }",
      { $0.retry.multiplier.map { ("\(Int($0.value))", $0.mark) } }
    ),
    ("cooldown: { failures: $1 }", { $0.cooldown.failures.map { ("\($0.value)", $0.mark) } }),
    ("cooldown: { window: $1s }", { $0.cooldown.window.map { ($0.value.digits, $0.mark) } }),
    ("cooldown: { duration: $1s }", { $0.cooldown.duration.map { ($0.value.digits, $0.mark) } }),
    (
      "cooldown: { max_duration: $1h }",
      { $0.cooldown.maxDuration.map { ("\($0.value.components.seconds / 3600)", $0.mark) } }
    ),
    ("cooldown: { probes: $1 }", { $0.cooldown.probes.map { ("\($0.value)", $0.mark) } }),
    ("stream: { hold: $1s }", { $0.stream.hold.map { ($0.value.digits, $0.mark) } }),
  ]

  @Test(
    arguments: members.indices,
    [
      (["target", "model", "provider", "defaults"], "1"), (["model", "provider", "defaults"], "2"),
      (["provider", "defaults"], "3"), (["defaults"], "4"), (["target", "defaults"], "1"),
    ] as [([String], String)])
  func `each member of retry, cooldown and stream is taken from the nearest place`(
    member: Int, row: ([String], String)
  ) throws {
    let (text, found) = Self.members[member]
    let policy = try policy(Set(row.0)) { level in
      "{ \(text.replacing("$1", with: "\(Self.seconds[level] ?? 0)")) }"
    }
    let (value, mark) = try #require(found(policy))
    #expect(value == row.1)
    #expect(mark != nil)
    let builtIn = try #require(found(try self.policy([]) { _ in "" }))
    #expect(builtIn.1 == nil)
  }

  @Test(
    arguments: [
      (["target", "model", "provider"], "full", "first_output", "error"),
      (["model", "provider"], "none", "end", "resume"),
      (["provider"], "full", "first_output", "error"), (["defaults"], "none", "end", "resume"),
      ([], "full", "first_output", "error"),
    ] as [([String], String, String, String)])
  func `words are taken from the nearest place too`(
    levels: [String], jitter: String, commit: String, onBreak: String
  ) throws {
    let policy = try policy(Set(levels)) { level in
      ["target", "provider"].contains(level)
        ? "{ retry: { backoff: { jitter: full } }, stream: { commit: first_output, on_break: error } }"
        : "{ retry: { backoff: { jitter: none } }, stream: { commit: end, on_break: resume } }"
    }
    #expect(policy.retry.jitter?.value.rawValue == jitter)
    #expect(policy.stream.commit?.value.rawValue == commit)
    #expect(policy.stream.onBreak?.value.rawValue == onBreak)
  }

  @Test func `the built-in rules are those of the reference page`() throws {
    let policy = try policy([]) { _ in "" }
    #expect(policy.retry.maxRetries?.value == 2)
    #expect(
      policy.retry.retryable?.value.map(\.text) == [
        "connect", "first_event", "idle", "stream", "408", "409", "429", "500", "502", "503", "504",
      ])
    #expect(policy.retry.initialBackoff?.value == .milliseconds(250))
    #expect(policy.retry.longestBackoff?.value == .seconds(8))
    #expect(policy.retry.multiplier?.value == 2)
    #expect(policy.retry.jitter?.value == .full)
    #expect(policy.retry.longestRetryAfter?.value == .seconds(20))
    #expect(policy.retry.budget?.value == 0.2)
    #expect(policy.cooldown.failures?.value == 3)
    #expect(policy.cooldown.window?.value == .seconds(60))
    #expect(policy.cooldown.duration?.value == .seconds(30))
    #expect(policy.cooldown.maxDuration?.value == .seconds(600))
    #expect(policy.cooldown.probes?.value == 1)
    #expect(policy.stream.commit?.value == .firstOutput)
    #expect(policy.stream.hold?.value == .time(.zero))
    #expect(policy.stream.onBreak?.value == .error)
  }
}

extension String {
  fileprivate func dropped(_ count: Int) -> String { String(dropFirst(count)) }
}

extension Duration {
  fileprivate var digits: String { "\(components.seconds)" }
}

extension StreamHold {
  fileprivate var digits: String { if case .time(let time) = self { time.digits } else { "" } }
}
