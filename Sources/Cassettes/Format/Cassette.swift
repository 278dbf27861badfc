/// One exchange as it was recorded: a request, and what was answered when.
package struct Cassette: Sendable, Hashable {
  /// The file that it was read from, for messages.
  package let file: String
  /// What the client asked, without secrets.
  package let request: CassetteRequest
  /// The head of the answer; nil when the exchange ended before it.
  package let response: CassetteResponse?
  /// The writes of the answer's body, in order.
  package let writes: [CassetteWrite]
  /// How it ended.
  package let ending: CassetteEnding
  /// When it ended, counted from the request; of a recording without an end, when it last wrote.
  package let end: Duration

  /// Puts together a recording whose parts are known.
  package init(
    file: String, request: CassetteRequest, response: CassetteResponse?, writes: [CassetteWrite],
    ending: CassetteEnding, end: Duration
  ) {
    self.file = file
    self.request = request
    self.response = response
    self.writes = writes
    self.ending = ending
    self.end = end
  }

  /// The headers to answer with.
  ///
  /// What belongs to the recorded connection is left out, and a `content-length` is that of the
  /// writes where the answer is whole: a secret that was scrubbed had another length. Of an answer
  /// that was cut it stays, since that is how a client sees the cut.
  /// - Source: RFC 9110, section 7.6.1: the fields of a connection.
  package var headersForReplay: [CassetteHeader] {
    let length = writes.reduce(0) { $0 + $1.bytes.count }
    return (response?.headers ?? []).compactMap { header in
      if Self.connectionFields.contains(header.name) { return nil }
      guard header.name == "content-length", ending == .complete, !hasNoBody else { return header }
      return CassetteHeader(header.name, String(length))
    }
  }

  /// Whether a length in the head is not that of a body.
  private var hasNoBody: Bool { request.method == "HEAD" || response?.status == 304 }

  private static let connectionFields: Set = [
    "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
  ]
}

/// A header, in the order in which it stood.
package struct CassetteHeader: Sendable, Hashable {
  /// Lower case.
  package let name: String
  /// As it was sent.
  package let value: String

  /// A header; the name is made lower case.
  package init(_ name: String, _ value: String) {
    self.name = name.lowercased()
    self.value = value
  }
}

/// What a client asked.
package struct CassetteRequest: Sendable, Hashable {
  /// As it was sent, such as `POST`.
  package let method: String
  /// Path and query, such as `/v1/responses?x=1`.
  package let target: String
  /// In their order.
  package let headers: [CassetteHeader]
  /// The whole body; empty when there is none.
  package let body: [UInt8]

  /// A request.
  package init(method: String, target: String, headers: [CassetteHeader], body: [UInt8]) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

/// The head of an answer.
package struct CassetteResponse: Sendable, Hashable {
  /// The HTTP status, of three digits.
  package let status: Int
  /// In their order.
  package let headers: [CassetteHeader]
  /// When it was sent, counted from the request.
  package let time: Duration

  /// A head.
  package init(status: Int, headers: [CassetteHeader], time: Duration) {
    self.status = status
    self.headers = headers
    self.time = time
  }
}

/// A piece of the body, as it was sent at once.
package struct CassetteWrite: Sendable, Hashable {
  /// When it was sent, counted from the request.
  package let time: Duration
  /// What was sent; never empty.
  package let bytes: [UInt8]

  /// A piece of the body.
  package init(time: Duration, bytes: [UInt8]) {
    self.time = time
    self.bytes = bytes
  }
}

/// How an exchange ended.
package enum CassetteEnding: String, Sendable, Hashable, CaseIterable {
  /// The whole answer was sent.
  case complete
  /// It broke off before its end, or the recording did.
  case cut
  /// The client went away.
  case cancelled
}
