import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// Conversations whose second step comes at once, against stores that are up to 8 s behind.
///
/// Time is virtual, and moves only while all three conversations wait: the second step finds its parent
/// as young as it can be.
///
/// - Source: E.4 of the facts, <https://github.com/dotnet/extensions/issues/7704>.
@Suite struct `Two-step tool conversations on stored state` {
  /// 2 upstreams of 8 kinds, 32 each: 512.
  static let conversations = 32
  static let workers = 3
  /// The lags of the stores that the conversations go to in turn.
  static let lags: [Duration] = [0.5, 1.5, 3, 4.5, 5.5, 7, 7.5, 8].map { .seconds($0) }

  @Test(.timeLimit(.minutes(5)), arguments: EmulatedUpstream.racing)
  func `never fail, three at a time, streamed or not, reasoning or not, chained or replayed (E.4)`(
    upstream: EmulatedUpstream
  ) async throws {
    for kind in ConversationKind.all {
      let clock = VirtualClock(workers: Self.workers)
      let stores = try Self.lags.map { lag in
        try Upstreams(race: lag) { $0.clock = clock.emulatorClock }
      }
      let hosts = try stores.map { store in
        var options = store.options
        options.clock = clock
        return try store.host(configuration: store.configuration(), options: options)
      }
      let tally = try await withThrowingTaskGroup(of: AttemptTally.self) { group in
        for worker in 0..<Self.workers {
          group.addTask {
            defer { clock.workerEnded() }
            var tally = AttemptTally()
            for number in stride(from: worker, to: Self.conversations, by: Self.workers) {
              tally.add(
                try await Self.converse(
                  hosts[number % hosts.count], upstream.rawValue, kind))
            }
            return tally
          }
        }
        return try await group.reduce(into: AttemptTally()) { $0.add($1) }
      }
      print("\(upstream.rawValue), \(kind.testDescription): \(tally.line)")
      #expect(tally.count == Self.conversations)
      #expect(!kind.isChained || tally.most > 1, "the race was there")
      withExtendedLifetime(stores) {}
    }
  }

  private static func converse(
    _ host: TransportHost, _ model: String, _ kind: ConversationKind
  ) async throws -> CallResult {
    let first = try await host.respond(to: CallRequest(body: Array(kind.first(model).utf8)))
    let call = try #require(first.functionCalls.first)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(first.response)) as? [String: Any])
    let second = kind.second(
      model, response: try #require(object["id"] as? String),
      items: first.outputItems.map { String(decoding: $0, as: UTF8.self) }, call: call.callID)
    let answer = try await host.respond(to: CallRequest(body: Array(second.utf8)))
    #expect(answer.text == "The tool answered: Bright.")
    return answer
  }

  @Test(arguments: EmulatedUpstream.racing, ConversationKind.all)
  func `fail for a naive client (E.4)`(upstream: EmulatedUpstream, kind: ConversationKind)
    async throws
  {
    let clock = VirtualClock()
    let upstreams = try Upstreams(race: .seconds(8)) { $0.clock = clock.emulatorClock }
    let whole = ConversationKind(
      isStream: false, isReasoning: kind.isReasoning, isChained: kind.isChained)
    let first = try await upstreams.naive(upstream, whole.first("gpt-5"))
    #expect(first.status == 200, "\(first.body)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(first.body.utf8)) as? [String: Any])
    let items = try #require(object["output"] as? [[String: Any]])
    let call = try #require(items.first { $0["type"] as? String == "function_call" })
    let second = try await upstreams.naive(
      upstream,
      kind.second(
        "gpt-5", response: try #require(object["id"] as? String),
        items: try items.map {
          String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
        }, call: try #require(call["call_id"] as? String)))
    #expect(second.status >= 400)
    #expect(second.body.contains("not found"), "\(second.body)")
  }
}
