import ChildProcess
import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// The ids of responses, as callers see them and as upstreams do.
@Suite struct `A tagged id` {
  /// The ids of responses in all events.
  private static func ids(in events: [ResponseEvent]) -> Set<String> {
    Set(
      events.compactMap { event in
        let data = try? JSONSerialization.jsonObject(with: Data(event.data)) as? [String: Any]
        return (data?["response"] as? [String: Any])?["id"] as? String
      })
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `is the same in every event and in the result, and unknown upstream`(
    upstream: EmulatedUpstream
  ) async throws {
    let resources = try Resources(["a": upstream, "b": upstream])
    let host = try resources.host()
    let stream = try await host.stream(.text("Hello", model: "m"))
    var events: [ResponseEvent] = []
    for try await event in stream { events.append(event) }
    let id = try #require(stream.result?.id)
    #expect(id.contains("_jf1") && id.untagged.utf8.count == id.utf8.count - 31)
    #expect(Self.ids(in: events) == [id])
    #expect(stream.result?.member("previous_response_id") == nil)
    let second = try await host.turn(#""input":"And now?","previous_response_id":"\#(id)""#)
    #expect(second.member("previous_response_id") == id)
    let sent = resources.resources.flatMap(\.bodies)
    #expect(sent.last?.contains(#""previous_response_id":"\#(id.untagged)""#) == true)
    #expect(!sent.contains { $0.contains("_jf1") })
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `leads get, input_items, cancel and delete to its maker, without a model`(
    upstream: EmulatedUpstream
  ) async throws {
    let resources = try Resources.three(of: upstream)
    for _ in 0..<6 {
      let host = try resources.host()
      let created = try await host.turn(#""input":"Hello""#)
      let got = try await host.ask("get", created.id)
      #expect(got.provider == created.provider)
      #expect(got.id == created.id)
      let items = try await host.ask("input_items", created.id, query: [("limit", "1")])
      #expect(items.provider == created.provider)
      let refused = await #expect(throws: CallError.self) {
        try await host.ask("cancel", created.id)
      }
      #expect(refused?.attempts.first?.provider == created.provider)
      #expect(refused?.message.contains("synchronous") == true, "\(refused?.message ?? "")")
      let deleted = try await host.ask("delete", created.id)
      #expect(deleted.provider == created.provider)
      #expect(deleted.id == created.id)
    }
    #expect(!resources.resources.flatMap(\.requests).contains { $0.target.contains("_jf1") })
  }

  @Test func `stays the same when somebody fetches the response without it`() async throws {
    let resources = try Resources(["a": .openai, "b": .openai])
    let created = try await resources.host().turn(#""input":"Hello""#)
    let request = CallRequest(
      operation: "get", provider: created.provider, responseID: (created.id ?? "").untagged)
    for host in [try resources.host(), try resources.host()] {
      #expect(try await host.respond(to: request).id == created.id)
    }
  }

  @Test func `of a response in the background is known before its end, and stays when it ends`()
    async throws
  {
    // With a clock that stands, no work in the background ends.
    let resources = try Resources(["a": .openai, "b": .openai]) { _, options in
      options.clock = EmulatorClock { .seconds(1_790_000_000) }
    }
    let host = try resources.host()
    let queued = try await host.turn(#""input":"Hello","background":true"#)
    let cancelled = try await resources.host().ask("cancel", queued.id)
    #expect(cancelled.provider == queued.provider)
    #expect(cancelled.id == queued.id)
    #expect(cancelled.member("status") == "cancelled")
  }

  @Test func `is on the rest of a stream that broke, and what the caller changed is told`()
    async throws
  {
    let resources = try Resources(["a": .azureOpenAI, "b": .azureOpenAI]) { _, options in
      options.faults = [try Fault("reset-mid-stream:8x1")]
    }
    let host = try resources.host(
      resources.configuration(
        more: "    stream: { on_break: resume }\n    retry: { max_retries: 2 }")
    )
    let stream = try await host.stream(
      CallRequest(
        body: Array(
          #"{"model":"m","background":true,"stream":true,"input":[{"role":"user","content":"Hi"}]}"#
            .utf8)))
    var events: [ResponseEvent] = []
    for try await event in stream { events.append(event) }
    let result = try #require(stream.result)
    #expect(result.attempts.count == 2, "it broke and was resumed")
    #expect(Self.ids(in: events) == [try #require(result.id)])
    #expect(result.id?.contains("_jf1") == true)
    #expect(result.changes.contains("message-type add /input/0/type"))
    let next = try await host.turn(
      #""input":"And now?","previous_response_id":"\#(result.id ?? "")""#)
    #expect(next.provider == result.attempts.first?.provider)
  }

  @Test func `is on a stream that its caller takes up again, in another process`() async throws {
    let resources = try Resources(["a": .openai, "b": .openai])
    let made = try await resources.host().stream(
      CallRequest(
        body: Array(#"{"model":"m","input":"Hello","stream":true,"background":true}"#.utf8)))
    for try await _ in made {}
    let id = try #require(made.result?.id)
    let rest = try await resources.host().stream(
      CallRequest(
        operation: "get", responseID: id,
        query: [("stream", "true"), ("starting_after", "2")]))
    var events: [ResponseEvent] = []
    for try await event in rest { events.append(event) }
    #expect(rest.result?.id == id)
    #expect(rest.result?.provider == made.result?.provider)
    #expect(Self.ids(in: events) == [id])
  }

  @Test(arguments: EmulatedUpstream.racing)
  func `has the age of the response that its upstream knows (E.4)`(
    upstream: EmulatedUpstream
  ) async throws {
    let clock = VirtualClock()
    let resources = try Resources(["a": upstream, "b": upstream]) { _, options in
      options.race = .seconds(8)
      options.clock = clock.emulatorClock
    }
    let host = try resources.host(clock: clock)
    let made = try await host.turn(#""input":"Hello""#)
    let chained = try await host.turn(
      #""input":"And now?","previous_response_id":"\#(made.id ?? "")""#)
    #expect(chained.attempts.count > 2)
    let got = try await host.ask("get", chained.id)
    #expect(got.attempts.count > 2 && got.id == chained.id)
  }

  @Test func `is given back as it was written, though nobody knows who made it`() async throws {
    let resources = try Resources(["a": .openai, "b": .openai])
    let created = try await resources.host().turn(#""input":"Hello""#)
    let raw = (created.id ?? "").untagged
    let answer = try await resources.host().respond(
      to: CallRequest(
        provider: created.provider,
        body: Array(
          #"{"model":"gpt-5","input":"And now?","previous_response_id":"\#(raw)"}"#.utf8)))
    #expect(answer.member("previous_response_id") == raw)
  }

  @Test func `of a compaction is tagged, and its ciphertext goes to who made it`() async throws {
    let resources = try Resources.three(of: .openai)
    for _ in 0..<4 {
      let host = try resources.host()
      let compacted = try await host.respond(
        to: CallRequest(
          operation: "compact", body: Array(#"{"model":"m","input":"A long story"}"#.utf8)))
      #expect(compacted.id?.contains("_jf1") == true)
      for _ in 0..<3 {
        let answer = try await host.turn(
          #""input":[\#((compacted.items + [Transcript.message("And now?")]).joined(separator: ","))]"#
        )
        #expect(answer.provider == compacted.provider)
        #expect(answer.changes.filter { $0.hasPrefix("foreign") } == [])
      }
    }
  }

  @Test func `is followed by the program, each time in a new process and without a database`()
    throws
  {
    let resources = try Resources.three(of: .azureOpenAI)
    let away = FileManager.default.temporaryDirectory
      .appendingPathComponent("jackfield-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: away, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: away) }
    try resources.configuration().write(
      to: away.appendingPathComponent("providers.yaml"), atomically: true, encoding: .utf8)
    var environment = ProcessInfo.processInfo.environment
    environment["TAGS"] = Resources.tags
    for name in ["a", "b", "c"] { environment["KEY_\(name)"] = "canary-of-\(name)" }

    func call(_ body: String) throws -> [String: Any] {
      let outcome = try ChildProcess.run(
        Upstreams.pluginDirectory + "/jackfield", ["call", "--json"], in: away.path,
        environment: environment, input: .text(body))
      try #require(outcome.status == 0, "\(outcome.text) \(outcome.errorText)")
      #expect(!outcome.text.contains(Resources.tags) && !outcome.errorText.contains(Resources.tags))
      return try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.text.utf8)) as? [String: Any])
    }
    for _ in 0..<3 {
      let first = try call(#"{"model":"m","input":"Hello"}"#)
      let id = try #require(first["id"] as? String)
      let second = try call(#"{"model":"m","input":"And now?","previous_response_id":"\#(id)"}"#)
      #expect(second["previous_response_id"] as? String == id)
    }
    #expect(resources.total == 6, "each was answered at once")
  }
}
