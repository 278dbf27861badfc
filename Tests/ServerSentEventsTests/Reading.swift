import ServerSentEvents

/// What a parser made of a whole stream.
struct Reading: Equatable {
  struct Event: Equatable {
    var type = ""
    var data: [UInt8] = []
    var id = ""
    var isTerminated = true
    /// The bytes as they came in, where they are canonical.
    var frame: [UInt8]?

    var text: String { String(decoding: data, as: UTF8.self) }
  }

  var events: [Event] = []
  var comments = 0
  var reconnectionTime: Duration?
  var error: FramingError?

  var terminated: [Event] { events.filter(\.isTerminated) }

  /// Reads `chunks` in turn and then the end.
  init(_ chunks: some Sequence<ArraySlice<UInt8>>, limit: Int = 1 << 20) {
    var parser = ServerSentEventParser(limit: limit)
    do {
      for chunk in chunks {
        parser.append(chunk.span)
        try take(from: &parser)
      }
      parser.finish()
      try take(from: &parser)
    } catch {
      self.error = error
    }
    reconnectionTime = parser.reconnectionTime
  }

  init(_ text: String, limit: Int = 1 << 20) {
    self.init([Array(text.utf8)[...]], limit: limit)
  }

  private mutating func take(
    from parser: inout ServerSentEventParser
  ) throws(FramingError) {
    while let step = try parser.next() {
      switch step {
      case .comment: comments += 1
      case .event(let event): events.append(Event(event, in: parser))
      }
    }
  }
}

extension Reading.Event {
  init(_ event: ServerSentEvent, in parser: ServerSentEventParser) {
    parser.withEvent(event) { type, data in
      self.type = String(decoding: Array(type), as: UTF8.self)
      self.data = Array(data)
    }
    id = parser.lastEventID
    isTerminated = event.isTerminated
    frame = event.isCanonical ? parser.withFrame(of: event) { Array($0) } : nil
  }
}

extension [UInt8] {
  init(_ span: Span<UInt8>) {
    self = span.indices.map { span[$0] }
  }

  /// The two parts at `offset`.
  func split(at offset: Int) -> [ArraySlice<UInt8>] {
    [self[..<offset], self[offset...]]
  }

  var bytewise: [ArraySlice<UInt8>] {
    indices.map { self[$0...$0] }
  }

  /// Parts of random lengths from 0 to `longest`.
  func cut(upTo longest: Int, using generator: inout some RandomNumberGenerator)
    -> [ArraySlice<UInt8>]
  {
    var (parts, start): ([ArraySlice<UInt8>], Int) = ([], 0)
    while start < count {
      let end = Swift.min(count, start + .random(in: 0...longest, using: &generator))
      parts.append(self[start..<end])
      start = end
    }
    return parts
  }
}

/// SplitMix64: the same numbers for the same seed, on every machine.
///
/// - Source: <https://prng.di.unimi.it/splitmix64.c>
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
