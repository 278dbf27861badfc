import Foundation
import RawUpstream
import Testing
import TransportHost

@Suite struct `The clocks of a call` {
  private static let answer = #"{"object":"response","id":"r","status":"completed","output":[]}"#

  @Test func `leave a whole answer the time before its only event`() async throws {
    let upstream = try HostileUpstream(
      settings: "    timeouts: { first_event: 100ms, idle: 100ms }"
    ) { connection in
      connection.pause(milliseconds: 250)
      connection.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
      connection.send("content-length: \(Self.answer.utf8.count)\r\n\r\n")
      connection.pause(milliseconds: 250)
      connection.send(Self.answer)
    }
    #expect(await upstream.failure(isStream: false) == nil)
    #expect(await upstream.failure(isStream: true)?.code == .timeoutFirstEvent)
  }

  @Test func `do not take a consumer that rests for an upstream that is silent`() async throws {
    let delta = #"data: {"type":"response.output_text.delta","delta":"x"}"# + "\n\n"
    let end = #"data: {"type":"response.completed","response":\#(Self.answer)}"# + "\n\n"
    let upstream = try HostileUpstream(settings: "    timeouts: { idle: 150ms }") { connection in
      connection.send(HostileUpstream.streamHead + "connection: close\r\n\r\n")
      // Several times what the engine holds for a consumer.
      for _ in 0..<20 { connection.send(String(repeating: delta, count: 1000)) }
      connection.send(end)
      connection.end()
    }
    let events = try await upstream.host.stream(.text("Hello", model: "m"))
    var count = 0
    for try await _ in events {
      if count == 0 || count == 5000 { await rest(.milliseconds(400)) }
      count += 1
    }
    #expect(count == 20_001)
    #expect(events.result != nil)
  }
}

/// A consumer that does not read for a while: the engine's clocks are real, so its rest is too.
private func rest(_ time: Duration) async {
  let end = ContinuousClock.now + time
  while .now < end { await Task.yield() }
}
