import Testing

@testable import UpstreamEmulator

@Suite struct `What the emulators know of their requests` {
  private static let body: JSON = ["model": "gpt-5", "input": "x"]

  private static func start(
    _ emulator: UpstreamEmulator, _ faults: [String] = [], clock: EmulatorClock = .system
  ) throws -> UpstreamEmulator.Listener {
    var options = EmulatorOptions()
    options.clock = clock
    options.faults = try faults.map { try Fault($0) }
    return try emulator.start(.openai, options: options)
  }

  private static func send(_ listener: UpstreamEmulator.Listener, stream: Bool = false) throws -> WireClient {
    let client = try WireClient(port: listener.port)
    let bytes = (stream ? body.with("stream", true) : body).bytes
    let head =
      "POST /v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \(listener.key)\r\n"
      + "content-type: application/json\r\ncontent-length: \(bytes.count)\r\n\r\n"
    try client.send(Array(head.utf8) + bytes)
    return client
  }

  /// Waits, for at most ten seconds, until no reply is under way.
  private static func settle(_ emulator: UpstreamEmulator, _ listener: UpstreamEmulator.Listener) {
    let end = ContinuousClock.now + .seconds(10)
    while emulator.load(of: listener).now > 0, .now < end {}
  }

  @Test func `is told by listener, with port and time`() throws {
    let emulator = UpstreamEmulator()
    let clock = StandingClock()
    let first = try Self.start(emulator, clock: clock.clock)
    let second = try Self.start(emulator)
    _ = try Self.send(first).reply()
    clock.advance(by: .seconds(7))
    _ = try Self.send(second).reply()
    _ = try Self.send(first).reply()
    #expect(emulator.requests(at: second).count == 1)
    let own = emulator.requests(at: first)
    #expect(own.map(\.port) == [first.port, first.port])
    #expect(own[1].time - own[0].time == .seconds(7))
    #expect(own[0].arrival < own[1].arrival)
    emulator.stop()
  }

  @Test(arguments: ["stall-after-header", "stall-mid-stream:3"])
  func `counts replies that are under way at once`(fault: String) throws {
    let emulator = UpstreamEmulator()
    let listener = try Self.start(emulator, [fault])
    var clients = try (0..<3).map { _ in try Self.send(listener, stream: true) }
    for client in clients { #expect(client.received(until: "\r\n\r\n")) }
    #expect(emulator.load(of: listener) == ReplyLoad(now: 3, most: 3))
    clients.removeAll()
    Self.settle(emulator, listener)
    #expect(emulator.load(of: listener).now == 0)
    emulator.setFaults([], of: listener)
    for isStream in [true, false] { _ = try Self.send(listener, stream: isStream).reply() }
    #expect(emulator.load(of: listener) == ReplyLoad(now: 0, most: 3))
    emulator.stop()
  }

  @Test(arguments: ["reset", "close", "garbage-http", "cut:3", "503", "drip", "no-end"])
  func `counts no reply that has ended`(fault: String) throws {
    let emulator = UpstreamEmulator()
    let listener = try Self.start(emulator, [fault])
    for isStream in [true, false] {
      let client = try Self.send(listener, stream: isStream)
      if fault != "no-end" { _ = client.reply() }
    }
    Self.settle(emulator, listener)
    #expect(emulator.load(of: listener).now == 0)
    #expect(emulator.load(of: listener).most <= 2)
    emulator.stop()
  }

  @Test func `are met by other faults once those are replaced`() throws {
    let emulator = UpstreamEmulator()
    let listener = try Self.start(emulator, ["503x1"])
    #expect(try Self.send(listener).reply().status == 503)
    #expect(try Self.send(listener).reply().status == 200)
    emulator.setFaults([try Fault("503x1")], of: listener)
    #expect(try Self.send(listener).reply().status == 503)
    #expect(try Self.send(listener).reply().status == 200)
    emulator.stop()
  }
}
