#if Gateway
internal import StatusPage
internal import Telemetry
internal import TransportHost

/// One request while it is served, and what is to be told of it at its end.
///
/// It belongs to the task that serves the request.
final class ObservedCall {
  /// The id by which logs and headers have the request.
  let requestID: String
  private let live: LiveCall
  private let observer: GatewayObserver
  private let began: Int64
  private var hadStream = false
  private var firstEvent: Duration?
  private let start = ContinuousClock.now

  init(_ live: LiveCall, began: Int64, observer: GatewayObserver) {
    self.live = live
    self.began = began
    self.observer = observer
    requestID = RequestID.make()
  }

  /// The answer is a stream, and its first event is here.
  func streamOpened() {
    hadStream = true
    firstEvent = start.duration(to: .now)
    live.streamOpened()
    observer.streamOpened()
  }

  /// The request was answered.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - end: What came of it.
  ///   - generation: Which reading of the file served it.
  func ended(_ request: ReceivedRequest, _ end: CallEnd, generation: Int) {
    var call = ServedCall(
      requestID: requestID, method: request.method, endpoint: request.endpoint.name,
      status: end.status, outcome: end.error?.code.rawValue ?? end.outcome,
      began: began, duration: start.duration(to: .now))
    call.client = request.client.name.isEmpty ? nil : request.client.name
    call.operation = request.endpoint.operation
    call.requestedModel = end.model
    call.isStreamed = hadStream
    call.firstEvent = firstEvent
    call.errorMessage = end.error?.message
    call.fault = end.error?.code.fault.rawValue
    call.requestBytes = Int64(request.body.count)
    call.responseBytes = Int64(end.bytes)
    call.generation = generation
    call.attempts = end.attempts.map {
      ServedCall.Attempt(
        provider: $0.provider, target: $0.target ?? $0.model, outcome: $0.outcome)
    }
    if let last = end.attempts.last {
      call.provider = last.provider
      call.target = last.target ?? last.model
    }
    if let result = end.result {
      call.servedModel = result.servedModel
      call.responseID = result.id
      call.finishReason = result.incompleteReason ?? "stop"
      call.inputTokens = result.usage?.input
      call.cachedTokens = result.usage?.cachedInput
      call.outputTokens = result.usage?.output
      call.reasoningTokens = result.usage?.reasoning
    }
    if end.showsBodies {
      call.requestBody = String(decoding: request.body, as: UTF8.self)
      call.responseBody = end.result.map { String(decoding: $0.response, as: UTF8.self) }
    }
    live.ended(call)
    if request.endpoint.asksModel { tellBoard(call, end.error) }
  }

  private func tellBoard(_ call: ServedCall, _ error: CallError?) {
    var ended = EndedCall(
      provider: call.provider, target: call.target, model: call.requestedModel,
      outcome: call.outcome, duration: call.duration, firstEvent: call.firstEvent,
      inputTokens: call.inputTokens ?? 0, outputTokens: call.outputTokens ?? 0,
      requestID: requestID)
    if let error {
      ended.message = error.message
      ended.source = error.source.map { "\($0)" } ?? ""
      if let correction = error.correction {
        ended.advice = "\(correction.source): write \(correction.text)"
      }
    }
    observer.ended(ended, hadStream: hadStream)
  }
}

/// What came of a request.
struct CallEnd {
  /// The status that left; 0: none did.
  var status: Int
  /// `ok`, or a word for what no ``CallError`` tells.
  var outcome = "ok"
  /// The model as the client wrote it.
  var model: String?
  /// The finished answer, where a model gave one.
  var result: CallResult?
  /// Why there is none.
  var error: CallError?
  /// What was tried.
  var attempts: [AttemptRecord] = []
  /// The bytes of the answer's body.
  var bytes = 0
  /// Whether the request log is to hold the bodies.
  var showsBodies = false
}

#endif
