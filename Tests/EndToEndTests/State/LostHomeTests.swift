import Testing
import TransportHost
import UpstreamEmulator

/// Follow-ups whose maker is down, by what `when_lost` says.
@Suite struct `A follow-up whose maker is down` {
  /// Resources of which some can be switched off, and a host in front of them.
  private struct Scene {
    let resources: Resources
    let host: TransportHost

    /// - Parameters:
    ///   - upstream: What they are.
    ///   - whenLost: The policy, or nil for none.
    ///   - shared: Providers of one boundary.
    /// - Throws: Where one cannot start.
    init(
      _ upstream: EmulatedUpstream = .openai, whenLost: String?, shared: [String] = []
    ) throws {
      resources = try Resources.three(of: upstream)
      let affinity = whenLost.map { "    affinity: { when_lost: \($0) }\n" } ?? ""
      host = try resources.host(
        resources.configuration(
          model: "\(affinity)    strategy: priority",
          providers: Dictionary(
            uniqueKeysWithValues: shared.map { ($0, "state_boundary: shared") })))
    }

    /// Ends a resource: connections to it are refused.
    func end(_ name: String) { resources[name].emulator.stop() }

    /// The changes that `explain` shows, after what has happened so far.
    func explained(_ members: String) throws -> [String] {
      try host.explain(CallRequest(body: Array(#"{"model":"m",\#(members)}"#.utf8))).edits
        .map { "\($0.rule) \($0.action) \($0.pointer)" }
    }
  }

  private static func chained(_ id: String?, _ input: String = #""And now?""#) -> String {
    #""input":\#(input),"previous_response_id":"\#(id ?? "")""#
  }

  // MARK: - A stored response

  @Test(arguments: [nil, "error", "strip_reasoning", "replay"], [false, true])
  func `fails with what its maker failed with, and says why nobody else was asked`(
    whenLost: String?, isStream: Bool
  ) async throws {
    let scene = try Scene(whenLost: whenLost)
    let first = try await scene.host.turn(#""input":"Hello""#)
    scene.end("a")
    let error = await scene.host.failure(Self.chained(first.id), isStream: isStream)
    #expect(error?.code == .network)
    #expect(error?.attempts.map(\.provider) == ["a"])
    let reason =
      switch whenLost {
      case "strip_reasoning": "when_lost: strip_reasoning stands in for no stored response."
      case "replay":
        "the request does not carry the conversation that when_lost: replay would send."
      default: "affinity.when_lost lets nobody go on without it."
      }
    #expect(
      error?.message.hasSuffix(
        "Nobody else was asked: what the request goes on from was made by the provider \"a\", and"
          + " \(reason)") == true, "\(error?.message ?? "")")
    #expect(scene.resources.counts == [1, 0, 0])
  }

  @Test(arguments: EmulatedUpstream.allCases, [false, true])
  func `is replayed elsewhere where its input carries the conversation`(
    upstream: EmulatedUpstream, isStream: Bool
  ) async throws {
    let scene = try Scene(upstream, whenLost: "replay")
    let first = try await scene.host.turn(
      #""input":"Hello","reasoning":{"effort":"low"},"include":["reasoning.encrypted_content"]"#)
    scene.end("a")
    var transcript = Transcript("Hello")
    transcript.add(first, then: "And now?")
    let request = Self.chained(first.id, "[\(transcript.items.joined(separator: ","))]")
    let answer = try await scene.host.turn(request, isStream: isStream)
    #expect(answer.attempts.map(\.provider) == ["a", "b"])
    #expect(answer.text.contains("turn 2 of our conversation"))
    #expect(answer.member("previous_response_id") == nil)
    let own = answer.changes.filter { $0.hasPrefix("replayed-chain") || $0.hasPrefix("foreign") }
    #expect(
      own == [
        "replayed-chain remove /previous_response_id", "foreign-ciphertext remove /input/1",
        "foreign-id remove /input/2/id",
      ])
    let sent = try #require(scene.resources["b"].bodies.last)
    #expect(!sent.contains("previous_response_id") && !sent.contains("encrypted_content\":\""))
    #expect(try scene.explained(request).contains("replayed-chain remove /previous_response_id"))
  }

  @Test(arguments: [false, true])
  func `is answered by a sibling that shares its boundary, before anything is given up`(
    isStream: Bool
  ) async throws {
    let scene = try Scene(whenLost: "replay", shared: ["a", "c"])
    let first = try await scene.host.turn(#""input":"Hello""#)
    #expect(first.provider == "a")
    scene.end("a")
    // The emulated sibling has a store of its own, so that it does not find what it is asked for.
    let error = await scene.host.failure(Self.chained(first.id), isStream: isStream)
    #expect(error?.attempts.map(\.provider) == ["a", "c"])
    #expect(error?.code == .stateLost)
    #expect(
      scene.resources["c"].bodies.last?.contains(
        #""previous_response_id":"\#((first.id ?? "").untagged)""#) == true)
    #expect(scene.resources["b"].requests.isEmpty)
  }

  @Test(arguments: EmulatedUpstream.allCases, [false, true])
  func `is answered by another provider of its boundary, which has the same store`(
    upstream: EmulatedUpstream, isStream: Bool
  ) async throws {
    let resources = try Resources(["a": upstream, "b": upstream])
    // The same resource twice; under its first name it has no room after a restart.
    func host(_ fault: String?) throws -> TransportHost {
      let text = resources.configuration(
        model: "    strategy: priority",
        providers: [
          "a": "state_boundary: shared"
            + (fault.map { "\n    headers: { x-emulate-fault: \"\($0)\" }" } ?? "")
        ],
        targets: ["a", "b", "sibling"])
      return try resources.host(
        text.replacing(
          "models:\n",
          with: """
              sibling:
                plugin: \(upstream.rawValue)
                base_url: \(resources["a"].listener.baseURL)
                auth: { key: { env: KEY_a } }
                state_boundary: shared
            models:

            """))
    }
    let first = try await host(nil).turn(#""input":"Hello""#)
    #expect(first.provider == "a")
    let answer = try await host("429").turn(Self.chained(first.id), isStream: isStream)
    #expect(answer.attempts.map(\.provider) == ["a", "sibling"])
    #expect(answer.text.contains("turn 2 of our conversation"))
    #expect(answer.member("previous_response_id") == first.id)
    #expect(resources["b"].requests.isEmpty)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("error", "affinity.when_lost lets nobody go on without it"),
      ("strip_reasoning", "when_lost: strip_reasoning stands in for no stored response"),
    ])
  func `has no room, and fails with the line of the one that it was bound to`(
    whenLost: String, reason: String
  ) async throws {
    let resources = try Resources.three(of: .openai)
    var text = resources.configuration(
      model: "    affinity: { when_lost: \(whenLost) }\n    strategy: priority",
      targets: ["b", "a", "c"])
    for name in ["b", "a"] {
      text = text.replacing(
        "{ provider: \(name), model: gpt-5 }",
        with: "{ provider: \(name), model: gpt-5, limits: { rpm: 1 } }")
    }
    let host = try resources.host(text, clock: VirtualClock())
    #expect(try await host.turn(#""input":"Hello""#).provider == "b")
    let made = try await host.turn(#""input":"Hello""#)
    #expect(made.provider == "a")
    let error = await host.failure(Self.chained(made.id))
    #expect(error?.code == .rateLimited)
    #expect(
      error?.message
        == "what the request goes on from was made by the provider \"a\", which has all that its limits"
        + " allow. Nobody else was asked: \(reason). Raise its limits, or wait.",
      "\(error?.message ?? "")")
    #expect(error?.source.flatMap { host.sourceLine($0) }?.contains("provider: a") == true)
    #expect(error?.retryAfter ?? .zero > .seconds(50))
    #expect(resources.counts == [1, 1, 0])
  }

  // MARK: - Encrypted reasoning

  @Test(arguments: EmulatedUpstream.allCases)
  func `keeps its reasoning at a sibling that reads it`(upstream: EmulatedUpstream) async throws {
    let resources = try Resources(["a": upstream, "b": upstream, "c": upstream]) { name, options in
      // What is sealed under one key is opened under it elsewhere.
      if name == "c" { options.key = "canary-of-a" }
    }
    let shared = "state_boundary: shared"
    let host = try resources.host(
      resources.configuration(
        model: "    affinity: { when_lost: strip_reasoning }\n    strategy: priority",
        providers: ["a": shared, "c": shared]))
    var transcript = Transcript("Hello")
    transcript.add(try await host.turn(transcript.members), then: "And now?")
    resources["a"].emulator.stop()
    let answer = try await host.turn(transcript.members)
    #expect(answer.attempts.map(\.provider) == ["a", "c"])
    #expect(!answer.changes.contains { $0.hasPrefix("foreign") })
    #expect(resources["c"].bodies.last?.contains("gAAAA") == true)
  }

  @Test(arguments: [nil, "error"], [false, true])
  func `fails with its encrypted reasoning, since nobody else reads it`(
    whenLost: String?, isStream: Bool
  ) async throws {
    let scene = try Scene(whenLost: whenLost)
    var transcript = Transcript("Hello")
    transcript.add(try await scene.host.turn(transcript.members), then: "And now?")
    scene.end("a")
    let error = await scene.host.failure(transcript.members, isStream: isStream)
    #expect(error?.code == .network)
    #expect(error?.message.contains("Nobody else was asked") == true)
    #expect(scene.resources.counts == [1, 0, 0])
  }

  @Test(
    arguments: EmulatedUpstream.allCases,
    [("strip_reasoning", false), ("strip_reasoning", true), ("replay", false)])
  func `goes on without it where the file says so`(
    upstream: EmulatedUpstream, how: (whenLost: String, isStream: Bool)
  ) async throws {
    let scene = try Scene(upstream, whenLost: how.whenLost)
    var transcript = Transcript("Hello")
    transcript.add(try await scene.host.turn(transcript.members), then: "And now?")
    scene.end("a")
    let answer = try await scene.host.turn(transcript.members, isStream: how.isStream)
    #expect(answer.attempts.map(\.provider) == ["a", "b"])
    #expect(
      answer.changes.filter { $0.hasPrefix("foreign") } == [
        "foreign-ciphertext remove /input/1", "foreign-id remove /input/2/id",
      ])
    #expect(scene.resources["b"].bodies.last?.contains("gAAAA") == false)
    transcript.add(answer, then: "And then?")
    let third = try await scene.host.turn(transcript.members)
    #expect(third.attempts.map(\.provider) == ["b"], "its newest reasoning is of b by now")
    #expect(third.changes.contains("foreign-ciphertext remove /input/1"))
    #expect(third.text.contains("turn 3 of our conversation"))
  }

  @Test func `is not held back by reasoning where affinity does not follow it`() async throws {
    let resources = try Resources.three(of: .openai)
    let host = try resources.host(
      resources.configuration(
        model: "    affinity: { by: [\"header:x-user\"] }\n    strategy: round_robin"))
    var transcript = Transcript("Hello")
    let first = try await host.turn(transcript.members)
    transcript.add(first, then: "And now?")
    let second = try await host.turn(transcript.members)
    #expect(first.provider != second.provider)
    #expect(second.changes.contains("foreign-ciphertext remove /input/1"))
    let stored = try await host.turn(#""input":"Hello""#)
    let third = try await host.turn(Self.chained(stored.id))
    #expect(
      third.provider == stored.provider, "what is stored is nowhere else, whatever the file says")
  }
}
