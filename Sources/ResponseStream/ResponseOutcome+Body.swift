import JSONText

extension ResponseOutcome {
  /// Judges the whole body that answers a request for no stream.
  ///
  /// It is meant for the operation that creates a response. What other operations answer, such as
  /// lists and deletions, passes as completed when it comes here.
  ///
  /// - Parameter body: The body of a reply with a good status.
  package init(ofBody body: Span<UInt8>) {
    guard let root = try? JSONText.validate(body), root.kind == .object else {
      self.init(.malformed, error: .malformedBody(body))
      return
    }
    guard let response = ResponseObject(ofUnknown: root, in: body) else {
      self.init(ofOther: root, in: body)
      return
    }
    switch response.state {
    case .completed: self.init(.completed, response)
    case .pending: self.init(.accepted, response)
    case .incomplete(let reason): self.init(.incomplete(reason: reason), response)
    case .failed(let error): self.init(.failed, response, error: error ?? .untold)
    }
  }

  /// Judges the whole body of an operation on what is already there, as reading a stored response.
  ///
  /// What the stored response says of itself, a failure included, is the answer and not an error.
  ///
  /// - Parameter body: The body of a reply with a good status.
  package init(ofStored body: Span<UInt8>) {
    let isObject = (try? JSONText.validate(body))?.kind == .object
    self.init(isObject ? .completed : .malformed, error: isObject ? nil : .malformedBody(body))
  }

  /// An answer that was asked for as a whole and broke off.
  ///
  /// - Parameter error: The cause, with one of the host's codes.
  package init(brokenBy error: ResponseError) {
    self.init(.truncated, error: error)
  }

  private init(ofOther root: JSONValue, in body: Span<UInt8>) {
    if let error = ResponseError(in: root, of: body) {
      self.init(.failed, error: error)
    } else if root.member("object", in: body)?.kind == .string {
      self.init(.completed)
    } else {
      self.init(.malformed, error: .malformedBody(body))
    }
  }

  private init(_ kind: Kind, _ response: ResponseObject? = nil, error: ResponseError? = nil) {
    self.init(
      kind: kind, error: error, responseID: response?.id, model: response?.model,
      usage: response?.usage, eventCount: 0, isCommitted: false,
      restored: nil)
  }
}
