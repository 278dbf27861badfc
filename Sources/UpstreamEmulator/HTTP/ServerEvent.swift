/// One event of a stream, before it becomes bytes.
struct ServerEvent: Sendable {
  var name: String
  var data: [UInt8]
  /// Bytes that are sent in place of the event, for faults that need an event which is none.
  var raw: [UInt8]?

  init(_ event: JSON) {
    name = event["type"]?.text ?? "message"
    data = event.bytes
  }

  init(name: String, data: [UInt8]) {
    self.name = name
    self.data = data
  }

  init(raw: [UInt8]) {
    name = ""
    data = []
    self.raw = raw
  }

  /// Whether nothing may follow this event in a correct stream.
  var isTerminal: Bool {
    ["response.completed", "response.incomplete", "response.failed", "error"].contains(name)
  }
}

/// How events are written.
struct EventFraming: Sendable {
  var lineEnd = "\n"
  var namesEvents = true
  var startsWithByteOrderMark = false
  var endsLastEvent = true
  /// The largest chunk; nil sends each event as one chunk in one write.
  var chunkSize: Int?

  static let plain = EventFraming()

  func bytes(of event: ServerEvent, isFirst: Bool, isLast: Bool) -> [UInt8] {
    if let raw = event.raw { return raw }
    var bytes: [UInt8] = startsWithByteOrderMark && isFirst ? [0xEF, 0xBB, 0xBF] : []
    if namesEvents { bytes += "event: \(event.name)\(lineEnd)".utf8 }
    bytes += "data: ".utf8
    bytes += event.data
    bytes += lineEnd.utf8
    if endsLastEvent || !isLast { bytes += lineEnd.utf8 }
    return bytes
  }
}
