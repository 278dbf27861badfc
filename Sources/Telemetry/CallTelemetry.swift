#if Gateway

public import Logging
public import Metrics
import Synchronization
public import Tracing

/// Tells metrics, traces and the request log what was served.
///
/// ``began(_:headers:)`` counts a request in and opens its span; what it returns is told of the end, and
/// then everything is recorded from one ``ServedCall``. Names of metrics and attributes are those of
/// OpenTelemetry's conventions for generative AI where they have one, and begin with `jackfield` where
/// they do not.
///
/// What clients write reaches a label only when a target was found for it: a made-up model is no series.
///
/// - Source: open-telemetry/semantic-conventions-genai, `docs/gen-ai/gen-ai-metrics.md` and
///   `gen-ai-spans.md`, read at version 0.1; status Development.
public final class CallTelemetry: Sendable {
  /// What is known of a request when its head has arrived.
  public struct Start: Sendable, Hashable {
    /// The HTTP method.
    public var method: String
    /// The endpoint as it is documented.
    public var endpoint: String
    /// When, in milliseconds since the epoch.
    public var began: Int64

    /// States a beginning.
    public init(method: String, endpoint: String, began: Int64) {
      (self.method, self.endpoint, self.began) = (method, endpoint, began)
    }
  }

  private let metrics: CallMetrics
  private let tracer: (any Tracer)?
  private let logger: @Sendable () -> Logger?

  /// Records into a backend of each kind.
  ///
  /// - Parameters:
  ///   - metrics: Where metrics go, such as a ``PrometheusRegistry``.
  ///   - tracer: Where spans go; nil: to whatever the program put into swift-distributed-tracing.
  ///   - logger: Where the request log goes, asked for each line; nil: nowhere now.
  public init(
    metrics: any MetricsFactory, tracer: (any Tracer)? = nil,
    logger: @escaping @Sendable () -> Logger? = { nil }
  ) {
    self.metrics = CallMetrics(factory: metrics)
    self.tracer = tracer
    self.logger = logger
  }

  /// Counts a request in and opens its span.
  ///
  /// - Parameters:
  ///   - start: What is known of it.
  ///   - headers: The request's headers with names in lower case. The tracer finds its parent in them,
  ///     and the request log the trace's id.
  /// - Returns: What is to be told of the end.
  public func began(_ start: Start, headers: [(name: String, value: String)] = []) -> LiveCall {
    let carrier = HeaderCarrier(headers)
    var context = ServiceContext.current ?? .topLevel
    TraceContext.Propagation().extract(carrier, into: &context, using: HeaderExtractor())
    let tracer: any Tracer = self.tracer ?? InstrumentationSystem.tracer
    tracer.extract(carrier, into: &context, using: HeaderExtractor())
    let span: any Span = tracer.startSpan(
      "\(start.method) \(start.endpoint)", context: context, ofKind: .server,
      at: DefaultTracerClock.Timestamp(milliseconds: start.began))
    metrics.inFlight.increment()
    return LiveCall(telemetry: self, span: span, trace: context.traceContext)
  }

  /// Counts a reading of the configuration.
  ///
  /// - Parameters:
  ///   - outcome: `ok`, or the error code for which the one before stays in force.
  ///   - generation: Which one is in force now.
  public func reloaded(outcome: String, generation: Int) {
    metrics.reloaded(outcome: outcome, generation: generation)
  }
}

/// A request that is being served.
///
/// It ends once, however often that is said, and where nobody says it when it is dropped: the gauges
/// never lie.
public final class LiveCall: Sendable {
  private enum Phase {
    case waiting
    case streaming
    case ended
  }

  private let telemetry: CallTelemetry
  private let span: any Span
  private let phase = Mutex(Phase.waiting)
  /// What the caller's `traceparent` said, or nil.
  public let trace: TraceContext?

  fileprivate init(telemetry: CallTelemetry, span: any Span, trace: TraceContext?) {
    (self.telemetry, self.span, self.trace) = (telemetry, span, trace)
  }

  deinit {
    guard let before = end() else { return }
    telemetry.leave(before == .streaming)
    span.setStatus(SpanStatus(code: .error, message: "The request was dropped."))
    span.end()
  }

  /// The span's context, for what happens within the request.
  public var context: ServiceContext { span.context }

  /// Counts an open stream, from here to the end.
  public func streamOpened() {
    let isNew = phase.withLock { phase in
      guard phase == .waiting else { return false }
      phase = .streaming
      return true
    }
    if isNew { telemetry.openStreams.increment() }
  }

  /// Records the request as metrics, span and log line.
  public func ended(_ call: ServedCall) {
    guard let before = end() else { return }
    telemetry.leave(before == .streaming)
    telemetry.record(call, on: span, trace: trace)
  }

  private func end() -> Phase? {
    phase.withLock { phase in
      defer { phase = .ended }
      return phase == .ended ? nil : phase
    }
  }
}

extension CallTelemetry {
  fileprivate var openStreams: Meter { metrics.openStreams }

  fileprivate func leave(_ wasStreaming: Bool) {
    metrics.inFlight.decrement()
    if wasStreaming { metrics.openStreams.decrement() }
  }

  fileprivate func record(_ call: ServedCall, on span: any Span, trace: TraceContext?) {
    metrics.record(call)
    if span.isRecording { call.describe(on: span) }
    span.end(
      at: DefaultTracerClock.Timestamp(milliseconds: call.began, plus: call.duration))
    logger()?.log(call, trace: trace)
  }
}

extension DefaultTracerClock.Timestamp {
  /// An instant; what lies before the epoch is the epoch.
  fileprivate init(milliseconds: Int64, plus duration: Duration = .zero) {
    let nanoseconds =
      UInt64(clamping: milliseconds).multipliedReportingOverflow(by: 1_000_000).partialValue
    self.init(nanosecondsSinceEpoch: nanoseconds &+ UInt64(clamping: duration.nanoseconds))
  }
}

#endif
