import Testing
import TransportHost

@Suite struct `A refusal that names what would help` {
  private static let dropTemperature = ScriptedUpstream.Answer.refusal(
    code: "request_invalid", amendment: "!drop-param:temperature")
  private static let members = #""input":"Hello","temperature":1"#

  /// Refuses the field as long as it is there.
  private static func strict(
    settings: String = "", clock: VirtualClock = VirtualClock(),
    refusal: ScriptedUpstream.Answer = dropTemperature
  ) throws -> ScriptedUpstream {
    try ScriptedUpstream(settings: settings, clock: clock) { _, body in
      body.contains("temperature") ? refusal : .whole(ScriptedUpstream.response())
    }
  }

  @Test func `is met with one amended attempt, and then remembered`() async throws {
    let upstream = try Self.strict()
    let first = try await upstream.respond(Self.members)
    #expect(first.text == "Good.")
    #expect(first.attempts.map(\.outcome) == ["request_invalid", "ok"])
    #expect(first.attempts.map(\.next) == ["amended: drop-param:temperature", nil])
    #expect(first.attempts.map(\.edits) == [0, 1])
    #expect(first.edits.map(\.rule) == ["unsupported-param"])
    #expect(first.edits.map(\.pointer) == ["/temperature"])

    let second = try await upstream.respond(Self.members)
    #expect(second.attempts.map(\.outcome) == ["ok"], "it is known by now")
    #expect(second.edits.map(\.rule) == ["unsupported-param"])
    let explained = try upstream.host.explain(ScriptedUpstream.request(Self.members))
    #expect(explained.edits.map(\.rule) == ["unsupported-param"])
    #expect(upstream.bodies.count == 3)
  }

  @Test func `is remembered for its model alone, and for half an hour after its last use`()
    async throws
  {
    let clock = VirtualClock()
    let upstream = try Self.strict(clock: clock)
    func attempts(model: String = "m") async throws -> Int {
      try await upstream.respond(Self.members, model: model).attempts.count
    }
    #expect(try await attempts() == 2)
    #expect(try await attempts(model: "n") == 2)
    clock.advance(by: .seconds(1799))
    #expect(try await attempts() == 1)
    clock.advance(by: .seconds(1799))
    #expect(try await attempts() == 1)
    _ = try upstream.host.explain(ScriptedUpstream.request(Self.members, model: "n"))
    #expect(try await attempts(model: "n") == 2)
    clock.advance(by: .seconds(1800))
    #expect(try await attempts() == 2)
  }

  @Test func `is forgotten at once where the amendment is for one request alone`() async throws {
    let upstream = try Self.strict(
      refusal: .refusal(code: "request_invalid", amendment: "drop-param:temperature"))
    for _ in 0..<2 {
      #expect(try await upstream.respond(Self.members).attempts.count == 2)
    }
  }

  @Test(arguments: ["error", "pass"])
  func `stands where params.unsupported does not allow changes`(policy: String) async throws {
    let upstream = try Self.strict(settings: "    params: { unsupported: \(policy) }")
    let error = await upstream.failure(Self.members)
    #expect(error?.code == .requestInvalid)
    #expect(error?.attempts.map(\.next) == [nil])
    #expect(upstream.bodies.count == 1)
  }

