#if Gateway
import Foundation
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `What goes wrong upstream` {
  /// Every fault there is, with arguments that suit a test.
  static let faults: [String] = Fault.catalogue.map { entry in
    let name = String(entry.usage.prefix { $0 != "[" })
    return name == "huge-event" ? "huge-event:300000" : name
  }

  /// How long an upstream may take that has a fault: those that never come to an end need not be
  /// waited for.
  private static func timeouts(_ fault: String) -> String {
    switch fault {
    case _ where fault.hasPrefix("stall"): "first_event: 300ms, idle: 300ms, attempt: 1s"
    // Stored state may become readable, and so is asked for until the call's time is over.
    case "409": "total: 1s"
    default: "first_event: 20s"
    }
  }

  /// How a call ended.
  enum Ending: Hashable, CustomStringConvertible {
    case answered
    case failed(ErrorCode)
    var description: String {
      switch self {
      case .answered: "answered"
      case .failed(let code): code.rawValue
      }
    }
  }

  @Test(.timeLimit(.minutes(2)), arguments: [true, false])
  func `ends through the gateway as it ends without it`(isStream: Bool) async throws {
    #expect(Self.faults.count >= 45)
    let upstreams = try Upstreams()
    try await TestGateway.with(upstreams.configuration()) { gateway in
      for (index, fault) in Self.faults.enumerated() {
        let upstream = EmulatedUpstream.allCases[index % 3]
        try upstreams.setFaults([fault], of: upstream)
        // A new host each time, so that no fault is met by what an earlier one taught.
        let text = upstreams.configuration(timeouts: Self.timeouts(fault))
        try gateway.reload(text)
        let expected = await Self.alone(text, upstream, isStream: isStream)
        let name = "\(fault) at \(upstream.rawValue), \(expected) without the gateway"
        let answer = try? await gateway.create(upstream.rawValue, isStream: isStream)
        if let answer { Self.check(answer, expected, isStream: isStream, name) }
        #expect(answer != nil, "\(name)")
        try upstreams.setFaults([], of: upstream)
      }
    }
  }

  private static func alone(
    _ text: String, _ upstream: EmulatedUpstream, isStream: Bool
  ) async -> Ending {
    do {
      let host = try TransportHost(
        text: Array(text.utf8), file: "providers.yaml", options: HostSetting.options)
      _ = try await host.respond(
        to: .text("Hello there", model: upstream.rawValue, isStream: isStream))
      return .answered
    } catch let error as CallError {
      return .failed(error.code)
    } catch {
      return .failed(.internal)
    }
  }

  private static func check(
    _ answer: HTTPAnswer, _ expected: Ending, isStream: Bool, _ name: String
  ) {
    let shown = answer.headers.map { "\($0.name): \($0.value)\n" }.joined() + answer.text
    #expect(!shown.contains(Upstreams.key), "\(name)")
    #expect(answer.header("x-jackfield-attempts") != nil, "\(name)")
    let isEvents = answer.header("content-type")?.hasPrefix("text/event-stream") == true
    #expect(isEvents == (isStream && answer.status == 200), "\(name)")
    switch expected {
    case .answered:
      #expect(answer.status == 200, "\(name): \(answer.text)")
      #expect(answer.isWhole, "\(name)")
    case .failed(let code) where answer.status == 200:
      #expect(isStream, "\(name): only what has begun may fail with 200")
      let last = answer.events.last
      let isTold = ["response.failed", "error", "response.incomplete", "response.completed"]
        .contains(last?.type)
      #expect(answer.isWhole == isTold, "\(name): \(answer.text.suffix(300))")
      if last?.data.contains("stream_truncated") == true { #expect(code == .streamTruncated) }
    case .failed(let code):
      #expect((try? answer.error("code")) == code.rawValue, "\(name): \(answer.text)")
      #expect((try? answer.error("message"))?.isEmpty == false, "\(name)")
      #expect((try? answer.error("type"))?.isEmpty == false, "\(name)")
      #expect((400...599).contains(answer.status), "\(name)")
      #expect(answer.isWhole, "\(name)")
    }
  }

  @Test(arguments: [
    ("cut:6", "stream_truncated"), ("reset-mid-stream:6", "stream_truncated"),
    ("end-early:6", "stream_truncated"), ("garbage-sse:6", "protocol_error"),
    ("stall-mid-stream:6", "timeout_idle"),
  ]) func `within a stream is its last event, so that nobody takes it for whole`(
    fault: String, code: String
  ) async throws {
    let upstreams = try Upstreams()
    let text = upstreams.configuration(timeouts: Self.timeouts(fault))
    try await TestGateway.with(text) { gateway in
      try upstreams.setFaults([fault], of: .openai)
      let answer = try await gateway.create("openai", isStream: true)
      #expect(answer.status == 200)
      #expect(answer.isWhole)
      #expect(answer.events.first?.type == "response.created")
      #expect(answer.events.count { $0.type == "response.output_text.delta" } == 2)
      let last = try #require(answer.events.last)
      #expect(last.type == "response.failed")
      let object = try JSONSerialization.jsonObject(with: Data(last.data.utf8)) as? [String: Any]
      let response = try #require(object?["response"] as? [String: Any])
      #expect(response["status"] as? String == "failed")
      #expect((response["error"] as? [String: Any])?["code"] as? String == code)
      try upstreams.setFaults([], of: .openai)
      #expect(try await gateway.create("openai", isStream: true).isWhole)
    }
  }

  @Test func `as its own last event is told by that`() async throws {
    let upstreams = try Upstreams()
    try await TestGateway.with(upstreams.configuration()) { gateway in
      try upstreams.setFaults(["failed-mid-stream:6"], of: .openai)
      let answer = try await gateway.create("openai", isStream: true)
      #expect(answer.status == 200)
      #expect(answer.isWhole)
      #expect(answer.events.last?.type == "response.failed")
    }
  }

  @Test func `keeps its status, its ids and its wait`() async throws {
    let upstreams = try Upstreams()
    try await TestGateway.with(upstreams.configuration()) { gateway in
      try upstreams.setFaults(["429-retry-after-ms:1500"], of: .azureOpenAI)
      let limited = try await gateway.create("azure-openai", isStream: true)
      #expect(limited.status == 429)
      #expect(limited.header("retry-after") == "2")
      #expect(limited.header("retry-after-ms") == "1500")
      #expect(limited.header("x-should-retry") == nil)
      #expect(limited.header("apim-request-id")?.isEmpty == false)
      #expect(try limited.error("type") == "rate_limit_error")
      try upstreams.setFaults(["504"], of: .openai)
      #expect(try await gateway.create("openai").status == 504)
      try upstreams.setFaults(["quota"], of: .openai)
      let quota = try await gateway.create("openai")
      #expect(quota.status == 429)
      #expect(quota.header("x-should-retry") == "false")
      #expect(try quota.error("type") == "insufficient_quota")
    }
  }

  @Test func `is limited by what the client allows`() async throws {
    let upstreams = try Upstreams()
    let text = upstreams.configuration([.openai]).replacing(
      "max_retries: 0", with: "max_retries: 3")
    try await TestGateway.with(text) { gateway in
      try upstreams.setFaults(["stall"], of: .openai)
      let body = TestGateway.request("openai")
      let answer = try await gateway.ask(
        "POST", "/v1/responses", body, headers: ["X-Jackfield-Timeout: 200ms"])
      #expect(answer.status == 504)
      #expect(try answer.error("code") == "timeout_total")
      try upstreams.setFaults(["500"], of: .openai)
      let before = upstreams.emulator.requests.count
      let once = try await gateway.ask(
        "POST", "/v1/responses", body, headers: ["x-jackfield-max-retries: 0"])
      #expect(once.status == 500)
      #expect(upstreams.emulator.requests.count == before + 1)
    }
  }
}
#endif
