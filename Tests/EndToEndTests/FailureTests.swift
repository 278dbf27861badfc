import Foundation
import ProviderConfiguration
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `What goes wrong upstream` {
  struct Row: Sendable, CustomTestStringConvertible {
    let fault: String
    let code: ErrorCode
    var settings = ""
    var testDescription: String { fault }
  }

  /// Every fault that ends a streamed call, with the one error it must end in.
  static let rows = [
    Row(fault: "429", code: .rateLimited), Row(fault: "429-retry-after:7", code: .rateLimited),
    Row(fault: "429-retry-after-ms:1500", code: .rateLimited),
    Row(fault: "quota", code: .quotaExhausted), Row(fault: "401", code: .auth),
    Row(fault: "403", code: .permission), Row(fault: "500", code: .upstreamFailed),
    Row(fault: "502", code: .overloaded), Row(fault: "503", code: .overloaded),
    Row(fault: "504", code: .overloaded), Row(fault: "overloaded", code: .overloaded),
    Row(fault: "content-filter", code: .contentFiltered),
    Row(fault: "context-length", code: .contextLengthExceeded),
    Row(fault: "redirect", code: .protocolError), Row(fault: "reset", code: .network),
    Row(fault: "garbage-http", code: .protocolError),
    Row(fault: "reset-after-header", code: .streamTruncated),
    Row(fault: "close-after-header", code: .streamTruncated),
    Row(fault: "cut:3", code: .streamTruncated),
    Row(fault: "reset-mid-stream:3", code: .streamTruncated),
    Row(fault: "end-early:3", code: .streamTruncated),
    Row(fault: "done-early:3", code: .streamTruncated),
    Row(
      fault: "stall", code: .timeoutFirstEvent, settings: "    timeouts: { first_event: 200ms }"),
    Row(
      fault: "stall-after-header", code: .timeoutFirstEvent,
      settings: "    timeouts: { first_event: 200ms }"),
    Row(
      fault: "stall-mid-stream:3", code: .timeoutIdle, settings: "    timeouts: { idle: 200ms }"),
    Row(
      fault: "stall-mid-stream:3", code: .timeoutAttempt,
      settings: "    timeouts: { attempt: 200ms }"),
    Row(
      fault: "stall-mid-stream:3", code: .timeoutTotal, settings: "    timeouts: { total: 200ms }"),
    Row(fault: "failed-then-error", code: .rateLimited),
    Row(fault: "error-then-failed", code: .rateLimited),
    Row(fault: "error-flat", code: .rateLimited),
    Row(fault: "failed-null", code: .upstreamFailed),
    Row(fault: "failed-message-only", code: .rateLimited),
    Row(fault: "failed-mid-stream:3", code: .upstreamFailed),
    Row(fault: "overloaded-in-stream", code: .overloaded),
    Row(fault: "error-json-200", code: .rateLimited),
    Row(fault: "garbage-sse:3", code: .protocolError),
  ]

  /// libcurl's own words tell people little, so a sentence goes before them.
  @Test(arguments: [
    ("garbage-http", "what answers there does not keep to HTTP: "),
    ("reset", "the connection broke before a response came: "),
    ("reset-mid-stream:3", "the connection broke within the response: "),
    ("cut:3", "the connection ended before the response was complete: "),
  ])
  func `is said in words before libcurl's own`(fault: String, words: String) async throws {
    let upstreams = try Upstreams(faults: [fault])
    let host = try upstreams.host()
    let error = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hello there, how are you?", model: "openai"))
    }
    #expect(error?.message.hasPrefix(words) == true, "\(error?.message ?? "")")
  }

  @Test func `at the handshake says what does not fit, and not that all certificates might`()
    async throws
  {
    let upstreams = try Upstreams()
    let host = try upstreams.host(
      configuration: upstreams.configuration().replacing("http://127", with: "https://127"))
    let error = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hi", model: "openai"))
    }
    #expect(error?.code == .network)
    #expect(error?.message.hasPrefix("the other end does not speak TLS on this port: ") == true)
    #expect(error?.message.hasSuffix("Check the port; http:// is for this machine.") == true)
  }

  @Test(.timeLimit(.minutes(1)), arguments: EmulatedUpstream.allCases, rows)
  func `ends in its one typed error`(upstream: EmulatedUpstream, row: Row) async throws {
    let upstreams = try Upstreams(faults: [row.fault])
    let host = try upstreams.host(settings: row.settings)
    let error = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hello there, how are you?", model: upstream.rawValue))
    }
    let failure = try #require(error)
    #expect(failure.code == row.code, "\(failure)")
    #expect(failure.attempts.map(\.outcome) == [failure.code.rawValue])
    let json = String(decoding: failure.json, as: UTF8.self)
    #expect(!json.contains(Upstreams.key))
    #expect(!failure.message.isEmpty)
    #expect(upstreams.requests.count == 1)
  }

  /// Faults that a sound reader does not notice.
  static let harmless = [
    "drip", "split-utf8:1", "huge-event:1000000", "empty-event", "done", "no-final-blank-line",
    "no-event-names", "bom", "crlf", "cr", "json-for-stream", "second-terminal",
  ]

  @Test(.timeLimit(.minutes(1)), arguments: EmulatedUpstream.allCases, harmless)
  func `is not noticed where it harms nothing`(upstream: EmulatedUpstream, fault: String)
    async throws
  {
    let host = try Upstreams(faults: [fault]).host()
    let answer = try await host.respond(to: .text("Grüße, 世界", model: upstream.rawValue))
    #expect(answer.text.contains("Grüße, 世界"))
  }

  @Test func `a retry hint survives`() async throws {
    let host = try Upstreams(faults: ["429-retry-after-ms:1500"]).host()
    let error = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hello", model: "azure-openai"))
    }
    #expect(error?.retryAfter == .milliseconds(1500))
    #expect(error?.upstream?.requestIDs.isEmpty == false)
  }

  @Test func `the deployment that does not exist is named, with the target's line`() async throws {
    let upstreams = try Upstreams()
    let text = upstreams.configuration().replacing("model: gpt-5", with: "model: gpt-6")
    let host = try upstreams.host(configuration: text)
    let error = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hello", model: "azure-openai"))
    }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("gpt-6") == true)
    let line = error?.source.flatMap { host.sourceLine($0) }
    #expect(line?.contains("provider: azure-openai, model: gpt-6") == true)
  }

  @Test func `a refused connection names the base_url`() async throws {
    let upstreams = try Upstreams()
    upstreams.emulator.stop()
    let host = try upstreams.host()
    let error = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hello", model: "openai"))
    }
    #expect(error?.code == .network)
    #expect(error?.source.flatMap { host.sourceLine($0) }?.contains("base_url") == true)
  }

  @Test func `a plugin that is missing disables its providers and nothing else`() async throws {
    let upstreams = try Upstreams()
    let text = upstreams.configuration().replacing(
      "    plugin: azure-foundry", with: "    plugin: azure-fundry")
    let host = try upstreams.host(configuration: text)
    let error = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hello", model: "azure-foundry"))
    }
    #expect(error?.code == .pluginUnavailable)
    #expect(error?.message.contains(Upstreams.pluginDirectory) == true)
    #expect(try await host.respond(to: .text("Hello", model: "openai")).text.contains("Hello"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `cancelling ends the exchange in every state`() async throws {
    for fault in ["stall", "stall-after-header", "stall-mid-stream:3"] {
      let host = try Upstreams(faults: [fault]).host()
      let call = Task { try await host.respond(to: .text("Hello", model: "openai")) }
      call.cancel()
      let result = await call.result
      let error = #expect(throws: CallError.self) { try result.get() }
      #expect(error?.code == .cancelled)
    }
  }
}