  @Test func `stands where the amendment would send the same bytes again`() async throws {
    let upstream = try ScriptedUpstream { _, _ in Self.dropTemperature }
    let error = await upstream.failure(#""input":"no such field""#)
    #expect(error?.code == .requestInvalid)
    #expect(upstream.bodies.count == 1)
  }

  @Test func `stands after four amendments`() async throws {
    let upstream = try ScriptedUpstream { number, _ in
      .refusal(code: "request_invalid", amendment: "!drop-param:f\(number)")
    }
    let fields = (1...9).map { #""f\#($0)":1"# }.joined(separator: ",")
    let error = await upstream.failure(fields)
    #expect(error?.attempts.count == 5)
    #expect(error?.attempts.last?.next == nil)
    #expect(upstream.bodies.last == #"{"model":"m","f5":1,"f6":1,"f7":1,"f8":1,"f9":1}"#)
    let again = await upstream.failure(fields)
    #expect(again?.attempts.first?.edits == 0, "what did not help is not remembered")
  }

  @Test func `and that passes by itself is not retried yet`() async throws {
    let upstream = try ScriptedUpstream { _, _ in .refusal(code: "overloaded") }
    #expect(await upstream.failure()?.attempts.map(\.outcome) == ["overloaded"])
  }
}

@Suite struct `A failure inside of an answer` {
  private static let failed = ScriptedUpstream.failed(
    "request_invalid", amendment: "!drop-param:temperature")
  private static let members = #""input":"Hello","temperature":1,"stream":true"#

  /// Answers the first request with these events, and the next as it should.
  private static func upstream(first events: [String]) throws -> ScriptedUpstream {
    try ScriptedUpstream { number, _ in
      number == 1
        ? .events(events)
        : .events([
          ScriptedUpstream.created, ScriptedUpstream.delta, ScriptedUpstream.completed,
        ])
    }
  }

  @Test func `before its first semantic event is a refusal like others, and leaves no event`()
    async throws
  {
    let upstream = try Self.upstream(first: [ScriptedUpstream.created, Self.failed])
    let events = try await upstream.host.stream(ScriptedUpstream.request(Self.members))
    var types: [String] = []
    for try await event in events {
      types.append(String(String(decoding: event.data, as: UTF8.self).prefix(26)))
    }
    #expect(
      types
        == [ScriptedUpstream.created, ScriptedUpstream.delta, ScriptedUpstream.completed]
        .map { String($0.prefix(26)) })
    #expect(events.attempts.map(\.outcome) == ["request_invalid", "ok"])
    #expect(events.result?.attempts.first?.next == "amended: drop-param:temperature")
    #expect(events.result?.text == "Good.")
    #expect(upstream.bodies.map { $0.contains("temperature") } == [true, false])
  }

  @Test func `after its first semantic event is the end, with what came before it`() async throws {
    let upstream = try Self.upstream(
      first: [ScriptedUpstream.created, ScriptedUpstream.delta, Self.failed])
    let events = try await upstream.host.stream(ScriptedUpstream.request(Self.members))
    var count = 0
    let error = await #expect(throws: CallError.self) { for try await _ in events { count += 1 } }
    #expect(count == 3)
    #expect(error?.attempts.map(\.outcome) == ["request_invalid"])
    #expect(upstream.bodies.count == 1)
  }

  @Test func `that nothing helps against comes behind the events that were held back`()
    async throws
  {
    let upstream = try ScriptedUpstream { _, _ in
      .events([
        ScriptedUpstream.created, ScriptedUpstream.failed("overloaded", amendment: ""),
      ])
    }
    let events = try await upstream.host.stream(ScriptedUpstream.request(Self.members))
    var count = 0
    let error = await #expect(throws: CallError.self) { for try await _ in events { count += 1 } }
    #expect(count == 2)
    #expect(error?.code == .overloaded)
    #expect(error?.attempts.count == 1)
    #expect(events.attempts.count == 1)
  }

  @Test func `that was asked for as a whole is a refusal like others`() async throws {
    let upstream = try ScriptedUpstream { number, _ in
      number == 1
        ? .whole(
          #"{"error":{"code":"request_invalid","message":"No","type":"drop-param:temperature"}}"#)
        : .whole(ScriptedUpstream.response())
    }
    let answer = try await upstream.respond(#""input":"Hello","temperature":1"#)
    #expect(answer.attempts.map(\.status) == [200, 200])
    #expect(answer.attempts.map(\.outcome) == ["request_invalid", "ok"])
  }

  @Test func `is passed on where an upstream says too much before its answer`() async throws {
    let noise = #"{"type":"keepalive","padding":"\#(String(repeating: "x", count: 1 << 20))"}"#
    let upstream = try Self.upstream(
      first: Array(repeating: noise, count: 5) + [Self.failed])
    #expect(await upstream.failure(Self.members)?.attempts.count == 1)
  }
}
