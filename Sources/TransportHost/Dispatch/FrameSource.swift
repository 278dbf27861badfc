internal import CurlHTTP
internal import ServerSentEvents

/// Cuts the body of one response into frames, as the transport chose.
struct FrameSource {
  /// What there is to do next.
  enum Step {
    /// A frame for the transport.
    case frame(isTerminated: Bool)
    /// A sign of life and nothing more.
    case comment
    /// More bytes are needed.
    case needsBytes
    /// The body is over.
    case ended
  }

  private enum Cutter {
    case events(ServerSentEventParser, current: ServerSentEvent?)
    case lines(JSONLineFramer)
    case whole([UInt8], isHandedOut: Bool)
    case raw([UInt8]?)
  }

  /// The largest body that is held as a whole, in bytes: our choice, as for an event.
  static let wholeLimit = 64 << 20

  private var cutter: Cutter
  private var isFinished = false

  init(_ framing: Framing) {
    cutter =
      switch framing {
      case .serverSentEvents: .events(ServerSentEventParser(), current: nil)
      case .jsonLines: .lines(JSONLineFramer())
      case .whole: .whole([], isHandedOut: false)
      case .raw: .raw(nil)
      }
  }

  /// Takes the next bytes.
  mutating func append(_ chunk: [UInt8]) throws(FramingError) {
    switch cutter {
    case .events(var parser, let current):
      cutter = .raw(nil)
      parser.append(chunk.span)
      cutter = .events(parser, current: current)
    case .lines(var framer):
      cutter = .raw(nil)
      framer.append(chunk.span)
      cutter = .lines(framer)
    case .whole(var body, _):
      cutter = .raw(nil)
      guard body.count + chunk.count <= Self.wholeLimit else {
        throw FramingError.tooLong(limit: Self.wholeLimit)
      }
      if body.isEmpty { body = chunk } else { body += chunk }
      cutter = .whole(body, isHandedOut: false)
    case .raw: cutter = .raw(chunk)
    }
  }

  /// The body ended in good order.
  mutating func finish() {
    isFinished = true
    switch cutter {
    case .events(var parser, let current):
      parser.finish()
      cutter = .events(parser, current: current)
    case .lines(var framer):
      framer.finish()
      cutter = .lines(framer)
    case .whole, .raw: break
    }
  }

  /// The next step.
  mutating func next() throws(FramingError) -> Step {
    switch cutter {
    case .events(var parser, _):
      cutter = .raw(nil)
      let step = try parser.next()
      switch step {
      case .event(let event):
        cutter = .events(parser, current: event)
        return .frame(isTerminated: event.isTerminated)
      case .comment:
        cutter = .events(parser, current: nil)
        return .comment
      case nil:
        cutter = .events(parser, current: nil)
      }
    case .lines(var framer):
      cutter = .raw(nil)
      let line = try framer.next()
      cutter = .lines(framer)
      if let line { return .frame(isTerminated: line.isTerminated) }
    case .whole(let body, let isHandedOut):
      if isFinished, !isHandedOut {
        cutter = .whole(body, isHandedOut: true)
        return .frame(isTerminated: true)
      }
    case .raw(let chunk):
      if chunk != nil { return .frame(isTerminated: true) }
    }
    return isFinished ? .ended : .needsBytes
  }

  /// Lends the frame that ``next()`` spoke of: its type and its data.
  mutating func withFrame<R>(_ body: (Span<UInt8>, Span<UInt8>) -> R) -> R {
    let none: [UInt8] = []
    switch cutter {
    case .events(let parser, let event?): return parser.withEvent(event, body)
    case .lines(let framer): return framer.withLine { body(none.span, $0) }
    case .whole(let whole, _): return body(none.span, whole.span)
    case .raw(let chunk?):
      cutter = .raw(nil)
      return body(none.span, chunk.span)
    case .events, .raw: return body(none.span, none.span)
    }
  }
}
