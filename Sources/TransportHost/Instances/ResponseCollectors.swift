internal import CTransportABI

/// Takes what `on_head` says; the first failure counts.
final class HeadCollector {
  private(set) var chosen: Framing? = .whole
  private(set) var facts = HeadFacts()
  private(set) var failure: ReportedFailure?

  var sink: jf_head_sink {
    unsafe jf_head_sink(
      struct_size: UInt32(MemoryLayout<jf_head_sink>.size), reserved: 0,
      context: sinkContext(self),
      framing: { unsafe sinkTarget($0, as: HeadCollector.self)?.choose($1) },
      served_model: {
        unsafe sinkTarget($0, as: HeadCollector.self)?.facts.servedModel = HeadFacts.name($1)
      },
      rate_limit: {
        unsafe sinkTarget($0, as: HeadCollector.self)?.add(
          RateLimit(
            unit: HeadFacts.name($1), limit: $2 < 0 ? nil : $2, remaining: $3 < 0 ? nil : $3,
            reset: $4 < 0 ? nil : .milliseconds($4)))
      },
      fail: { unsafe sinkTarget($0, as: HeadCollector.self)?.fail(ReportedFailure($1)) })
  }

  private func fail(_ failure: ReportedFailure) {
    if self.failure == nil { self.failure = failure }
  }

  private func add(_ limit: RateLimit) {
    guard facts.rateLimits.count < HeadFacts.rateLimitLimit else { return }
    facts.rateLimits.append(limit)
  }

  private func choose(_ framing: Int32) {
    chosen =
      switch framing {
      case JF_FRAMING_SERVER_SENT_EVENTS: .serverSentEvents
      case JF_FRAMING_JSON_LINES: .jsonLines
      case JF_FRAMING_WHOLE: .whole
      case JF_FRAMING_RAW: .raw
      default: nil
      }
  }
}

/// Takes what `classify` says; the first failure counts.
final class FailureCollector {
  private(set) var failure: ReportedFailure?

  var sink: jf_failure_sink {
    unsafe jf_failure_sink(
      struct_size: UInt32(MemoryLayout<jf_failure_sink>.size), reserved: 0,
      context: sinkContext(self),
      fail: { unsafe sinkTarget($0, as: FailureCollector.self)?.fail(ReportedFailure($1)) })
  }

  private func fail(_ failure: ReportedFailure) {
    if self.failure == nil { self.failure = failure }
  }
}

/// Takes what `on_frame` and `on_end` say.
///
/// One serves a whole stream: ``take()`` empties it.
package final class EventCollector {
  /// What one frame gave.
  package struct Yield: Sendable {
    /// Whether the frame itself goes on as it came, before the events.
    package var isForwarded = false
    /// Events, or with an empty name the result object.
    package var events: [(name: String, data: [UInt8])] = []
    /// Why the stream is over.
    package var failure: ReportedFailure?
  }

  private var yield = Yield()

  /// An empty collector.
  package init() {}

  /// What came since the last time.
  package func take() -> Yield {
    defer { yield = Yield() }
    return yield
  }

  var sink: jf_event_sink {
    unsafe jf_event_sink(
      struct_size: UInt32(MemoryLayout<jf_event_sink>.size), reserved: 0,
      context: sinkContext(self),
      forward: { unsafe sinkTarget($0, as: EventCollector.self)?.forwardFrame() ?? 0 },
      emit: { unsafe sinkTarget($0, as: EventCollector.self)?.emit(String($1), [UInt8]($2)) ?? 0 },
      fail: { unsafe sinkTarget($0, as: EventCollector.self)?.fail(ReportedFailure($1)) })
  }

  @discardableResult
  func forwardFrame() -> Int32 {
    yield.isForwarded = true
    return 1
  }

  func finish(_ status: jf_status, of function: String, by id: String) {
    yield.failure = yield.failure?.named(id)
    guard status != JF_OK, yield.failure == nil else { return }
    yield.failure = .misbehaved(id, "\(function) returned \(status) without a failure")
  }

  private func emit(_ name: String, _ data: [UInt8]) -> Int32 {
    yield.events.append((name, data))
    return 1
  }

  private func fail(_ failure: ReportedFailure) {
    if yield.failure == nil { yield.failure = failure }
  }
}
