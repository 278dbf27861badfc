#if Gateway

import InMemoryTracing
import Logging
import Synchronization
import Telemetry
import Tracing

/// A gateway's telemetry with all three backends, real ones.
struct Observed {
  let registry = PrometheusRegistry()
  let tracer = InMemoryTracer()
  let lines = Lines()
  let telemetry: CallTelemetry

  init(level: Logger.Level = .info) {
    let lines = lines
    let handler = JSONLinesHandler(logLevel: level, now: { 1_769_850_300_250 }) {
      lines.append($0)
    }
    telemetry = CallTelemetry(
      metrics: registry, tracer: tracer, logger: { Logger(label: "requests") { _ in handler } })
  }

  func text() throws -> Exposition { try Exposition(registry.render()) }

  func serve(_ call: ServedCall, headers: [(name: String, value: String)] = []) {
    telemetry.began(
      .init(method: call.method, endpoint: call.endpoint, began: call.began), headers: headers
    ).ended(call)
  }
}

/// What was logged.
final class Lines: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func append(_ line: [UInt8]) {
    lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
  }
}

extension ServedCall {
  /// A stream that went well at the second try.
  static var streamed: ServedCall {
    var call = ServedCall(
      requestID: "req_1", method: "POST", endpoint: "/v1/responses", operation: "chat",
      status: 200, outcome: "ok", began: 1_769_850_300_000, duration: .milliseconds(2250))
    (call.client, call.requestedModel) = ("team-a", "gpt-5")
    (call.provider, call.providerKind, call.target) = ("east", "openai", "first")
    (call.servedModel, call.responseID) = ("gpt-5-2026-01-01", "resp_1")
    (call.isStreamed, call.firstEvent) = (true, .milliseconds(300))
    (call.inputTokens, call.cachedTokens) = (1200, 1000)
    (call.outputTokens, call.reasoningTokens) = (340, 64)
    (call.finishReason, call.generation) = ("stop", 7)
    (call.requestBytes, call.responseBytes) = (4096, 9000)
    call.attempts = [
      .init(provider: "east", target: "first", outcome: "rate_limited"),
      .init(provider: "east", target: "first", outcome: "ok"),
    ]
    return call
  }

  /// A request that an upstream failed.
  static var failed: ServedCall {
    var call = ServedCall(
      requestID: "req_2", method: "POST", endpoint: "/v1/chat/completions", operation: "chat",
      status: 502, outcome: "upstream_failed", began: 1_769_850_300_000, duration: .seconds(1))
    (call.requestedModel, call.provider, call.target) = ("gpt-5", "west", "gpt-5")
    (call.errorMessage, call.fault) = ("It said \"no\".\nAsk again.", "upstream")
    call.firstEvent = .milliseconds(10)
    call.attempts = [.init(provider: "west", target: "gpt-5", outcome: "upstream_failed")]
    return call
  }

  /// A request that reached nobody.
  static func unknownModel(_ model: String) -> ServedCall {
    var call = ServedCall(
      requestID: "req_3", method: "POST", endpoint: "/v1/responses", operation: "chat",
      status: 404, outcome: "model_not_found", began: 1, duration: .milliseconds(1))
    (call.requestedModel, call.fault) = (model, "caller")
    return call
  }
}

#endif
