import JSONText

/// A failure that the upstream reported, in one event or in a pair.
struct ReportedFailure: Sendable {
  /// What is known of it; nil while no event told.
  private(set) var error: ResponseError?
  /// The data of a `response.failed` that carries a response object.
  private var failedEvent: [UInt8]?
  /// The error that `failedEvent` carries itself.
  private var failedEventError: ResponseError?
  /// The data of an `error` event.
  private var errorEvent: [UInt8]?

  /// Whether no second event is needed to tell what happened.
  var isTelling: Bool { error?.isTelling ?? false }

  /// A failure that is told by a response object elsewhere than in a `response.failed`.
  init(_ error: ResponseError?) {
    self.error = error
  }

  init(_ event: ReceivedEvent, data: Span<UInt8>) {
    self.init(nil)
    add(event, data: data)
  }

  /// Takes in what `event`, a `response.failed` or an `error`, tells of the same failure.
  mutating func add(_ event: ReceivedEvent, data: Span<UInt8>) {
    let told: ResponseError?
    if event.kind == .failed, let response = event.response {
      told = response.member("error", in: data).flatMap { ResponseError($0, in: data) }
      (failedEvent, failedEventError) = ([UInt8](data, in: data.indices), told)
    } else {
      told = ResponseError(in: event.root, of: data)
      if event.kind == .error { errorEvent = [UInt8](data, in: data.indices) }
    }
    error = error?.merged(with: told) ?? told
  }

  /// The one terminal event that stands for the failure.
  ///
  /// - Parameters:
  ///   - lastResponse: The response object seen last, in JSON; nil when none was.
  ///   - number: The sequence number for an event that has to be made.
  /// - Returns: The upstream's own bytes where they say all there is to say.
  func terminalEvent(lastResponse: [UInt8]?, number: Int) -> ResponseStreamAction.TerminalEvent {
    let error = error ?? .untold
    if let failedEvent {
      let isWhole = failedEventError.map(error.says) ?? false
      return .emitted(
        type: "response.failed", data: isWhole ? failedEvent : completed(failedEvent, with: error))
    }
    if let lastResponse {
      let response = ResponseObject.failed(lastResponse.span, with: error)
      return .emitted(
        type: "response.failed",
        data: EventText.event("response.failed", number: number, response: response))
    }
    if let errorEvent, isTyped(errorEvent) { return .emitted(type: "error", data: errorEvent) }
    return .emitted(type: "error", data: EventText.error(error, number: number))
  }

  private func completed(_ event: [UInt8], with error: ResponseError) -> [UInt8] {
    guard let index = try? JSONText.index(event.span),
      let response = index.root.member("response", in: event.span)
    else { return event }
    var edit = JSONObjectEdit(response, in: event.span)
    edit.set("error", to: error.literal, in: event.span)
    return edit.bytes(of: event.span)
  }

  // A reader that goes by the JSON alone finds the type only there.
  private func isTyped(_ event: [UInt8]) -> Bool {
    guard let root = try? JSONText.validate(event.span) else { return false }
    return root.member("type", in: event.span)?.isString("error", in: event.span) ?? false
  }
}
