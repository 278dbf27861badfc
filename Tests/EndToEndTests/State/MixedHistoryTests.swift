import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// Histories in which several resources have had a part, and what each may see of them.
@Suite struct `A history of several makers` {
  /// Single turns of several makers, put one behind the other.
  private struct History {
    var transcript = Transcript("turn 1")
    /// Who made each turn.
    var makers: [String] = []
    /// Ids and ciphertexts, by who made them.
    var names: [String: Set<Substring>] = [:]

    /// Has a host make turns; nothing binds one to another, so that weights choose.
    init(_ host: TransportHost, turns: Int = 3) async throws {
      for turn in 0..<turns {
        let answer = try await host.turn(Transcript("turn \(turn + 1)").members)
        transcript.add(answer, then: "turn \(turn + 2)")
        makers.append(answer.provider)
        names[answer.provider, default: []].formUnion(
          Set(answer.items.joined().matches(of: /(?:rs|msg)_[0-9a-f]{48}|gAAAA[0-9a-f]+/).map(\.0)))
      }
    }
  }

  @Test(arguments: EmulatedUpstream.allCases, [false, true])
  func `goes to the maker of its newest reasoning, without what the others made`(
    upstream: EmulatedUpstream, isStream: Bool
  ) async throws {
    let resources = try Resources.three(of: upstream)
    let host = try resources.host()
    let history = try await History(host)
    #expect(Set(history.makers).count == 3)
    let newest = try #require(history.makers.last)
    let explained = try host.explain(
      CallRequest(body: Array(#"{"model":"m",\#(history.transcript.members)}"#.utf8)))
    let answer = try await host.turn(history.transcript.members, isStream: isStream)
    #expect(answer.provider == newest)
    #expect(answer.attempts.count == 1)
    #expect(answer.text.contains("turn 4 of our conversation"))
    #expect(
      answer.changes.filter { $0.hasPrefix("foreign") } == [
        "foreign-ciphertext remove /input/1", "foreign-id remove /input/2/id",
        "foreign-ciphertext remove /input/4", "foreign-id remove /input/5/id",
      ])
    #expect(explained.edits.map(\.pointer) == answer.edits.map(\.pointer))
    #expect(explained.route.first(where: \.isChosen)?.provider == newest)
    let sent = try #require(resources[newest].bodies.last)
    for (maker, names) in history.names where maker != newest {
      #expect(!names.contains { sent.contains($0) })
    }
    let blob = history.names[newest]?.first { $0.hasPrefix("gAAAA") }
    #expect(sent.contains(try #require(blob)), "its own stays")
  }

  @Test(arguments: ["openai", "azure-openai", "azure-foundry", "good-minimal"])
  func `is rid of what others made on every transport, one in C that edits nothing as well`(
    plugin: String
  ) async throws {
    let upstream = EmulatedUpstream(rawValue: plugin) ?? .openai
    let resources = try Resources(["a": .openai, "b": upstream])
    let text = resources.configuration(
      model: "    affinity: { when_lost: strip_reasoning }\n    strategy: priority",
      plugins: ["b": plugin])
    let host = try resources.host(text)
    let history = try await History(host, turns: 1)
    #expect(history.makers == ["a"])
    resources["a"].emulator.stop()
    let answer = try await host.turn(history.transcript.members)
    #expect(answer.provider == "b")
    let sent = try #require(resources["b"].bodies.first)
    #expect(history.names["a"]?.contains { sent.contains($0) } == false)
    #expect(answer.changes.contains("foreign-ciphertext remove /input/1"))
    #expect(answer.changes.contains("foreign-id remove /input/2/id"))
  }

  @Test func `is sent as it is where nobody knows who made it`() async throws {
    let resources = try Resources(["a": .openai, "b": .openai])
    let text = resources.configuration(model: "    strategy: priority")
    let history = try await History(resources.host(text), turns: 1)
    let other = resources.configuration(
      model: "    strategy: priority", targets: ["b", "a"])
    let answer = try await resources.host(other).turn(history.transcript.members)
    #expect(answer.provider == "b")
    let blob = try #require(history.names["a"]?.first { $0.hasPrefix("gAAAA") })
    #expect(resources["b"].bodies.first?.contains(blob) == true)
    #expect(answer.attempts.first?.outcome == "state_lost", "it is b who refuses it")
    #expect(answer.changes.contains("foreign-reasoning remove /input/1"), "\(answer.changes)")
  }

  @Test func `keeps the ids that its client made up, byte for byte`() async throws {
    let resources = try Resources(["a": .openai, "b": .openai])
    let host = try resources.host()
    _ = try await host.turn(Transcript("Hello").members)
    let items = #"[{"type":"message","role":"user","id":"msg_mine","content":"Hello"}]"#
    let answer = try? await host.turn(#""store":false,"input":\#(items)"#)
    #expect(answer?.edits.contains { $0.rule.hasPrefix("foreign") } != true)
    #expect(resources.resources.flatMap(\.bodies).contains { $0.contains(items) })
  }

  @Test func `that names items follows them, and nobody has those of two makers`() async throws {
    let resources = try Resources.three(of: .openai)
    let host = try resources.host()
    var references: [(maker: String, item: String)] = []
    for turn in 1...3 {
      let answer = try await host.turn(#""input":"turn \#(turn)""#)
      let id = try #require(answer.items.first?.firstMatch(of: /msg_[0-9a-f]{48}/)).0
      references.append((answer.provider, #"{"type":"item_reference","id":"\#(id)"}"#))
    }
    let before = resources.total
    func input(_ items: String...) -> String {
      #""input":[\#((items + [Transcript.message("And now?")]).joined(separator: ","))]"#
    }
    for reference in references {
      #expect(try await host.turn(input(reference.item)).provider == reference.maker)
    }
    #expect(resources.total == before + 3)
    let error = await host.failure(input(references[0].item, references[1].item))
    #expect(error?.code == .stateLost)
    #expect(error?.pointer == "/input/0")
    #expect(resources.total == before + 3, "nobody is asked")
  }

  @Test func `of a stream that broke is known as far as it came`() async throws {
    let resources = try Resources(["a": .openai, "b": .openai]) { name, options in
      if name == "a" { options.faults = [try Fault("cut:7x1")] }
    }
    let host = try resources.host(
      resources.configuration(
        model: "    affinity: { when_lost: strip_reasoning }\n    strategy: priority"))
    var items: [String] = []
    do {
      let stream = try await host.stream(
        CallRequest(
          body: Array(#"{"model":"m",\#(Transcript("Hello").members)}"#.utf8), isStream: true))
      for try await event in stream where event.type == "response.output_item.done" {
        let item = try #require(
          try JSONSerialization.jsonObject(with: Data(event.data)) as? [String: Any])["item"]
        items.append(
          String(
            decoding: try JSONSerialization.data(withJSONObject: try #require(item)), as: UTF8.self)
        )
      }
      Issue.record("the stream was cut")
    } catch {
      #expect((error as? CallError)?.code == .streamTruncated)
    }
    #expect(items.count == 1, "its reasoning had come")
    let request =
      #""store":false,"input":[\#((items + [Transcript.message("Go on")]).joined(separator: ","))]"#
    resources["a"].emulator.stop()
    let answer = try await host.turn(request)
    #expect(answer.provider == "b")
    #expect(answer.changes.contains("foreign-ciphertext remove /input/0"))
  }
}
