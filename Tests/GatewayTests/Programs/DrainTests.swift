#if Gateway
import ChildProcess
import Foundation
import RawUpstream
import Synchronization
import Testing

@Suite struct `The program is told to end` {
  private static func text(_ url: String, drain: String = "30s") -> String {
    HostSetting.configuration(of: url, gateway: "{ drain: \(drain) }")
  }

  /// What became of one client that asks again and again on one connection.
  private struct Tally: Sendable {
    var answered = 0
    var lost = 0
    var isToldToEnd = false
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["terminate", "interrupt"])
  func `and answers everything that it took, under load`(signal: String) async throws {
    let upstream = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.pause(milliseconds: 20)
        connection.respond(Reply.whole, headers: "content-type: application/json\r\n")
      }
    }
    let program = try GatewayProgram(Self.text(upstream.url))
    let port = program.port
    let answers = Counter()
    let isTold = DispatchSemaphore(value: 0)
    let tallies = try await withThrowingTaskGroup(of: Tally.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await onThread {
            let connection = try RawConnection(port: port)
            var tally = Tally()
            while !tally.isToldToEnd {
              connection.sendRequest("POST", "/v1/responses", TestGateway.request())
              guard let answer = connection.readAnswer(), answer.text == Reply.whole else {
                tally.lost += 1
                break
              }
              tally.answered += 1
              tally.isToldToEnd = answer.header("connection") == "close"
              if answers.next() == 60 { isTold.signal() }
            }
            return tally
          }
        }
      }
      try await onThread { isTold.wait() }
      signal == "terminate" ? program.process.terminate() : program.process.interrupt()
      return try await group.reduce(into: [Tally]()) { $0.append($1) }
    }
    #expect(tallies.allSatisfy { $0.isToldToEnd && $0.lost == 0 }, "\(tallies)")
    #expect(tallies.map(\.answered).reduce(0, +) >= 60)
    let outcome = try await onThread { program.process.finish() }
    #expect(outcome.ending == .exit(0), "\(outcome.errorText)")
    #expect(!program.isListening)
  }

  @Test(.timeLimit(.minutes(1)))
  func `and lets a stream end that has begun, while it takes no more connections`() async throws {
    let upstream = try HeldUpstream(HeldUpstream.stream)
    let program = try GatewayProgram(Self.text(upstream.url))
    let port = program.port
    let answer = try await onThread {
      let client = try RawConnection(port: port)
      client.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: true))
      // One that is silent, and one that has sent half of a request.
      let silent = try RawConnection(port: port)
      let half = try RawConnection(port: port)
      half.send("POST /nothing HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\n\r\nab")
      #expect(half.readAnswer()?.status == 404)
      let calls = upstream.take(1)
      program.process.terminate()
      while program.isListening {}
      half.send("cd")
      let start = ContinuousClock.now
      #expect(silent.readToEnd().isEmpty)
      #expect(half.readToEnd().isEmpty)
      #expect(ContinuousClock.now - start < .seconds(15), "neither is waited for")
      calls[0].send(Reply.completed)
      calls[0].end()
      return client.readAnswer()
    }
    #expect(answer?.isWhole == true)
    #expect(answer?.events.last?.type == "response.completed")
    let outcome = try await onThread { program.process.finish() }
    #expect(outcome.ending == .exit(0), "\(outcome.errorText)")
  }

  @Test(.timeLimit(.minutes(1)))
  func `twice, and ends at once`() async throws {
    let upstream = try HeldUpstream(HeldUpstream.stream)
    let program = try GatewayProgram(Self.text(upstream.url, drain: "10m"))
    let port = program.port
    let (rest, outcome) = try await onThread {
      let client = try RawConnection(port: port)
      client.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: true))
      #expect(client.readHead() != nil)
      let calls = upstream.take(1)
      defer { withExtendedLifetime(calls) {} }
      program.process.terminate()
      while program.isListening {}
      #expect(program.process.isRunning)
      program.process.terminate()
      let outcome = program.process.finish()
      return (client.readToEnd(), outcome)
    }
    #expect(outcome.ending == .exit(128 + SIGTERM))
    #expect(!rest.isEmpty && !rest.suffix(5).elementsEqual("0\r\n\r\n".utf8), "it is cut")
  }

  @Test(.timeLimit(.minutes(1)))
  func `and cuts what takes longer than gateway.drain, and says so`() async throws {
    let upstream = try HeldUpstream(HeldUpstream.stream)
    let program = try GatewayProgram(Self.text(upstream.url, drain: "500ms"))
    let port = program.port
    let (rest, outcome) = try await onThread {
      let client = try RawConnection(port: port)
      client.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: true))
      #expect(client.readHead() != nil)
      let calls = upstream.take(1)
      defer { withExtendedLifetime(calls) {} }
      program.process.terminate()
      return (client.readToEnd(), program.process.finish())
    }
    #expect(!rest.isEmpty && !rest.suffix(5).elementsEqual("0\r\n\r\n".utf8), "it is cut")
    #expect(outcome.ending == .exit(1))
    #expect(outcome.errorText.contains("gateway.drain was over"))
  }
}
#endif
