internal import CTransportABI
internal import JSONText

extension TransportFailure {
  typealias Call = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<jf_failure>) -> Void

  /// Hands the failure to the host, complete in one call.
  func send(to call: Call, _ context: UnsafeMutableRawPointer?) {
    // One buffer holds all texts, so that they are borrowed in one closure.
    let texts = [
      message, pointer, upstreamCode, amendment, setting, suggestion, tokenScope, stateID,
    ]
    var bytes: [CChar] = []
    let ranges = texts.map { text in
      let start = bytes.count
      bytes.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
      return start..<bytes.count
    }
    unsafe bytes.withUnsafeBufferPointer { buffer in
      func text(_ index: Int) -> jf_borrowed_text {
        // SAFETY: the range was made from this buffer's own bytes.
        unsafe jf_borrowed_text(
          ptr: buffer.baseAddress.map { unsafe $0 + ranges[index].lowerBound },
          len: ranges[index].count)
      }
      var failure = unsafe jf_failure(
        struct_size: UInt32(MemoryLayout<jf_failure>.size), code: code.rawValue,
        scope: scope.rawValue, retry: retry.rawValue, message: text(0), pointer: text(1),
        upstream_code: text(2), retry_after_ms: retryAfter.map { max(0, $0.milliseconds) } ?? -1,
        amendment: text(3), setting: text(4), suggestion: text(5), token_scope: text(6),
        state_id: text(7), lasting: isLasting ? 1 : 0, reserved: 0)
      unsafe call(context, &failure)
    }
  }
}

extension Duration {
  /// Whole milliseconds, rounded up so that a hint is never undercut, and limited to what the ABI can
  /// say: the number comes from an upstream and must not trap.
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1000)
    guard !overflows else { return seconds < 0 ? .min : .max }
    let (part, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
    let (sum, exceeds) = whole.addingReportingOverflow(part + (rest > 0 ? 1 : 0))
    return exceeds ? .max : sum
  }
}

extension ExchangeDraft {
  /// Hands the exchange to the host.
  ///
  /// - Parameters:
  ///   - sink: Where it goes.
  ///   - ownRules: How many rules the transport has; the shared ones stand behind them.
  func send(to sink: jf_exchange_sink, ownRules: Int) {
    unsafe method.borrowed { unsafe sink.method(sink.context, $0) }
    unsafe url.borrowed { unsafe sink.url(sink.context, $0) }
    for header in headers { unsafe header.send(to: sink) }
    for edit in edits {
      let index =
        switch edit.source {
        case .rule(let index): index
        case .parameter(let rule): ownRules + rule.rawValue
        }
      unsafe edit.added.borrowed {
        unsafe sink.edit(
          sink.context, UInt32(clamping: index), edit.action.rawValue, edit.offset, $0)
      }
    }
    for warning in warnings { unsafe warning.borrowed { unsafe sink.warn(sink.context, $0) } }
    for piece in body?.pieces ?? [] {
      switch piece {
      case .literal(let bytes): unsafe bytes.borrowed { unsafe sink.body_literal(sink.context, $0) }
      case .input(let range):
        unsafe sink.body_input(
          sink.context, jf_range(offset: range.lowerBound, length: range.count))
      }
    }
  }
}

extension ExchangeDraft.Header {
  /// Hands the header to the host.
  func send(to sink: jf_exchange_sink) {
    unsafe name.borrowed { name in
      unsafe value.borrowed { value in
        if let credential {
          unsafe sink.header_credential(sink.context, name, value, credential.rawValue)
        } else {
          unsafe sink.header(sink.context, name, value)
        }
      }
    }
  }
}
