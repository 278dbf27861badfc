import CurlHTTP
import Foundation
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `Thousands of calls` {
  private static let faults =
    FailureRow.quick + [
      "drip", "split-utf8:1", "empty-event", "done", "no-event-names", "bom", "crlf",
      "json-for-stream", "second-terminal",
    ]

  private enum FailureRow {
    static let quick = [
      "429", "quota", "401", "403", "500", "503", "overloaded", "content-filter",
      "context-length", "redirect", "reset", "garbage-http", "reset-after-header",
      "close-after-header", "cut:3", "reset-mid-stream:3", "end-early:3", "done-early:3",
      "failed-then-error", "error-then-failed", "error-flat", "error-json-200", "garbage-sse:3",
    ]
  }

  /// - Returns: Whether the call ended in an answer.
  private static func call(_ host: TransportHost, _ upstream: EmulatedUpstream, isStream: Bool)
    async -> Bool
  {
    do {
      let answer = try await host.respond(
        to: .text("Hello", model: upstream.rawValue, isStream: isStream))
      #expect(answer.attempts.map(\.outcome) == ["ok"])
      return true
    } catch {
      #expect(error.attempts.map(\.outcome) == [error.code.rawValue], "\(error)")
      #expect(error.code != .internal && error.code != .pluginMisbehaved, "\(error)")
      return false
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `at once over every fault end in an answer or one typed error`() async throws {
    let count = Int(ProcessInfo.processInfo.environment["SOAK_CALLS"] ?? "") ?? 300
    var hosts: [(Upstreams, TransportHost)] = []
    for fault in Self.faults {
      let upstreams = try Upstreams(faults: [fault])
      hosts.append((upstreams, try upstreams.host()))
    }
    let ready = hosts
    let answers = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<count {
        let (upstreams, host) = ready[number % ready.count]
        let upstream = EmulatedUpstream.allCases[number / 7 % 3]
        group.addTask {
          defer { withExtendedLifetime(upstreams) {} }
          return await Self.call(host, upstream, isStream: number % 5 != 0)
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(answers > count / 10 && answers < count)
    for (upstreams, host) in ready {
      #expect(upstreams.requests.count <= count / ready.count + 1, "no call is sent twice")
      try await eventually { host.holdings?.exchanges == 0 }
      #expect(host.holdings?.alarms == 0)
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `that end, fail, are cancelled or dropped leave nothing behind`() async throws {
    let count = Int(ProcessInfo.processInfo.environment["SOAK_CALLS"] ?? "") ?? 200
    let fine = try Upstreams()
    let faulty = try Upstreams(faults: ["reset-mid-stream:3"])
    let slow = try Upstreams(faults: ["stall-mid-stream:3"])
    let hosts = [try fine.host(), try faulty.host(), try slow.host()]
    for round in 0..<5 {
      for number in 0..<count / 5 {
        let upstream = EmulatedUpstream.allCases[number % 3]
        switch number % 4 {
        case 0, 1: _ = await Self.call(hosts[number % 4], upstream, isStream: true)
        case 2: try await Self.drop(hosts[2], upstream)
        default: await Self.cancel(hosts[2], upstream)
        }
      }
      if ProcessInfo.processInfo.environment["SOAK_CALLS"] != nil { Self.report(round) }
    }
    for host in hosts {
      try await eventually { host.holdings?.exchanges == 0 }
      #expect(host.holdings?.alarms == 0)
      #expect(host.holdings?.connections ?? 0 <= 40, "those that wait in the pool")
    }
    withExtendedLifetime([fine, faulty, slow]) {}
  }

  private static func drop(_ host: TransportHost, _ upstream: EmulatedUpstream) async throws {
    let events = try await host.stream(.text("Hello", model: upstream.rawValue))
    for try await _ in events { return }
  }

  private static func cancel(_ host: TransportHost, _ upstream: EmulatedUpstream) async {
    let task = Task { try await host.respond(to: .text("Hello", model: upstream.rawValue)) }
    await Task.yield()
    task.cancel()
    _ = await task.result
  }

  /// The process's own figures mean nothing beside other tests: for a run of this test alone.
  private static func report(_ round: Int) {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
    let memory = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    print(
      "round \(round): \(files) descriptors, \(tasks) threads, \(memory.split(separator: " ")[1]) pages"
    )
  }
}
