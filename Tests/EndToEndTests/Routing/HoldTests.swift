import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `The point from which a stream is not moved, over sockets` {
  private static let words = (1...100).map { "word\($0)" }.joined(separator: " ")

  private static func host(
    _ field: Field, stream: String = "", clock: (any HostClock)? = nil
  ) throws -> TransportHost {
    try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5 }, { provider: b, model: gpt-5 }] }
      defaults:
        retry: { max_retries: 0 }
        stream: { \(stream) }
        timeouts: { first_event: 1s, idle: 1s }
      """, clock: clock)
  }

  /// One answer from its beginning to its end, and nothing of another.
  private static func check(
    _ end: CallEnd, text: String, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(end.types.count { $0 == "response.created" } == 1, sourceLocation: location)
    #expect(end.types.last == "response.completed", sourceLocation: location)
    #expect(end.deltas == "You said: \(text)", sourceLocation: location)
    #expect(end.result?.text == "You said: \(text)", sourceLocation: location)
  }

  @Test(arguments: [
    "failed-then-error", "error-then-failed", "failed-null", "error-first", "error-flat",
    "error-json-200", "overloaded-in-stream", "failed-message-only", "cut:1", "cut:2",
    "end-early:1",
    "done-early:2", "reset-after-header", "close-after-header", "stall-after-header",
    "stall-mid-stream:2", "garbage-sse:1", "text-200", "partial-header", "garbage-http",
  ])
  func `comes with the first output`(fault: String) async throws {
    let field = try Field(["a", "b"], faults: ["a": [fault]])
    let end = try await Self.host(field).end("m", "Hi")
    Self.check(end, text: "Hi")
    #expect(end.providers == ["a", "b"])
    #expect(end.outcomes.last == "ok")
  }

  @Test(arguments: [
    "cut:8", "end-early:8", "reset-mid-stream:8", "stall-mid-stream:8", "failed-mid-stream:8",
    "garbage-sse:8", "done-early:8",
  ])
  func `is never gone back behind`(fault: String) async throws {
    let field = try Field(["a", "b"], faults: ["a": [fault]])
    let end = try await Self.host(field).end("m", Self.words)
    #expect(end.error != nil)
    #expect(end.types.count { $0 == "response.created" } == 1)
    #expect(end.types.last == "response.failed")
    #expect(!end.deltas.isEmpty)
    #expect(end.providers == ["a"])
    #expect(field.counts == [1, 0])
  }

  // MARK: - hold

  @Test(arguments: ["cut:30", "end-early:30", "reset-mid-stream:30", "stall-mid-stream:30"])
  func `is put off for a time`(fault: String) async throws {
    let field = try Field(["a", "b"], faults: ["a": [fault]])
    let clock = HandClock()
    let end = try await Self.host(field, stream: "hold: 400ms", clock: clock).end("m", Self.words)
    Self.check(end, text: Self.words)
    #expect(end.providers == ["a", "b"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `comes when that time is over`() async throws {
    let field = try Field(["a", "b"], faults: ["a": ["stall-mid-stream:30"]])
    let clock = HandClock()
    let host = try Self.host(field, stream: "hold: 400ms", clock: clock)
    let task = Task { await host.end("m", Self.words) }
    try await eventually { clock.nextWake == .milliseconds(400) }
    clock.advance(by: .milliseconds(400))
    let end = await task.value
    #expect(end.error?.code == .timeoutIdle)
    #expect(end.types.count { $0 == "response.output_text.delta" } == 26)
    #expect(field.counts == [1, 0])
  }

  @Test(.timeLimit(.minutes(1)))
  func `does not come before that time is over`() async throws {
    let field = try Field(["a", "b"], faults: ["a": ["stall-mid-stream:30"]])
    let clock = HandClock()
    let host = try Self.host(field, stream: "hold: 400ms", clock: clock)
    let task = Task { await host.end("m", Self.words) }
    try await eventually { clock.sleeperCount == 1 }
    clock.advance(by: .milliseconds(399))
    Self.check(await task.value, text: Self.words)
    #expect(field.counts == [1, 1])
  }

  @Test func `is put off for some tokens`() async throws {
    for (events, providers) in [(20, ["a", "b"]), (60, ["a"])] {
      let field = try Field(["a", "b"], faults: ["a": ["cut:\(events)"]])
      let end = try await Self.host(field, stream: "hold: 64 tokens").end("m", Self.words)
      #expect(end.providers == providers)
      if events == 20 { Self.check(end, text: Self.words) }
      if events == 60 { #expect(end.error?.code == .streamTruncated) }
    }
  }

  @Test(arguments: ["hold: 64 tokens", "hold: 400ms", "commit: end"])
  func `does not hold back a short answer longer than its end`(stream: String) async throws {
    let field = try Field(["a", "b"])
    let end = try await Self.host(field, stream: stream, clock: HandClock()).end("m", "Hi")
    Self.check(end, text: "Hi")
    #expect(field.counts == [1, 0])
  }

  @Test(arguments: [
    "cut:100", "end-early:100", "reset-mid-stream:100", "stall-mid-stream:100",
    "failed-mid-stream:100",
    "half-terminal",
  ])
  func `may be the end`(fault: String) async throws {
    let field = try Field(["a", "b"], faults: ["a": [fault]])
    let end = try await Self.host(field, stream: "commit: end").end("m", Self.words)
    Self.check(end, text: Self.words)
    #expect(end.providers == ["a", "b"])
  }

  @Test func `that does not come leaves what the last one said, and its error`() async throws {
    let field = try Field(["a", "b"], faults: ["a": ["cut:50"], "b": ["cut:40"]])
    let end = try await Self.host(field, stream: "commit: end").end("m", Self.words)
    #expect(end.error?.code == .streamTruncated)
    #expect(end.outcomes == ["stream_truncated", "stream_truncated"])
    #expect(end.types.count { $0 == "response.created" } == 1)
    #expect(end.types.count == 41)
    #expect(end.types.last == "response.failed")
  }
}
