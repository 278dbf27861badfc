internal import JSONText
internal import ServerSentEvents

/// Reads the answer of a probe: counts events, and notices an error among them.
struct ProbeReader {
  /// Why an answer is none.
  enum Problem {
    /// The upstream reported an error inside of it; the object is for the transport to explain.
    case reported([UInt8])
    /// The transport or the framing says why.
    case failure(ReportedFailure)
  }

  /// What came so far.
  private(set) var answer = ProbeAnswer()
  /// Why it is no answer; nil when it is one.
  private(set) var problem: Problem?

  private let transport: TransportExchange
  private let started: ContinuousClock.Instant
  private let collector = EventCollector()
  private var frames: FrameSource

  init(
    _ transport: TransportExchange, _ framing: Framing, expectsStream: Bool,
    since started: ContinuousClock.Instant
  ) {
    self.transport = transport
    self.started = started
    frames = FrameSource(framing, expectsStream: expectsStream)
    answer.isStream = framing != .whole
  }

  /// Takes the next bytes; false when no more are of interest.
  mutating func read(_ chunk: [UInt8]) -> Bool {
    do throws(FramingError) {
      try frames.append(chunk)
      try readFrames()
    } catch {
      fail("its stream cannot be read: \(error)")
    }
    return problem == nil
  }

  /// The body ended.
  mutating func finish() {
    guard problem == nil else { return }
    frames.finish()
    do throws(FramingError) { try readFrames() } catch {
      fail("its stream cannot be read: \(error)")
    }
    transport.end(to: collector)
    take(name: [], data: [])
    if problem == nil, answer.events == 0 { fail("its answer is empty") }
  }

  private mutating func readFrames() throws(FramingError) {
    while problem == nil {
      switch try frames.next() {
      case .frame:
        var frame: (name: [UInt8], data: [UInt8]) = ([], [])
        frames.withFrame { name, data in
          transport.frame(name: name, data: data, to: collector)
          frame = (Array(copying: name), Array(copying: data))
        }
        take(name: frame.name, data: frame.data)
        frames.discardFrame()
      case .comment: continue
      case .needsBytes, .ended: return
      }
    }
  }

  /// Counts what the transport made of a frame.
  private mutating func take(name: [UInt8], data: [UInt8]) {
    let yield = collector.take()
    if yield.isForwarded { count(String(decoding: name, as: UTF8.self), data) }
    for event in yield.events { count(event.name, event.data) }
    if let failure = yield.failure, problem == nil { problem = .failure(failure) }
  }

  private mutating func count(_ name: String, _ data: [UInt8]) {
    guard !data.elementsEqual("[DONE]".utf8) else { return }
    guard let root = try? JSONText.validate(data.span), root.kind == .object else {
      return fail("its answer is no JSON, so something else than the API answers at this address")
    }
    let text = data.span
    answer.events += 1
    // A stream under another content type shows itself by its second event.
    if answer.events > 1 { answer.isStream = true }
    answer.firstEvent = answer.firstEvent ?? started.duration(to: .now)
    answer.lastEvent = name.isEmpty ? root.member("type", in: text)?.string(in: text) ?? "" : name
    let response = root.member("response", in: text)
    for error in [root.member("error", in: text), response?.member("error", in: text)] {
      guard let error, error.kind == .object else { continue }
      var out = JSONWriter()
      out.object { $0.member("error") { $0.raw(Array(data[error.range])) } }
      problem = .reported(out.bytes)
      return
    }
    if answer.lastEvent == "error" { problem = .reported(data) }
  }

  private mutating func fail(_ words: String) {
    guard problem == nil else { return }
    problem = .failure(
      ReportedFailure(
        code: .protocolError, scope: .endpoint, message: words, setting: "/base_url"))
  }
}

extension [UInt8] {
  fileprivate init(copying span: Span<UInt8>) {
    self.init()
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }
}
