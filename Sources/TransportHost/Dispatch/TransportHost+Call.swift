extension TransportHost {
  /// Sends a call and waits for the whole answer.
  ///
  /// - Throws: ``CallError``: what, where, why, and what was tried.
  public func respond(to request: CallRequest) async throws(CallError) -> CallResult {
    let events = try await stream(request)
    for try await _ in events {}
    guard let result = events.result else {
      throw CallError(.internal, "the answer ended without a result")
    }
    return result
  }

  /// Sends a call and hands out the answer's events as they arrive.
  ///
  /// It returns when part of the answer is there, and not before: until then a failure may be met with
  /// another attempt. A request that asks for no stream gives one event without a type: the result
  /// object.
  ///
  /// - Throws: ``CallError`` when there is no answer at all.
  public func stream(_ request: CallRequest) async throws(CallError) -> ResponseEvents {
    var loop = try AttemptLoop(request, host: self)
    return try await loop.run()
  }
}
