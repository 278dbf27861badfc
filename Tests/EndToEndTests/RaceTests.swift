import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// A two-step tool conversation as agents hold it: the call's item goes back as it came.
///
/// - Source: the thread "Azure OpenAI intermittent 400: Item with id not found".
@Suite struct `A tool call that is replayed at once` {
  static let runs = 50
  static let workers = 3

  private static func request(model: String, items: [String], isStream: Bool) -> String {
    """
    {"model":"\(model)","instructions":"You always call a tool.","input":[\
    {"role":"user","content":"Wonder what the tool call returns"}\
    \(items.map { "," + $0 }.joined())],"include":[],"tools":[\(weatherTool)],\
    "stream":\(isStream)}
    """
  }

  private static func output(of call: String) -> String {
    """
    {"type":"function_call_output","call_id":"\(call)","status":"completed",\
    "output":"This is some output from our sample tool."}
    """
  }

  @Test(arguments: EmulatedUpstream.racing, [false, true])
  func `fails for a naive client`(upstream: EmulatedUpstream, isStream: Bool) async throws {
    // The clock stands still, so that a slow machine does not wait the race out by accident.
    let upstreams = try Upstreams(race: .seconds(2)) { $0.clock = StandingClock().clock }
    // The naive client types its messages, or the stricter upstream would refuse it before the race.
    let typed = { (text: String) in
      text.replacing(
        #"{"role":"user","content""#, with: #"{"type":"message","role":"user","content""#)
    }
    let first = try await upstreams.naive(
      upstream, typed(Self.request(model: "gpt-5", items: [], isStream: false)))
    #expect(first.status == 200, "\(first.body)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(first.body.utf8)) as? [String: Any])
    let items = try #require(object["output"] as? [[String: Any]])
    let call = try #require(items.first { $0["type"] as? String == "function_call" })
    let item = String(
      decoding: try JSONSerialization.data(withJSONObject: call), as: UTF8.self)
    let second = try await upstreams.naive(
      upstream,
      typed(
        Self.request(
          model: "gpt-5", items: [item, Self.output(of: call["call_id"] as? String ?? "")],
          isStream: isStream)))
    #expect(second.status == 400)
    #expect(second.body.contains("Item with id '\(call["id"] as? String ?? "")' not found"))
  }

  @Test(.timeLimit(.minutes(2)), arguments: EmulatedUpstream.racing, [false, true])
  func `never fails through Jackfield`(upstream: EmulatedUpstream, isStream: Bool) async throws {
    let upstreams = try Upstreams(race: .seconds(2))
    let host = try upstreams.host()
    let model = upstream.rawValue
    let answers = try await withThrowingTaskGroup(of: [String].self) { group in
      for worker in 0..<Self.workers {
        group.addTask {
          var answers: [String] = []
          for _ in stride(from: worker, to: Self.runs, by: Self.workers) {
            answers.append(
              try await Self.converse(host, model: model, isStream: isStream))
          }
          return answers
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(answers.count == Self.runs)
    #expect(answers.allSatisfy { $0.contains("This is some output from our sample tool.") })
    #expect(upstreams.requests.count == 2 * Self.runs, "one attempt a call, and no retry")
  }

  private static func converse(
    _ host: TransportHost, model: String, isStream: Bool
  ) async throws -> String {
    let first = try await host.respond(
      to: CallRequest(body: Array(request(model: model, items: [], isStream: isStream).utf8)))
    let call = try #require(first.functionCalls.first)
    let items = first.outputItems.map { String(decoding: $0, as: UTF8.self) }
    let body = request(model: model, items: items + [output(of: call.callID)], isStream: isStream)
    return try await host.respond(to: CallRequest(body: Array(body.utf8))).text
  }
}
