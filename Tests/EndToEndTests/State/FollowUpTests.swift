import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// Conversations over targets that share no state.
@Suite struct `A conversation goes on where it began` {
  /// Many short conversations at once, so that weighted targets are drawn in every order.
  static let conversations = 24
  static let turns = 4

  @Test(arguments: EmulatedUpstream.allCases, [false, true])
  func `by previous_response_id, over weighted targets, and none fails`(
    upstream: EmulatedUpstream, isStream: Bool
  ) async throws {
    let resources = try Resources.three(of: upstream)
    let host = try resources.host()
    let served = try await withThrowingTaskGroup(of: Set<String>.self) { group in
      for _ in 0..<Self.conversations {
        group.addTask { try await Self.chained(host, isStream: isStream) }
      }
      return try await group.reduce(into: [Set<String>]()) { $0.append($1) }
    }
    #expect(served.allSatisfy { $0.count == 1 }, "a conversation stays with one provider")
    #expect(Set(served.joined()) == ["a", "b", "c"], "and each has some")
    #expect(resources.total == Self.conversations * Self.turns, "at once")
  }

  private static func chained(_ host: TransportHost, isStream: Bool) async throws -> Set<String> {
    var answer = try await host.turn(#""input":"turn 1""#, isStream: isStream)
    var served: Set = [answer.provider]
    for turn in 2...turns {
      let id = try #require(answer.id)
      answer = try await host.turn(
        #""input":"turn \#(turn)","previous_response_id":"\#(id)""#, isStream: isStream)
      #expect(answer.text.contains("turn \(turn) of our conversation"))
      #expect(answer.member("previous_response_id") == id)
      #expect(answer.changes.contains("state-tag replace /previous_response_id"))
      served.insert(answer.provider)
    }
    return served
  }

  @Test(arguments: EmulatedUpstream.allCases, [false, true])
  func `by the encrypted reasoning that it replays, and none of it is lost`(
    upstream: EmulatedUpstream, isStream: Bool
  ) async throws {
    let resources = try Resources.three(of: upstream)
    let host = try resources.host(resources.configuration(isKeyed: false))
    for _ in 0..<6 {
      var transcript = Transcript("turn 1")
      var served: Set<String> = []
      for turn in 2...Self.turns {
        let answer = try await host.turn(transcript.members, isStream: isStream)
        served.insert(answer.provider)
        #expect(!answer.changes.contains { $0.hasPrefix("foreign") })
        transcript.add(answer, then: "turn \(turn)")
      }
      #expect(served.count == 1)
    }
    #expect(resources.counts.allSatisfy { $0 > 0 })
  }

  @Test func `after a restart and in another process, since the id itself tells`() async throws {
    let resources = try Resources.three(of: .azureOpenAI)
    for provider in ["a", "b", "c"] {
      let made = try await resources.host().respond(
        to: CallRequest(
          provider: provider, body: Array(#"{"model":"m","input":"Hello"}"#.utf8)))
      let answer = try await resources.host().turn(
        #""input":"And now?","previous_response_id":"\#(made.id ?? "")""#)
      #expect(answer.provider == provider)
      #expect(answer.attempts.first?.reason == "made what the request goes on from")
    }
  }

  @Test func `though the model has another name by then`() async throws {
    let resources = try Resources.three(of: .openai)
    let first = try await resources.host().turn(#""input":"Hello""#)
    let renamed = resources.configuration().replacing("  m:\n", with: "  n:\n")
    let answer = try await resources.host(renamed).turn(
      #""input":"And now?","previous_response_id":"\#(first.id ?? "")""#, model: "n")
    #expect(answer.provider == first.provider)
  }

  @Test func `with the share of a split that it began with`() async throws {
    let resources = try Resources(["a": .openai, "b": .openai])
    let split = """
      models:
        a: { targets: [{ provider: a, model: gpt-5 }] }
        b: { targets: [{ provider: b, model: gpt-5 }] }
      routes: [{ when: { model: m }, split: { a: 50, b: 50 } }]
      """
    let text = resources.configuration()
    let head = text[..<(text.range(of: "models:")?.lowerBound ?? text.endIndex)]
    let host = try resources.host(String(head) + split)
    for _ in 0..<12 {
      let first = try await host.turn(#""input":"Hello""#)
      let second = try await host.turn(
        #""input":"And now?","previous_response_id":"\#(first.id ?? "")""#)
      #expect(second.provider == first.provider)
    }
    #expect(resources.counts.allSatisfy { $0 > 0 })
  }
}

/// A conversation that its client keeps, with all that was said and encrypted reasoning.
struct Transcript: Sendable {
  private(set) var items: [String]

  init(_ text: String) { items = [Self.message(text)] }

  static func message(_ text: String) -> String {
    #"{"type":"message","role":"user","content":"\#(text)"}"#
  }

  /// Takes in an answer and the next question.
  mutating func add(_ answer: CallResult, then text: String) {
    items += answer.items + [Self.message(text)]
  }

  /// A request that keeps nothing upstream.
  var members: String {
    #""store":false,"reasoning":{"effort":"low"},"include":["reasoning.encrypted_content"],"#
      + #""input":[\#(items.joined(separator: ","))]"#
  }
}
