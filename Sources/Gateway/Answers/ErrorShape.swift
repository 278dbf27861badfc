internal import ChatCompletions
internal import JSONText
internal import TransportHost

/// Turns errors of calls into answers that clients of the API understand.
enum ErrorShape {
  /// The answer to a call that failed before any of its answer left.
  ///
  /// - Parameters:
  ///   - error: What failed.
  ///   - translation: What became of the request, so that the answer names places of what the client
  ///     wrote; nil: it went as it came.
  /// - Returns: The answer.
  static func answer(to error: CallError, of translation: ChatTranslation? = nil) -> Answer {
    let status = status(of: error)
    var answer = Answer.json(body(error, of: translation, status: status), status: status)
    if let wait = error.retryAfter {
      // Whole seconds for all, and what the official clients look at first, to the millisecond.
      answer.headers.append(("retry-after", String((wait.milliseconds + 999) / 1000)))
      answer.headers.append(("retry-after-ms", String(wait.milliseconds)))
    }
    if !isWorthRetrying(error.code) { answer.headers.append(("x-should-retry", "false")) }
    for (name, value) in error.upstream?.requestIDs ?? [] where HeaderRule.isPlain(value) {
      answer.headers.append((name, value))
    }
    if !error.attempts.isEmpty {
      answer.headers.append((HeaderName.attempts, AttemptHeader.text(error.attempts)))
    }
    return answer
  }

  /// The error's own JSON with the members that the API has for it: message, type, param and code.
  ///
  /// - Source: https://github.com/openai/openai-python, `_exceptions.py`: what clients read of an error.
  private static func body(
    _ error: CallError, of translation: ChatTranslation?, status: Int
  ) -> [UInt8] {
    var error = error
    let param = parameter(of: &error, translation)
    var out = JSONWriter()
    out.object { top in
      top.member("error") { out in
        out.object { body in
          body.member("message", error.message)
          body.member("type", type(status: status, code: error.code))
          body.member("param", param)
          body.member("code", error.code.rawValue)
          error.writeDetails(to: &body)
        }
      }
    }
    return out.bytes
  }

  /// The part of the request that is to blame; nil: none in particular.
  ///
  /// The error's pointer becomes one into what the client wrote.
  private static func parameter(
    of error: inout CallError, _ translation: ChatTranslation?
  ) -> String? {
    if !error.pointer.isEmpty {
      if let translation { error.pointer = translation.place(of: error.pointer) ?? "" }
      return error.pointer.isEmpty ? nil : RequestPlace.parameter(of: error.pointer)
    }
    if error.code == .modelNotFound { return "model" }
    let body = Array((error.upstream?.body ?? "").utf8)
    let root = try? JSONText.validate(body.span)
    let param = root?.value(at: "/error/param", in: body.span)?.string(in: body.span)
    guard let param, let translation else { return param }
    return translation.parameter(of: param)
  }

  /// The kind of an error, as the API names kinds.
  ///
  /// - Source: https://github.com/openai/openai-python, `_exceptions.py`.
  static func type(status: Int, code: ErrorCode? = nil) -> String {
    switch (code, status) {
    case (.quotaExhausted, _): "insufficient_quota"
    case (_, 401): "authentication_error"
    case (_, 403): "permission_error"
    case (_, 429): "rate_limit_error"
    case (_, 400..<500): "invalid_request_error"
    default: "server_error"
    }
  }

  /// The status: the upstream's own where it refused, else what says the same.
  static func status(of error: CallError) -> Int {
    if let status = error.upstream?.status, (400...599).contains(status) { return status }
    return switch error.code {
    case .requestInvalid, .contextLengthExceeded, .contentFiltered: 400
    case .auth: 401
    case .permission: 403
    case .modelNotFound, .notFound, .operationUnsupported, .stateLost: 404
    case .stateNotReady: 409
    case .rateLimited, .quotaExhausted: 429
    case .cancelled: 499
    case .configInvalid, .pluginUnavailable, .pluginMisbehaved, .internal: 500
    case .upstreamFailed, .protocolError, .network, .streamTruncated: 502
    case .overloaded: 503
    case .timeoutConnect, .timeoutFirstEvent, .timeoutIdle, .timeoutAttempt, .timeoutTotal: 504
    }
  }

  /// Whether the same request may do better soon, as the official clients would try on their own.
  private static func isWorthRetrying(_ code: ErrorCode) -> Bool {
    switch code {
    case .rateLimited, .overloaded, .upstreamFailed, .protocolError, .stateNotReady, .network,
      .streamTruncated, .timeoutConnect, .timeoutFirstEvent, .timeoutIdle:
      true
    default: false
    }
  }
}
