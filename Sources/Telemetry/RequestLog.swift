#if Gateway

import Logging

extension Logger {
  /// Writes the line of the request log.
  ///
  /// What went well is information, what failed a warning, and what only Jackfield can mend an error.
  func log(_ call: ServedCall, trace: TraceContext?) {
    let level: Logger.Level = !call.isFailed ? .info : call.fault == "host" ? .error : .warning
    guard level >= logLevel else { return }
    log(level: level, "request served", metadata: call.metadata(trace: trace))
  }
}

extension ServedCall {
  /// The members of its line, in their order.
  static let memberOrder = [
    "request_id", "trace_id", "client", "method", "endpoint", "operation", "model", "provider",
    "target", "served_model", "response_id", "stream", "status", "outcome", "error", "fault",
    "attempts", "retries", "began", "duration_ms", "first_event_ms", "input_tokens",
    "cached_tokens", "output_tokens", "reasoning_tokens", "finish_reason", "request_bytes",
    "response_bytes", "generation", "request_body", "response_body",
  ]

  /// All that is known; what is not known has no member.
  func metadata(trace: TraceContext?) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "request_id": .string(requestID), "method": .string(method), "endpoint": .string(endpoint),
      "stream": .stringConvertible(isStreamed), "status": .stringConvertible(status),
      "outcome": .string(outcome), "attempts": .stringConvertible(attempts.count),
      "retries": .stringConvertible(retries), "began": .string(Timestamp.text(began)),
      "duration_ms": .stringConvertible(duration.milliseconds),
      "request_bytes": .stringConvertible(requestBytes),
      "response_bytes": .stringConvertible(responseBytes),
    ]
    let texts = [
      ("trace_id", trace?.traceID), ("client", client), ("operation", operation),
      ("model", requestedModel), ("provider", provider), ("target", target),
      ("served_model", servedModel), ("response_id", responseID), ("error", errorMessage),
      ("fault", fault), ("finish_reason", finishReason), ("request_body", requestBody),
      ("response_body", responseBody),
    ]
    for case (let name, let text?) in texts { metadata[name] = .string(text) }
    let counts = [
      ("input_tokens", inputTokens), ("cached_tokens", cachedTokens),
      ("output_tokens", outputTokens), ("reasoning_tokens", reasoningTokens),
      ("generation", generation.map(Int64.init)),
    ]
    for case (let name, let count?) in counts { metadata[name] = .stringConvertible(count) }
    if let firstEvent {
      metadata["first_event_ms"] = .stringConvertible(firstEvent.milliseconds)
    }
    return metadata
  }
}

#endif
