import Synchronization
import Testing

@testable import UpstreamEmulator

/// The replies that have ended, for a test that waits for the next one.
private final class EndedReplies: Sendable {
  private let replies = Mutex<[EndedReply]>([])

  @Sendable func append(_ reply: EndedReply) { replies.withLock { $0.append(reply) } }

  /// The only one; waits for it for at most ten seconds.
  func only() throws -> EndedReply {
    let end = ContinuousClock.now + .seconds(10)
    while replies.withLock({ $0.isEmpty }), .now < end {}
    let all = replies.withLock { $0 }
    #expect(all.count == 1)
    return try #require(all.first)
  }
}

@Suite struct `The end of each reply is told` {
  private let ended = EndedReplies()

  private func start(_ quirks: [String] = [], _ faults: [String] = []) throws -> Emulation {
    try Emulation(.openai) { options in
      options.onReplyEnd = ended.append
      options.quirks = try quirks.map { try Quirk($0) }
      options.faults = try faults.map { try Fault($0) }
    }
  }

  private func send(_ emulation: Emulation, _ body: JSON) throws -> WireClient {
    let client = try WireClient(port: emulation.listener.port)
    let request = emulation.request(
      "POST", "/v1/responses", body.with("model", "gpt-5"), headers: [emulation.credential])
    try client.send(request)
    return client
  }

  @Test func `of a stream that was read to its end, with its request`() throws {
    let reply = try start().create(Sample.streamed)
    let end = try ended.only()
    #expect(end.events == reply.events.count)
    #expect(!end.clientLeft)
    #expect(end.status == 200)
    #expect(end.request.json?["input"] == Sample.streamed["input"])
  }

  @Test func `of a whole answer, and of a refusal`() throws {
    _ = try start().create(["input": "x"])
    let whole = try ended.only()
    #expect(whole.events == 0 && whole.status == 200 && !whole.clientLeft)
    let others = EndedReplies()
    let emulation = try Emulation(.openai) { $0.onReplyEnd = others.append }
    _ = try emulation.create(["input": 1])
    let refused = try others.only()
    #expect(refused.status == 400 && !refused.clientLeft)
  }

  // Ten minutes lie between two events: only its leaving ends the reply in time.
  @Test func `of a client that left in the pause between two events`() throws {
    let emulation = try start(["pace:600000"])
    var client: WireClient? = try send(emulation, Sample.streamed)
    #expect(client?.received(until: "\r\n\r\n") == true)
    client = nil
    let end = try withExtendedLifetime(emulation) { try ended.only() }
    #expect(end.clientLeft)
    #expect(end.events == 0)
  }

  @Test func `of a client that left a stream that had stopped`() throws {
    let emulation = try start([], ["stall-mid-stream:4"])
    var client: WireClient? = try send(emulation, Sample.streamed)
    #expect(client?.received(until: "response.content_part.added") == true)
    client = nil
    let end = try withExtendedLifetime(emulation) { try ended.only() }
    #expect(end.clientLeft)
    #expect(end.events == 4)
  }

  @Test(arguments: ["reset-mid-stream:3", "cut:3", "reset"])
  func `of one that the emulator broke off itself`(fault: String) throws {
    _ = try start([], [fault]).create(Sample.streamed)
    let end = try ended.only()
    #expect(!end.clientLeft)
    #expect(end.events == (fault == "reset" ? 0 : 3))
  }
}
