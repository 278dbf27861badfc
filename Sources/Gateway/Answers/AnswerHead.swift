#if Gateway
internal import NIOHTTP1
internal import TransportHost

/// The head of an answer that an upstream gave.
enum AnswerHead {
  /// Its status, the headers that may be passed on, and who answers.
  static func of(_ events: ResponseEvents, requestID: String) -> HTTPResponseHead {
    var headers = HTTPHeaders()
    headers.reserveCapacity(24)
    var hasRequestID = false
    for (name, value) in HeaderRule.passed(events.headers) {
      hasRequestID = hasRequestID || name == "x-request-id"
      headers.add(name: name, value: value)
    }
    // Some upstreams say otherwise, and what the host made of it is this.
    let type = events.isStream ? "text/event-stream" : "application/json"
    if headers.first(name: "content-type")?.lowercased().hasPrefix(type) != true {
      headers.replaceOrAdd(name: "content-type", value: "\(type); charset=utf-8")
    }
    // The official clients show this one with each error and answer.
    if !hasRequestID { headers.add(name: "x-request-id", value: requestID) }
    headers.add(name: HeaderName.requestID, value: requestID)
    let isOver = events.result != nil
    headers.add(
      name: HeaderName.attempts,
      value: AttemptHeader.text(events.attempts, open: isOver ? nil : events.target))
    return HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: events.status), headers: headers)
  }
}
#endif
