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
  /// The port of the listener.
  package var port: UInt16 = 0
  /// When it had arrived, on the listener's clock: the time since 1970.
  package var time = Duration.zero
  /// When it had arrived, for the order among listeners.
  package var arrival = ContinuousClock.now

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

/// One reply that has ended, and how.
package struct EndedReply: Sendable {
  /// What it answered.
  package let request: RecordedRequest
  /// The status that was meant, also where a fault kept it from being sent.
  package let status: Int
  /// How many events were written; an event that was cut into chunks counts once for each.
  package let events: Int
  /// Whether the client went away before all was written.
  package let clientLeft: Bool
}

/// How many replies of a listener were under way at once.
package struct ReplyLoad: Sendable, Hashable {
  /// Now.
  package var now = 0
  /// At most, since it was started.
  package var most = 0
}

/// What arrived, in order, for tests to assert on.
final class RequestLog: Sendable {
  private let limit: Int
  private let records = Mutex<[RecordedRequest]>([])
  private let replies = Mutex(ReplyLoad())

  init(limit: Int) {
    self.limit = limit
  }

  var all: [RecordedRequest] { records.withLock { $0 } }
  var load: ReplyLoad { replies.withLock { $0 } }

  /// A reply begins.
  func replyBegan() {
    replies.withLock { load in
      load.now += 1
      load.most = max(load.most, load.now)
    }
  }

  /// A reply is about to end.
  func replyEnds() { replies.withLock { $0.now -= 1 } }

  func append(_ record: RecordedRequest) {
    guard limit > 0 else { return }
    records.withLock { records in
      // Dropping half at once keeps the cost of a full log constant per request.
      if records.count >= limit { records.removeFirst(max(1, limit / 2)) }
      records.append(record)
    }
  }
}
