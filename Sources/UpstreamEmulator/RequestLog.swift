import Synchronization

/// One request as it arrived on the wire.
package struct RecordedRequest: Sendable {
  /// Which listener took it.
  package let upstream: EmulatedUpstream
  /// Which connection of that listener carried it, counted from 1.
  package let connection: Int
  /// The method, as written.
  package let method: String
  /// The request target, as written: path and query, still encoded.
  package let target: String
  /// Header names in lower case and values, in the order they were sent.
  package let headers: [(name: String, value: String)]
  /// The body, without its transfer coding.
  package let body: [UInt8]

  /// The value of the first header of this name.
  ///
  /// - Parameter name: In lower case.
  /// - Returns: The value without white space around it, or nil when there is no such header.
  package func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }

  /// The body as JSON, or nil when it is none.
  package var json: JSON? { try? JSON(parsing: body) }
}

/// What arrived, in order, for tests to assert on.
final class RequestLog: Sendable {
  private let limit: Int
  private let records = Mutex<[RecordedRequest]>([])

  init(limit: Int) {
    self.limit = limit
  }

  var all: [RecordedRequest] { records.withLock { $0 } }

  func append(_ record: RecordedRequest) {
    guard limit > 0 else { return }
    records.withLock { records in
      // Dropping half at once keeps the cost of a full log constant per request.
      if records.count >= limit { records.removeFirst(max(1, limit / 2)) }
      records.append(record)
    }
  }
}
