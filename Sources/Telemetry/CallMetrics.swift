#if Gateway

import Metrics
import Synchronization

/// The handles that requests are recorded through.
///
/// Those with labels are kept by their labels, so that a request costs one look into a table and no text.
final class CallMetrics: Sendable {
  let inFlight: Meter
  let openStreams: Meter
  private let generation: Meter
  private let factory: any MetricsFactory
  private let kept = Mutex(Kept())

  private struct Kept {
    var requests: [RequestLabels: Counter] = [:]
    var models: [ModelLabels: ModelHandles] = [:]
    var attempts: [ServedCall.Attempt: Counter] = [:]
  }

  /// More combinations than the registry shows are not worth keeping.
  private static let mostKept = 2000

  init(factory: any MetricsFactory) {
    self.factory = factory
    inFlight = Meter(label: MetricLabel.inFlight, factory: factory)
    openStreams = Meter(label: MetricLabel.openStreams, factory: factory)
    generation = Meter(label: MetricLabel.generation, factory: factory)
  }

  func reloaded(outcome: String, generation: Int) {
    Counter(
      label: MetricLabel.reloads, dimensions: [("outcome", outcome)], factory: factory
    ).increment()
    self.generation.set(generation)
  }

  func record(_ call: ServedCall) {
    requests(RequestLabels(call)).increment()
    for attempt in call.attempts { attempts(attempt).increment() }
    guard let labels = ModelLabels(call) else { return }
    models(labels).record(call)
  }

  private func requests(_ labels: RequestLabels) -> Counter {
    kept.withLock { kept in
      Self.handle(of: labels, in: &kept.requests) {
        Counter(label: MetricLabel.requests, dimensions: labels.dimensions, factory: factory)
      }
    }
  }

  private func attempts(_ attempt: ServedCall.Attempt) -> Counter {
    kept.withLock { kept in
      Self.handle(of: attempt, in: &kept.attempts) {
        Counter(
          label: MetricLabel.attempts,
          dimensions: [
            ("provider", attempt.provider), ("target", attempt.target),
            ("outcome", attempt.outcome),
          ], factory: factory)
      }
    }
  }

  private func models(_ labels: ModelLabels) -> ModelHandles {
    kept.withLock { kept in
      Self.handle(of: labels, in: &kept.models) { ModelHandles(labels, factory: factory) }
    }
  }

  private static func handle<Labels: Hashable, Handle>(
    of labels: Labels, in table: inout [Labels: Handle], make: () -> Handle
  ) -> Handle {
    if let handle = table[labels] { return handle }
    let handle = make()
    if table.count < mostKept { table[labels] = handle }
    return handle
  }
}

/// The labels that requests are counted by.
private struct RequestLabels: Hashable {
  let endpoint: String
  let client: String
  let status: Int
  let outcome: String

  init(_ call: ServedCall) {
    (endpoint, client) = (call.endpoint, call.client ?? "")
    (status, outcome) = (call.status, call.outcome)
  }

  var dimensions: [(String, String)] {
    [("endpoint", endpoint), ("client", client), ("status", "\(status)"), ("outcome", outcome)]
  }
}

/// The labels of what a model was asked.
private struct ModelLabels: Hashable {
  let operation: String
  let provider: String
  let kind: String
  let requestedModel: String?
  let servedModel: String?
  let error: String?

  /// Nil where no model was asked.
  init?(_ call: ServedCall) {
    guard let operation = call.operation, let provider = call.provider else { return nil }
    (self.operation, self.provider) = (operation, provider)
    kind = call.providerKind ?? provider
    requestedModel = call.requestedModel
    servedModel = call.servedModel
    error = call.isFailed ? call.outcome : nil
  }

  var dimensions: [(String, String)] {
    var dimensions = [
      (GenAI.operation, operation), (GenAI.provider, kind), (GenAI.gatewayProvider, provider),
    ]
    if let requestedModel { dimensions.append((GenAI.requestModel, requestedModel)) }
    if let servedModel { dimensions.append((GenAI.responseModel, servedModel)) }
    return dimensions
  }
}

private struct ModelHandles: Sendable {
  let duration: Timer
  let firstToken: Timer
  let input: Recorder
  let output: Recorder
  let cached: Counter
  let reasoning: Counter

  init(_ labels: ModelLabels, factory: any MetricsFactory) {
    let dimensions = labels.dimensions
    let failed = labels.error.map { dimensions + [(GenAI.errorType, $0)] }
    duration = Timer(
      label: MetricLabel.duration, dimensions: failed ?? dimensions, factory: factory)
    firstToken = Timer(label: MetricLabel.firstToken, dimensions: dimensions, factory: factory)
    input = Recorder(
      label: MetricLabel.tokens, dimensions: dimensions + [(GenAI.tokenType, "input")],
      factory: factory)
    output = Recorder(
      label: MetricLabel.tokens, dimensions: dimensions + [(GenAI.tokenType, "output")],
      factory: factory)
    cached = Counter(label: MetricLabel.cached, dimensions: dimensions, factory: factory)
    reasoning = Counter(label: MetricLabel.reasoning, dimensions: dimensions, factory: factory)
  }

  func record(_ call: ServedCall) {
    duration.recordNanoseconds(call.duration.nanoseconds)
    // Of what failed the conventions want no time to the first token.
    if !call.isFailed, let firstEvent = call.firstEvent {
      firstToken.recordNanoseconds(firstEvent.nanoseconds)
    }
    if let tokens = call.inputTokens { input.record(tokens) }
    if let tokens = call.outputTokens { output.record(tokens) }
    if let tokens = call.cachedTokens { cached.increment(by: tokens) }
    if let tokens = call.reasoningTokens { reasoning.increment(by: tokens) }
  }
}

extension Duration {
  /// Whole nanoseconds, as far as 64 bits reach.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isTooLong ? .max : product.addingReportingOverflow(attoseconds / 1_000_000_000).0
  }

  /// Milliseconds with three digits behind the point at most.
  var milliseconds: Double { Double(nanoseconds / 1000) / 1000 }
}

#endif
