/// One event of a stream, before it becomes bytes.
struct ServerEvent: Sendable {
  var name: String
  var data: [UInt8]
  /// Bytes that are sent in place of the event, for faults that need an event which is none.
  var raw: [UInt8]?

  init(_ event: JSON, escaped: Bool = false) {
    name = event["type"]?.text ?? "message"
    data = escaped ? event.escapedBytes : event.bytes
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
  var endsLastLine = true
  var colon = ": "
  /// Whether the data is written on two lines, cut after its first brace.
  var splitsData = false
  /// Lines before the data of each event.
  var extraLines: [String] = []
  /// The largest chunk; nil sends each event as one chunk in one write.
  var chunkSize: Int?

  static let plain = EventFraming()

  func bytes(of event: ServerEvent, isFirst: Bool, isLast: Bool) -> [UInt8] {
    if let raw = event.raw { return raw }
    var bytes: [UInt8] = startsWithByteOrderMark && isFirst ? [0xEF, 0xBB, 0xBF] : []
    if namesEvents { bytes += "event\(colon)\(event.name)\(lineEnd)".utf8 }
    for line in extraLines { bytes += "\(line)\(lineEnd)".utf8 }
    bytes += "data\(colon)".utf8
    bytes += splitsData ? split(event.data) : event.data
    if endsLastLine || !isLast { bytes += lineEnd.utf8 }
    if endsLastEvent || !isLast { bytes += lineEnd.utf8 }
    return bytes
  }

  // A line break is white space between two members, so the joined data means the same.
  private func split(_ data: [UInt8]) -> [UInt8] {
    guard let brace = data.firstIndex(of: UInt8(ascii: "{")) else { return data }
    return data[...brace] + Array("\(lineEnd)data\(colon)".utf8) + data[(brace + 1)...]
  }
}
