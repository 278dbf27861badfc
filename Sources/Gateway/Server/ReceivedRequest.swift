/// A request with all of its body, as a client sent it.
final class ReceivedRequest: Sendable {
  let endpoint: Endpoint
  let method: String
  let target: RequestTarget
  /// The target as the client wrote it.
  let line: String
  let headers: [(name: String, value: String)]
  let body: [UInt8]
  let client: ClientTable.Client

  /// States a request.
  ///
  /// - Parameters:
  ///   - head: Its head as it came.
  ///   - admitted: What it asks, and who.
  ///   - body: All of its body.
  init(_ head: Admission.Head, _ admitted: Admission.Request, body: [UInt8]) {
    (endpoint, target, client) = (admitted.endpoint, admitted.target, admitted.client)
    (method, line, headers) = (head.method, head.target, head.headers)
    self.body = body
  }

  /// The value of a header by its name in lower case; of several the first.
  func header(_ name: StaticString) -> String? { HeaderField.value(name, in: headers) }
}
