/// Cuts a byte stream into the lines of JSON Lines, however its chunks are cut.
///
/// A line ends with LF, before which a CR may stand; a line of white space is skipped, and so is one
/// leading byte-order mark. Ill-formed UTF-8 becomes U+FFFD. Whether a line is JSON is not looked at.
/// It is used like ``ServerSentEventParser``, and its memory is bounded in the same way.
package struct JSONLineFramer: Sendable {
  /// One line without its end, valid until the framer's next `append` or `next`.
  package struct Line: Sendable, Hashable {
    /// Whether an LF ended the line; the last one of a stream need not have one.
    package let isTerminated: Bool
    let range: Range<Int>
    let isRewritten: Bool
  }

  private enum State: Sendable {
    case reading
    case ended
    case failed(FramingError)
  }

  private let limit: Int
  private var state = State.reading
  private var lines = LineReader(terminator: .lineFeed)
  private var rewritten: [UInt8] = []

  /// Makes a framer for one stream.
  ///
  /// - Parameter limit: The greatest length of a line in bytes.
  package init(limit: Int = 64 << 20) {
    self.limit = limit
  }

  /// Takes the next bytes of the stream; after ``finish()`` or an error they are ignored.
  package mutating func append(_ chunk: Span<UInt8>) {
    guard case .reading = state else { return }
    _ = lines.append(chunk, keepingFrom: lines.lineStart)
  }

  /// Says that the stream has ended; ``next()`` may still have lines to give.
  package mutating func finish() {
    guard case .reading = state else { return }
    state = .ended
  }

  /// The next line that is not blank; nil when that needs more bytes, or when the stream is over.
  ///
  /// - Throws: ``FramingError/tooLong(limit:)``, and again at each later call.
  package mutating func next() throws(FramingError) -> Line? {
    if case .failed(let error) = state { throw error }
    while let line = lines.nextLine() {
      try checkLength(line.content.count)
      if let line = self.line(line.content, isTerminated: true) { return line }
    }
    try checkLength(lines.bytes.count - lines.lineStart)
    if case .ended = state, let rest = lines.takeRest(),
      let line = line(rest, isTerminated: false)
    {
      return line
    }
    releaseRoom()
    return nil
  }

  /// Lends the bytes of the line that ``next()`` handed out last: well-formed UTF-8.
  package func withLine<Result, Failure>(
    _ line: Line, _ body: (_ text: Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let text = line.isRewritten ? rewritten : lines.bytes
    return try body(text.span.extracting(line.range))
  }

  private mutating func line(_ content: Range<Int>, isTerminated: Bool) -> Line? {
    var range = content
    if let last = range.last, lines.bytes[last] == .carriageReturn {
      range = range.lowerBound..<last
    }
    guard lines.bytes[range].contains(where: { !$0.isBlank }) else { return nil }
    let isUTF8 = lines.bytes.span.extracting(range).isUTF8
    if !isUTF8 {
      rewritten = .repaired(lines.bytes[range])
      range = rewritten.indices
    }
    return Line(isTerminated: isTerminated, range: range, isRewritten: !isUTF8)
  }

  private mutating func checkLength(_ length: Int) throws(FramingError) {
    guard length > limit else { return }
    let error = FramingError.tooLong(limit: limit)
    (lines, rewritten) = (LineReader(terminator: .lineFeed), [])
    state = .failed(error)
    throw error
  }

  private mutating func releaseRoom() {
    _ = lines.releaseRoom()
    if rewritten.capacity > LineReader.retainedCapacity { rewritten = [] }
  }
}

extension UInt8 {
  /// Whether the byte is white space of JSON that can stand within a line.
  fileprivate var isBlank: Bool { self == .space || self == .tab || self == .carriageReturn }
}
