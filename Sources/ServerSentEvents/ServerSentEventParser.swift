/// Cuts a byte stream into server-sent events, however its chunks are cut.
///
/// Give it a chunk, then take what it makes possible until there is nothing left:
///
///     parser.append(chunk)
///     while let step = try parser.next() { … }
///
/// It follows the event stream rules of the HTML standard: lines end with LF, CR or CRLF, one leading
/// byte-order mark is dropped, several data lines are joined with LF, an event without a data line is
/// none, and ill-formed UTF-8 becomes U+FFFD, so that well-formed UTF-8 leaves. It departs from them
/// in one thing: what stands unterminated at the end of the stream is handed out, marked so.
///
/// Used as above it holds at most one chunk and the unfinished event, and an event longer than the
/// limit is an error. Lines before the first `event` or `data` line are no part of an event.
///
/// - Source: <https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream>
package struct ServerSentEventParser: Sendable {
  /// What the stream has said next.
  package enum Step: Sendable, Hashable {
    /// An event ended.
    case event(ServerSentEvent)
    /// A comment line came: a sign of life, and nothing more.
    case comment
  }

  private enum State: Sendable {
    /// Bytes may follow: to `ended` or `failed`.
    case reading
    /// No byte will follow, and what is left has yet to be read: to `failed`, or stays.
    case ended
    /// Final.
    case failed(FramingError)
  }

  /// The id that the latest event carried or inherited; empty when none did.
  package private(set) var lastEventID = ""
  /// The wait before a reconnection that the stream asked for; nil when it did not.
  package private(set) var reconnectionTime: Duration?

  private let limit: Int
  private var state = State.reading
  private var lines = LineReader(terminator: .any)
  private var unfinished = UnfinishedEvent()
  private var unfinishedID = ""
  /// Data and type of an event that cannot be lent from where its bytes came in.
  private var rewritten: [UInt8] = []

  /// Makes a parser for one stream.
  ///
  /// - Parameter limit: The greatest length in bytes of an event, counted from its first `event` or
  ///   `data` line, and of any line. Upstreams put whole images into one event, so that a small limit
  ///   breaks sound streams.
  package init(limit: Int = 64 << 20) {
    self.limit = limit
  }

  /// Takes the next bytes of the stream; after ``finish()`` or an error they are ignored.
  ///
  /// Call ``next()`` until it returns nil before the next chunk: that is what bounds the memory.
  package mutating func append(_ chunk: Span<UInt8>) {
    guard case .reading = state else { return }
    let dropped = lines.append(chunk, keepingFrom: unfinished.start ?? lines.lineStart)
    unfinished.shift(by: dropped)
  }

  /// Says that the stream has ended; ``next()`` may still have something to give.
  package mutating func finish() {
    guard case .reading = state else { return }
    state = .ended
  }

  /// The next event or comment; nil when that needs more bytes, or when the stream is over.
  ///
  /// - Throws: ``FramingError/tooLong(limit:)``, and again at each later call.
  package mutating func next() throws(FramingError) -> Step? {
    if case .failed(let error) = state { throw error }
    while let line = lines.nextLine() {
      try checkLength(from: line.content.lowerBound, to: line.content.upperBound)
      if let step = step(after: line) { return step }
    }
    try checkLength(from: lines.lineStart, to: lines.bytes.count)
    if case .ended = state, let event = unterminatedEvent() { return .event(event) }
    releaseRoom()
    return nil
  }

  /// Lends the type and the data of the event that ``next()`` handed out last.
  ///
  /// The type is as the stream named it, and empty where it did not, which means `message`. Both are
  /// well-formed UTF-8.
  package func withEvent<Result, Failure>(
    _ event: ServerSentEvent,
    _ body: (_ type: Span<UInt8>, _ data: Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let text = event.isRewritten ? rewritten : lines.bytes
    return try body(text.span.extracting(event.type), text.span.extracting(event.data))
  }

  /// Lends the bytes of the event that ``next()`` handed out last, as they came in.
  ///
  /// They are there for an event whose ``ServerSentEvent/isCanonical`` is true; for another the
  /// bytes are empty.
  package func withFrame<Result, Failure>(
    of event: ServerSentEvent, _ body: (_ frame: Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let text = lines.bytes
    return try body(text.span.extracting(event.frame ?? 0..<0))
  }
}

// MARK: - Fields

extension ServerSentEventParser {
  private mutating func step(after line: LineReader.Line) -> Step? {
    guard !line.content.isEmpty else {
      return event(endingAt: line).map(Step.event)
    }
    let field = ServerSentEventField(line: line.content, in: lines.bytes.span)
    add(field, of: line)
    return field.name == .comment ? .comment : nil
  }

  private mutating func add(_ field: ServerSentEventField, of line: LineReader.Line) {
    switch field.name {
    case .data:
      unfinished.add(data: field, of: line)
      joinData(with: field.value)
    case .event: unfinished.add(type: field, of: line)
    case .id:
      unfinished.addOther()
      let value = lines.bytes[field.value]
      if !value.contains(0) { unfinishedID = String(decoding: value, as: UTF8.self) }
    case .retry:
      unfinished.addOther()
      reconnectionTime = Duration(milliseconds: lines.bytes[field.value]) ?? reconnectionTime
    case .comment, nil: unfinished.addOther()
    }
  }

  private mutating func joinData(with value: Range<Int>) {
    guard unfinished.dataLines > 1 else { return }
    if unfinished.dataLines == 2 { startRewriting() }
    rewritten.append(.lineFeed)
    rewritten.append(contentsOf: lines.bytes[value])
  }

  private mutating func startRewriting() {
    rewritten.removeAll(keepingRoom: LineReader.retainedCapacity)
    rewritten.append(contentsOf: lines.bytes[unfinished.data])
  }
}

// MARK: - Events

extension ServerSentEventParser {
  private mutating func event(endingAt line: LineReader.Line) -> ServerSentEvent? {
    defer { unfinished = UnfinishedEvent() }
    lastEventID = unfinishedID
    guard let start = unfinished.start, unfinished.dataLines > 0 else { return nil }
    let isCanonical = unfinished.isCanonical && line.endsWithLineFeed
    return event(frame: isCanonical ? start..<lines.lineStart : nil, isTerminated: true)
  }

  private mutating func unterminatedEvent() -> ServerSentEvent? {
    if let rest = lines.takeRest() {
      let line = LineReader.Line(content: rest, endsWithLineFeed: false)
      add(ServerSentEventField(line: rest, in: lines.bytes.span), of: line)
    }
    defer { unfinished = UnfinishedEvent() }
    return unfinished.dataLines > 0 ? event(frame: nil, isTerminated: false) : nil
  }

  private mutating func event(frame: Range<Int>?, isTerminated: Bool) -> ServerSentEvent {
    let (type, data) = (unfinished.type, unfinished.data)
    let isJoined = unfinished.dataLines > 1
    let isDataUTF8 =
      isJoined ? rewritten.span.isUTF8 : lines.bytes.span.extracting(data).isUTF8
    let isUTF8 = isDataUTF8 && lines.bytes.span.extracting(type).isUTF8
    guard isJoined || !isUTF8 else {
      return ServerSentEvent(
        isTerminated: isTerminated, type: type, data: data, frame: frame, isRewritten: false)
    }
    if !isJoined { startRewriting() }
    if !isUTF8 { rewritten = .repaired(rewritten) }
    let dataEnd = rewritten.count
    rewritten.append(contentsOf: isUTF8 ? [UInt8](lines.bytes[type]) : .repaired(lines.bytes[type]))
    return ServerSentEvent(
      isTerminated: isTerminated,
      type: dataEnd..<rewritten.count,
      data: 0..<dataEnd,
      frame: isUTF8 ? frame : nil,
      isRewritten: true)
  }
}

// MARK: - Bounds

extension ServerSentEventParser {
  private mutating func checkLength(
    from lineStart: Int, to end: Int
  ) throws(FramingError) {
    guard end - (unfinished.start ?? lineStart) > limit else { return }
    let error = FramingError.tooLong(limit: limit)
    (lines, unfinished, rewritten) = (LineReader(terminator: .any), UnfinishedEvent(), [])
    state = .failed(error)
    throw error
  }

  private mutating func releaseRoom() {
    guard unfinished.start == nil else { return }
    _ = lines.releaseRoom()
    if rewritten.capacity > LineReader.retainedCapacity { rewritten = [] }
  }
}

extension Duration {
  /// The time that a `retry` field asks for: ASCII digits and nothing else; nil for another value.
  fileprivate init?(milliseconds digits: some Collection<UInt8>) {
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    self = .milliseconds(Int64(String(decoding: digits, as: UTF8.self)) ?? .max)
  }
}
