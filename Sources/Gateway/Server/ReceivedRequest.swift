/// A request with all of its body, as a client sent it.
struct ReceivedRequest: Sendable {
  let endpoint: Endpoint
  let method: String
  let target: RequestTarget
  /// The target as the client wrote it.
  let line: String
  let headers: [(name: String, value: String)]
  let body: [UInt8]
  let client: ClientTable.Client

  /// The value of a header by its name in lower case; of several the first.
  func header(_ name: StaticString) -> String? { HeaderField.value(name, in: headers) }
}
