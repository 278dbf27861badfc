import Foundation
import ProviderConfiguration
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `What targets are given at most, over sockets` {
  @Test(.timeLimit(.minutes(1)), arguments: [1, 3], [true, false])
  func `is never more at once than the file says`(limit: Int, isStream: Bool) async throws {
    let field = try Field(["a"], faults: ["a": ["stall:5"]])
    let host = try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5, limits: { concurrency: \(limit) } }] }
      """)
    let ends = await withTaskGroup(of: CallEnd.self) { group in
      for _ in 0..<40 { group.addTask { await host.end("m", isStream: isStream) } }
      return await group.reduce(into: [CallEnd]()) { $0.append($1) }
    }
    #expect(ends.allSatisfy { $0.result != nil })
    let load = field.emulator.load(of: field["a"].listener)
    #expect(load.most <= limit)
    #expect(limit == 1 || load.most > 1)
    #expect(host.routerHoldings.isNothing)
  }

  @Test(.timeLimit(.minutes(1)))
  func `goes to another target first, and only then waits`() async throws {
    let field = try Field(["a", "b"], faults: ["a": ["stall:30"], "b": ["stall:30"]])
    let host = try field.host(
      """
      models:
        m:
          targets:
            - { provider: a, model: gpt-5, limits: { concurrency: 2 } }
            - { provider: b, model: gpt-5, order: 2, limits: { concurrency: 1 } }
      """)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<12 { group.addTask { #expect(await host.end("m").result != nil) } }
    }
    #expect(field.emulator.load(of: field["a"].listener).most == 2)
    #expect(field.emulator.load(of: field["b"].listener).most == 1)
    #expect(field.counts.allSatisfy { $0 >= 2 })
  }

  /// Of two at a time the machine may stop one for as long as the other serves the rest, so that only
  /// one at a time has an order that is the host's alone.
  @Test(.timeLimit(.minutes(1)))
  func `is served in the order in which calls came`() async throws {
    let field = try Field(["a"], faults: ["a": ["stall"]])
    let host = try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5, limits: { concurrency: 1 } }] }
      """)
    let first = Task { await host.end("m", "Hi", isStream: false) }
    try await eventually { field.counts == [1] }
    try field.set("stall:5", at: "a")
    var waiting: [Task<CallEnd, Never>] = []
    for number in 0..<40 {
      waiting.append(Task { await host.end("m", "number \(number)", isStream: false) })
      try await eventually { host.routerHoldings.waiting == number + 1 }
    }
    first.cancel()
    for call in waiting { #expect(await call.value.result != nil) }
    let served = field.requests(at: "a").map(\.number).filter { $0 >= 0 }
    #expect(served == Array(0..<40))
  }

  @Test(.timeLimit(.minutes(1)))
  func `does not cost more for each who waits`() async throws {
    let field = try Field(["a"])
    let host = try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5, limits: { concurrency: 8 } }] }
      """)
    func time(_ calls: Int) async -> Duration {
      let began = ContinuousClock.now
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<calls {
          group.addTask { #expect(await host.end("m", "Hi", isStream: false).result != nil) }
        }
      }
      return (ContinuousClock.now - began) / calls
    }
    _ = await time(50)
    // The best of some of each: other work on the machine slows either by itself.
    var (few, many) = (await time(100), await time(1000))
    for _ in 0..<4 where many >= few * 4 {
      (few, many) = (min(few, await time(100)), min(many, await time(1000)))
    }
    print("a call among 100 that wait took \(few), among 1000 \(many)")
    #expect(many < few * 4)
  }

  @Test(.timeLimit(.minutes(1)))
  func `ends with the call that holds it, however that ends`() async throws {
    let field = try Field(["a"])
    let host = try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5, limits: { concurrency: 1 } }] }
      defaults: { retry: { max_retries: 0 }, cooldown: { failures: 1000 } }
      """)
    for fault in ["503", "reset-mid-stream:8", "error-first", "422", "garbage-http"] {
      try field.set(fault, at: "a")
      _ = await host.end("m")
      #expect(host.routerHoldings.attempts == 0, "\(fault)")
    }
    try field.set("stall-mid-stream:8", at: "a")
    var events: ResponseEvents? = try await host.stream(.text("Hi there, you", model: "m"))
    #expect(host.routerHoldings.attempts == 1)
    #expect(events?.result == nil)
    events = nil
    #expect(host.routerHoldings.attempts == 0, "dropped")
    try field.set(at: "a")
    #expect(await host.end("m").result != nil)
  }

  // MARK: - Within a minute

  @Test(.timeLimit(.minutes(1)))
  func `is never more within any minute than the file says`() async throws {
    let count = 35
    let clock = VirtualClock(workers: count)
    let field = try Field(["a"], clock: clock.emulatorClock)
    let host = try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5, limits: { rpm: 10 } }] }
      defaults: { retry: { respect_retry_after: { max: 10m } } }
      """, clock: clock)
    let ends = await withTaskGroup(of: CallEnd.self) { group in
      for _ in 0..<count {
        group.addTask {
          defer { clock.workerEnded() }
          return await host.end("m", isStream: false)
        }
      }
      return await group.reduce(into: [CallEnd]()) { $0.append($1) }
    }
    #expect(ends.allSatisfy { $0.result != nil }, "\(ends.compactMap(\.error))")
    let times = field.requests(at: "a").map(\.time).sorted()
    #expect(times.count == count)
    for (first, last) in zip(times, times.dropFirst(10)) { #expect(last - first >= .seconds(60)) }
    #expect(clock.now < .seconds(61 * 4))
  }

  @Test func `is counted in tokens, by estimate and then by what was used`() async throws {
    let clock = HandClock()
    let field = try Field(["a", "b"], clock: clock.emulatorClock)
    let host = try field.host(
      """
      models:
        m:
          targets:
            - { provider: a, model: gpt-5, limits: { tpm: 300 } }
            - { provider: b, model: gpt-5 }
      """, clock: clock)
    // About ninety tokens each as the emulator counts them, in and out together.
    let text = (1...36).map { "word\($0)" }.joined(separator: " ")
    var servers: [String?] = []
    for _ in 0..<6 { servers.append(await host.end("m", text, isStream: false).server) }
    #expect(servers.first == "a" && servers.last == "b", "\(servers)")
    let explained = try host.explain(.text(text, model: "m")).route[0]
    #expect(explained.verdict == .full)
    clock.advance(by: .seconds(61))
    #expect(await host.end("m", text).server == "a")
  }

  @Test func `is told as an error where it would take too long`() async throws {
    let clock = VirtualClock()
    let field = try Field(["a"], clock: clock.emulatorClock)
    let host = try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5, limits: { rpm: 1 } }] }
      """, clock: clock)
    #expect(await host.end("m").result != nil)
    let end = await host.end("m")
    #expect(end.error?.code == .rateLimited)
    #expect(end.attempts.isEmpty)
    #expect(end.error?.retryAfter ?? .zero > .seconds(50))
    #expect(end.error?.source.flatMap { host.sourceLine($0) }?.contains("rpm: 1") == true)
    #expect(field.counts == [1])
  }
}

extension RecordedRequest {
  /// The number in the text `number N` that the request says, or -1.
  var number: Int {
    let text = String(decoding: body, as: UTF8.self)
    guard let place = text.range(of: "number ") else { return -1 }
    return Int(text[place.upperBound...].prefix { $0.isNumber }) ?? -1
  }
}
