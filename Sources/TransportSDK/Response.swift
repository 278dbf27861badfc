/// Status and headers of a response.
public struct ResponseHead: Sendable {
  /// The HTTP status.
  public let status: Int
  /// Lower-case names with their values, in wire order.
  public let headers: [(name: String, value: String)]
  /// What was asked: the operation's word.
  public let operation: String
  /// The model or deployment that was asked for, or empty.
  public let model: String
  /// The response that the request was about, or empty.
  public let responseID: String
  /// What ``ExchangeDraft/note(_:)`` kept when the exchange was described.
  public let notes: [String]

  /// States a head; for tests and for the entry code.
  public init(
    status: Int, headers: [(name: String, value: String)] = [], operation: String = "",
    model: String = "", responseID: String = "", notes: [String] = []
  ) {
    self.status = status
    self.headers = headers
    self.operation = operation
    self.model = model
    self.responseID = responseID
    self.notes = notes
  }

  /// The first value of a header; the name in lower case.
  public subscript(name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}

/// What a head says besides its framing.
public struct HeadFacts: Sendable, Hashable {
  /// What a head says of one rate limit; nil: not said.
  public struct RateLimit: Sendable, Hashable {
    /// What it counts: `requests`, `tokens`.
    public let unit: String
    /// How many a window allows.
    public let limit: Int64?
    /// How many are left.
    public let remaining: Int64?
    /// The time until it is whole again.
    public let reset: Duration?

    /// States a limit.
    public init(unit: String, limit: Int64?, remaining: Int64?, reset: Duration?) {
      self.unit = unit
      self.limit = limit
      self.remaining = remaining
      self.reset = reset
    }
  }

  /// The model that really answers, or empty.
  public var servedModel = ""
  /// The rate limits that the head tells of.
  public var rateLimits: [RateLimit] = []

  /// Nothing said.
  public init() {}
}

/// How the host cuts a body into frames.
public enum Framing: Int32, Sendable {
  /// A frame an event.
  case serverSentEvents = 1
  /// A frame a non-blank line.
  case jsonLines
  /// One frame, at the end.
  case whole
  /// As bytes arrive.
  case raw

  /// What a content type stands for; parameters after `;` do not count.
  public static func `default`(forContentType type: String) -> Framing {
    // As nearly every upstream writes them; to take a text apart costs a hundred times as much.
    if type == "application/json" { return .whole }
    if type == "text/event-stream" { return .serverSentEvents }
    let essence = type.split(separator: ";", maxSplits: 1).first.map { $0.lowercased() } ?? ""
    let trimmed = essence.filter { $0 != " " && $0 != "\t" }
    return switch trimmed {
    case "text/event-stream": .serverSentEvents
    case "application/x-ndjson", "application/jsonl", "application/json-lines": .jsonLines
    default: .whole
    }
  }
}

/// The canonical events that a frame gave.
public struct EventDraft: Sendable {
  /// One event; an empty name is the result object.
  public struct Event: Sendable, Hashable {
    /// The event's type.
    public let name: String
    /// Its JSON.
    public let data: [UInt8]
  }

  /// The events, in order.
  public private(set) var events: [Event] = []
  /// Whether the frame itself goes on as it came, before the events.
  public private(set) var isForwarded = false

  /// No events.
  public init() {}

  /// Emits an event, or with an empty name the result object.
  public mutating func emit(_ name: String, _ data: [UInt8]) {
    events.append(Event(name: name, data: data))
  }

  /// Passes the frame on as it came.
  public mutating func forward() {
    isForwarded = true
  }
}
