import CurlHTTP
import Foundation
import RawUpstream
import Synchronization
import Testing
import TransportHost

@Suite struct `A call that is given up` {
  enum State: CaseIterable, Sendable {
    case head, refusal, event, midStream, heldFailure, slowReader
  }
  enum Way: CaseIterable, Sendable { case cancelled, dropped }

  /// The upstream's side: when the answer stands, and when the client has gone.
  final class Watch: Sendable {
    private let times = Mutex<(reached: Bool, closed: ContinuousClock.Instant?)>((false, nil))
    func reach() { times.withLock { $0.reached = true } }
    func close() { times.withLock { $0.closed = .now } }
    var isReached: Bool { times.withLock(\.reached) }
    var closed: ContinuousClock.Instant? { times.withLock(\.closed) }
  }

  private static func upstream(_ state: State, _ watch: Watch) throws -> HostileUpstream {
    try HostileUpstream { connection in
      let delta = #"data: {"type":"response.output_text.delta","delta":"x"}"# + "\n\n"
      switch state {
      case .head: break
      case .refusal: connection.send("HTTP/1.1 500 Oh\r\ncontent-length: 9\r\n\r\nx")
      case .event: connection.send(HostileUpstream.streamHead + "\r\n")
      case .midStream: connection.send(HostileUpstream.streamHead + "\r\n" + delta)
      case .heldFailure:
        connection.send(HostileUpstream.streamHead + "\r\n" + delta)
        connection.send(#"data: {"type":"error","error":null}"# + "\n\n")
      case .slowReader:
        connection.send(HostileUpstream.streamHead + "\r\n")
        let block = Array(String(repeating: delta, count: 1000).utf8)
        watch.reach()
        while connection.send(block) {}
        return watch.close()
      }
      watch.reach()
      connection.waitForClose()
      watch.close()
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: State.allCases, Way.allCases)
  func `leaves its upstream at once`(state: State, way: Way) async throws {
    let watch = Watch()
    let upstream = try Self.upstream(state, watch)
    let host = upstream.host
    let task = Task {
      let events = try await host.stream(.text("Hello", model: "m"))
      let iterator = events.makeAsyncIterator()
      if state == .slowReader {
        var slow = iterator
        _ = try await slow.next()
        await Self.park()
        if way == .dropped { return }
        // A reader that goes on although it was cancelled.
        while try await slow.next() != nil {}
      }
      for try await _ in events where way == .dropped && state == .midStream { return }
    }
    try await eventually { watch.isReached }
    // What drops its stream by itself may be gone by now.
    try await eventually { host.holdings?.exchanges == 1 || way == .dropped }
    let started = ContinuousClock.now
    task.cancel()
    let result = await task.result
    try await eventually { watch.closed != nil }
    let took = started.duration(to: watch.closed ?? .now)
    // Alone it takes less than 100 ms; no clock of the host would end it within a minute.
    #expect(took < .seconds(10), "\(took)")
    if way == .cancelled {
      let error = #expect(throws: CallError.self) { try result.get() }
      #expect(error?.code == .cancelled || state == .heldFailure, "\(String(describing: error))")
      #expect(error?.attempts.count == 1)
    }
    try await eventually { host.holdings?.exchanges == 0 }
  }

  /// Until the task is cancelled.
  private static func park() async {
    for await _ in AsyncStream<Never>.makeStream().stream {}
  }
}
