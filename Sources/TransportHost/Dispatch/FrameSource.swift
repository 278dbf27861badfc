package import ServerSentEvents

/// Cuts the body of one response into frames, as the transport chose.
///
/// Give it bytes, then take steps until it needs more.
package struct FrameSource {
  /// What there is to do next.
  package enum Step: Sendable, Hashable {
    /// A frame for the transport; one that stood last may be unterminated.
    case frame(isTerminated: Bool)
    /// A sign of life and nothing more.
    case comment
    /// More bytes are needed.
    case needsBytes
    /// The body is over.
    case ended
  }

  private enum Frame {
    case none
    case event(ServerSentEvent)
    case line(JSONLineFramer.Line)
    case bytes([UInt8])
  }

  /// The largest body that is held as a whole, in bytes: as large as an event may be.
  package static let wholeLimit = 64 << 20

  /// Most bytes of a stream without events that are kept to show what it was.
  private static let excerptLength = 2048

  /// How the body is cut: as the transport chose, or as its first bytes demand.
  package private(set) var framing: Framing
  /// The first bytes of what should be a stream and has not shown itself yet; nil once it has.
  private var start: [UInt8]?
  /// What began unlike an event stream and has held no event yet; nil otherwise.
  package private(set) var excerpt: [UInt8]?
  private var parser = ServerSentEventParser()
  private var framer = JSONLineFramer()
  private var held: [UInt8] = []
  private var frame = Frame.none
  private var isFinished = false

  /// Cuts a body that is to come.
  ///
  /// - Parameters:
  ///   - framing: What the transport chose.
  ///   - expectsStream: Whether a stream was asked for, so that the first bytes are looked at.
  package init(_ framing: Framing, expectsStream: Bool) {
    self.framing = framing
    start = expectsStream && (framing == .serverSentEvents || framing == .whole) ? [] : nil
  }

  /// Takes the next bytes.
  ///
  /// - Throws: ``FramingError`` when a whole body is too long.
  package mutating func append(_ chunk: [UInt8]) throws(FramingError) {
    guard var start else { return try take(chunk) }
    start += chunk
    self.start = start
    guard let kind = BodyStart(start) else { return }
    try begin(as: kind)
  }

  private mutating func begin(as kind: BodyStart) throws(FramingError) {
    guard let start else { return }
    framing = kind.framing(insteadOf: framing)
    if kind == .other, framing == .serverSentEvents { excerpt = [] }
    self.start = nil
    try take(start)
  }

  private mutating func take(_ chunk: [UInt8]) throws(FramingError) {
    switch framing {
    case .serverSentEvents:
      if let excerpt, excerpt.count < Self.excerptLength {
        self.excerpt = Array((excerpt + chunk).prefix(Self.excerptLength))
      }
      parser.append(chunk.span)
    case .jsonLines: framer.append(chunk.span)
    case .whole, .raw:
      guard held.count + chunk.count <= Self.wholeLimit else {
        throw FramingError.tooLong(limit: Self.wholeLimit)
      }
      if held.isEmpty { held = chunk } else { held += chunk }
    }
  }

  /// Says that the body ended in good order.
  package mutating func finish() {
    guard !isFinished else { return }
    // What never showed itself is short, and is what the transport said.
    if let start {
      self.start = nil
      try? take(start)
    }
    isFinished = true
    parser.finish()
    framer.finish()
    if framing == .whole {
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      frame = .bytes(held.starts(with: mark) ? Array(held.dropFirst(mark.count)) : held)
    }
  }

  /// The next step.
  ///
  /// - Throws: ``FramingError`` when an event or a line is too long, and again at each later call.
  package mutating func next() throws(FramingError) -> Step {
    switch framing {
    case .serverSentEvents:
      switch try parser.next() {
      case .event(let event):
        frame = .event(event)
        excerpt = nil
        return .frame(isTerminated: event.isTerminated)
      case .comment:
        excerpt = nil
        return .comment
      case nil: break
      }
    case .jsonLines:
      if let line = try framer.next() {
        frame = .line(line)
        return .frame(isTerminated: line.isTerminated)
      }
    case .raw:
      if !held.isEmpty {
        frame = .bytes(held)
        held = []
        return .frame(isTerminated: true)
      }
    case .whole:
      if case .bytes = frame, isFinished {
        return .frame(isTerminated: true)
      }
    }
    return isFinished ? .ended : .needsBytes
  }

  /// Lends the frame that the last step spoke of: its type and its data.
  package func withFrame<R>(_ body: (Span<UInt8>, Span<UInt8>) -> R) -> R {
    let nothing: [UInt8] = []
    switch frame {
    case .none: return body(nothing.span, nothing.span)
    case .event(let event): return parser.withEvent(event, body)
    case .line(let line): return framer.withLine(line) { body(nothing.span, $0) }
    case .bytes(let bytes): return body(nothing.span, bytes.span)
    }
  }

  /// The frame was read; a whole body is one frame and no more.
  package mutating func discardFrame() { frame = .none }
}
