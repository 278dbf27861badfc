/// Cuts the bytes of a stream into lines, and keeps those bytes that are still needed.
///
/// Offsets count from the first byte kept; ``append(_:keepingFrom:)`` says by how much they shrink.
struct LineReader: Sendable {
  /// What ends a line.
  enum Terminator: Sendable {
    /// LF, CR, or CR and LF.
    case any
    /// LF alone; a CR is a byte like others.
    case lineFeed
  }

  /// One line without its end.
  struct Line {
    let content: Range<Int>
    /// Whether one LF ended it, and no CR.
    let endsWithLineFeed: Bool
  }

  // An idle stream keeps no more room than this, so that thousands of them stay small; most events
  // of a token stream come alone in chunks of a few hundred bytes.
  static var retainedCapacity: Int { 4096 }

  private(set) var bytes: [UInt8] = []
  /// Where the line that has not ended starts.
  private(set) var lineStart = 0

  private let terminator: Terminator
  /// How far the unfinished line is known to hold no end.
  private var scanned = 0
  /// Whether a CR ended the last line, so that an LF right after it belongs to that end.
  private var skipsLineFeed = false
  /// Whether the stream may still turn out to begin with a byte-order mark.
  private var isAtStart = true

  init(terminator: Terminator) {
    self.terminator = terminator
  }

  /// Adds a chunk, and drops what is no longer needed where that is cheap.
  ///
  /// - Parameters:
  ///   - chunk: The bytes to add.
  ///   - needed: The offset of the first byte to keep, at most ``lineStart``.
  /// - Returns: How many bytes were dropped at the front.
  mutating func append(_ chunk: Span<UInt8>, keepingFrom needed: Int) -> Int {
    let dropped = drop(upTo: needed)
    bytes.append(addingCapacity: chunk.count) { room in
      for offset in chunk.indices { room.append(chunk[offset]) }
    }
    return dropped
  }

  // Moving what is kept only when it is the smaller half makes the total cost of moves linear.
  private mutating func drop(upTo needed: Int) -> Int {
    guard needed > 0, needed >= bytes.count - needed else { return 0 }
    if needed == bytes.count {
      bytes.removeAll(keepingRoom: Self.retainedCapacity)
    } else {
      bytes.removeSubrange(..<needed)
    }
    lineStart -= needed
    scanned -= needed
    return needed
  }

  /// The next line that has ended; nil when that needs more bytes.
  mutating func nextLine() -> Line? {
    if isAtStart, !skipByteOrderMark() { return nil }
    if skipsLineFeed, !skipLineFeed() { return nil }
    let end =
      switch terminator {
      case .any: bytes.span.lineEnd(from: scanned)
      case .lineFeed: bytes.span.lineFeed(from: scanned)
      }
    guard let end else {
      scanned = bytes.count
      return nil
    }
    let line = Line(content: lineStart..<end, endsWithLineFeed: bytes[end] == .lineFeed)
    skipsLineFeed = !line.endsWithLineFeed
    lineStart = end + 1
    scanned = lineStart
    return line
  }

  /// What stands behind the last line end of a stream that has ended; nil when nothing does.
  ///
  /// It is asked for when ``nextLine()`` has none left.
  mutating func takeRest() -> Range<Int>? {
    guard lineStart < bytes.count else { return nil }
    defer { (lineStart, scanned) = (bytes.count, bytes.count) }
    return lineStart..<bytes.count
  }

  /// Frees large room once every byte was read.
  ///
  /// - Returns: Whether it did, so that every offset is 0 now.
  mutating func releaseRoom() -> Bool {
    guard lineStart == bytes.count, bytes.capacity > Self.retainedCapacity else { return false }
    (bytes, lineStart, scanned) = ([], 0, 0)
    return true
  }

  // Returns whether it is known if the stream begins with the mark; it is one only as a whole.
  private mutating func skipByteOrderMark() -> Bool {
    let mark: [UInt8] = .byteOrderMark
    if bytes.starts(with: mark) {
      (lineStart, scanned) = (mark.count, mark.count)
    } else if mark.starts(with: bytes) {
      return false
    }
    isAtStart = false
    return true
  }

  // Returns whether the byte after the CR has come.
  private mutating func skipLineFeed() -> Bool {
    guard lineStart < bytes.count else { return false }
    if bytes[lineStart] == .lineFeed {
      lineStart += 1
      scanned = lineStart
    }
    skipsLineFeed = false
    return true
  }
}

extension [UInt8] {
  /// Empties the array and keeps its room unless that is larger than `capacity`.
  mutating func removeAll(keepingRoom capacity: Int) {
    if self.capacity > capacity {
      self = []
    } else {
      removeAll(keepingCapacity: true)
    }
  }
}
