import CurlHTTP
import RawUpstream
import Testing
import TransportHost

/// A store that becomes readable late, or never (E.4).
@Suite struct `Stored state that is not found` {
  /// Stores what it is asked, and finds nothing before the nth attempt at it.
  private static func upstream(
    readableAt attempt: Int = .max, settings: String = "", clock: any HostClock = VirtualClock()
  ) throws -> ScriptedUpstream {
    try ScriptedUpstream(settings: settings, clock: clock) { number, body in
      let isFollowUp = body.isEmpty || body.contains("previous_response_id")
      return isFollowUp && number <= attempt
        ? .refusal(code: "state_not_ready", stateID: "resp_1")
        : .whole(ScriptedUpstream.response())
    }
  }

  private static let followUp = #""input":"And now?","previous_response_id":"resp_1""#

  @Test func `is waited for on the ladder, with the same request`() async throws {
    let clock = VirtualClock()
    let upstream = try Self.upstream(readableAt: 4, clock: clock)
    _ = try await upstream.respond()
    let answer = try await upstream.respond(Self.followUp)
    #expect(
      answer.attempts.map(\.outcome)
        == ["state_not_ready", "state_not_ready", "state_not_ready", "ok"])
    #expect(Set(upstream.bodies.dropFirst()).count == 1)
    let waited = clock.now
    #expect(waited >= .seconds(2.8) && waited <= .seconds(4.2), "0.5, 1 and 2 s: \(waited)")
    for attempt in answer.attempts.dropLast() {
      #expect(attempt.next?.hasPrefix("waited ") == true)
    }
  }

  @Test func `ends in state_not_ready with id, age, attempts and the time that was waited`()
    async throws
  {
    let clock = VirtualClock()
    let upstream = try Self.upstream(clock: clock)
    _ = try await upstream.respond()
    clock.advance(by: .seconds(3))
    let began = clock.now
    let error = await upstream.failure(Self.followUp)
    #expect(error?.code == .stateNotReady)
    #expect(error?.attempts.count == 9)
    let age = clock.now.seconds, waited = (clock.now - began).seconds
    #expect(
      error?.message
        == "It said no. \"resp_1\" was made \(age) s ago; 9 attempts and \(waited) s of waiting did"
        + " not find it.")
    #expect(error?.retryAfter ?? .zero >= .seconds(1))
  }

  @Test func `is given up within the deadline`() async throws {
    let clock = VirtualClock()
    let upstream = try Self.upstream(settings: "    timeouts: { total: 20s }", clock: clock)
    _ = try await upstream.respond()
    let error = await upstream.failure(Self.followUp)
    #expect(error?.code == .stateNotReady)
    #expect(clock.now < .seconds(20))
    #expect((5...6).contains(error?.attempts.count ?? 0), "0.5, 1, 2, 4 and perhaps 8 s")
  }

  @Test func `is lost where it should have been readable long ago`() async throws {
    let clock = VirtualClock()
    let upstream = try Self.upstream(clock: clock)
    _ = try await upstream.respond()
    clock.advance(by: .seconds(61))
    let error = await upstream.failure(Self.followUp)
    #expect(error?.code == .stateLost)
    #expect(error?.attempts.count == 1)
    #expect(error?.message.contains("\"resp_1\" was made 61 s ago") == true)
  }

  @Test func `is waited for where others may have made it, and a request goes on from it`()
    async throws
  {
    let error = await (try Self.upstream()).failure(Self.followUp)
    #expect(error?.attempts.count == 9)
    #expect(error?.message.contains("was not made by this program") == true)
  }

  @Test func `is not waited for by who asks for it alone, unless it was made here just now`()
    async throws
  {
    let upstream = try Self.upstream()
    func get() async -> CallError? {
      do {
        _ = try await upstream.host.respond(
          to: CallRequest(operation: "get", provider: "scripted", responseID: "resp_1"))
        return nil
      } catch { return error }
    }
    #expect(await get()?.attempts.count == 1)
    _ = try await upstream.respond()
    #expect(await get()?.attempts.count == 9)
  }

  @Test func `is not known where the request asked not to store it`() async throws {
    let upstream = try Self.upstream()
    _ = try await upstream.respond(#""input":"Hello","store":false"#)
    let error = await upstream.failure(Self.followUp)
    #expect(error?.message.contains("was not made by this program") == true)
  }

  @Test func `is lost where it was deleted`() async throws {
    let upstream = try ScriptedUpstream { number, _ in
      switch number {
      case 1: .whole(ScriptedUpstream.response())
      case 2: .whole(#"{"id":"resp_1","object":"response.deleted","deleted":true}"#)
      default: .refusal(code: "state_not_ready", stateID: "resp_1")
      }
    }
    _ = try await upstream.respond()
    _ = try await upstream.host.respond(
      to: CallRequest(operation: "delete", provider: "scripted", responseID: "resp_1"))
    let error = await upstream.failure(Self.followUp)
    #expect(error?.code == .stateLost)
    #expect(error?.attempts.count == 1)
  }

  @Test(.timeLimit(.minutes(1)))
  func `is no longer waited for once the call is cancelled`() async throws {
    // With two workers it stands still as long as one of them sleeps.
    let clock = VirtualClock(workers: 2)
    let upstream = try Self.upstream(clock: clock)
    let task = Task { try await upstream.respond(Self.followUp) }
    try await eventually { clock.sleeperCount == 1 }
    #expect(upstream.host.holdings?.exchanges == 0, "nothing is open while it waits")
    task.cancel()
    let error = await #expect(throws: CallError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    #expect(error?.attempts.map(\.outcome) == ["state_not_ready"])
    #expect(error?.attempts.first?.next == "cancelled while it waited")
    #expect(upstream.bodies.count == 1)
  }
}

extension Duration {
  /// With one digit, and none where it is zero: as messages have it.
  fileprivate var seconds: String {
    let tenths = (milliseconds + 50) / 100
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
