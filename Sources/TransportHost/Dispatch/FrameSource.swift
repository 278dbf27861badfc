internal import ServerSentEvents

/// Cuts the body of one response into frames, as the transport chose.
///
/// Give it bytes, then take steps until it needs more.
struct FrameSource {
  /// What there is to do next.
  enum Step {
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
  static let wholeLimit = 64 << 20

  private let framing: Framing
  private var parser = ServerSentEventParser()
  private var framer = JSONLineFramer()
  private var held: [UInt8] = []
  private var frame = Frame.none
  private var isFinished = false

  init(_ framing: Framing) { self.framing = framing }

  /// Takes the next bytes.
  mutating func append(_ chunk: [UInt8]) throws(FramingError) {
    switch framing {
    case .serverSentEvents: parser.append(chunk.span)
    case .jsonLines: framer.append(chunk.span)
    case .whole, .raw:
      guard held.count + chunk.count <= Self.wholeLimit else {
        throw FramingError.tooLong(limit: Self.wholeLimit)
      }
      if held.isEmpty { held = chunk } else { held += chunk }
    }
  }

  /// The body ended in good order.
  mutating func finish() {
    guard !isFinished else { return }
    isFinished = true
    parser.finish()
    framer.finish()
    if framing == .whole { frame = .bytes(held) }
  }

  /// The next step.
  mutating func next() throws(FramingError) -> Step {
    switch framing {
    case .serverSentEvents:
      switch try parser.next() {
      case .event(let event):
        frame = .event(event)
        return .frame(isTerminated: event.isTerminated)
      case .comment: return .comment
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
  func withFrame<R>(_ body: (Span<UInt8>, Span<UInt8>) -> R) -> R {
    let nothing: [UInt8] = []
    switch frame {
    case .none: return body(nothing.span, nothing.span)
    case .event(let event): return parser.withEvent(event, body)
    case .line(let line): return framer.withLine(line) { body(nothing.span, $0) }
    case .bytes(let bytes): return body(nothing.span, bytes.span)
    }
  }

  /// The frame was read; a whole body is one frame and no more.
  mutating func discardFrame() { frame = .none }
}
