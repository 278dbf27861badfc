/// Writes the recording of one exchange while it goes on.
///
/// Each call answers with the whole lines that are due, none or several; the caller appends them to
/// the file. Everything is scrubbed before it becomes part of a line. A write whose end may be the
/// beginning of a secret is kept until the next one shows what it is, and keeps its own time.
///
/// A call that cannot follow the one before, as a write before the head, answers with nothing.
package struct CassetteWriter: Sendable {
  /// What may follow.
  private enum State {
    case fresh, asked, answering, ended
  }

  /// A write that is not out yet, since its last bytes are not settled.
  private struct Held {
    let time: Duration
    /// Where it ends, counted in bytes of the body.
    let end: Int
    var text: [UInt8] = []
  }

  /// The request as it is written, without secrets.
  package let request: CassetteRequest
  private let scrubber: Scrubber
  private var stream: StreamScrubber
  private var state = State.fresh
  private var held: [Held] = []
  private var length = 0
  /// The latest time that was written; none is before it.
  private var latest = Duration.zero

  /// Begins a recording.
  ///
  /// - Parameters:
  ///   - request: What the client asked, secrets included.
  ///   - scrubber: What is secret.
  package init(_ request: CassetteRequest, scrubber: Scrubber) {
    self.request = scrubber.scrubbed(request)
    self.scrubber = scrubber
    stream = scrubber.stream()
  }

  /// The first line: version and request.
  package mutating func open() -> [UInt8] {
    guard case .fresh = state else { return [] }
    state = .asked
    return CassetteLine.request(request)
  }

  /// The answer's head was sent.
  ///
  /// - Parameter response: Status, headers with their secrets, and when.
  /// - Returns: The head's line.
  package mutating func head(_ response: CassetteResponse) -> [UInt8] {
    guard case .asked = state else { return [] }
    state = .answering
    latest = max(latest, response.time)
    return CassetteLine.response(
      CassetteResponse(
        status: response.status, headers: scrubber.scrubbed(response.headers), time: latest))
  }

  /// A piece of the answer's body was sent.
  ///
  /// - Parameters:
  ///   - bytes: The piece, as it was sent at once.
  ///   - time: When, counted from the request.
  /// - Returns: The lines of the writes that are settled by now.
  package mutating func write(_ bytes: [UInt8], at time: Duration) -> [UInt8] {
    guard case .answering = state, !bytes.isEmpty else { return [] }
    length += bytes.count
    latest = max(latest, time)
    held.append(Held(time: latest, end: length))
    return lines(settling: stream.append(bytes))
  }

  /// The exchange ended.
  ///
  /// - Parameters:
  ///   - ending: How.
  ///   - time: When, counted from the request.
  /// - Returns: The lines of the writes that were kept, and the last one.
  package mutating func end(_ ending: CassetteEnding, at time: Duration) -> [UInt8] {
    switch state {
    case .fresh, .ended: return []
    case .asked, .answering: state = .ended
    }
    latest = max(latest, time)
    return lines(settling: stream.finish()) + CassetteLine.end(ending, at: latest)
  }

  /// Gives settled bytes to the writes that they came with; the lines of those that are whole.
  private mutating func lines(settling pieces: [StreamScrubber.Piece]) -> [UInt8] {
    for piece in pieces { give(piece) }
    let whole = held.prefix { $0.end <= stream.settled }
    var lines: [UInt8] = []
    // A write that was all inside a secret, begun in the one before, has nothing left to send.
    for write in whole where !write.text.isEmpty {
      lines += CassetteLine.write(CassetteWrite(time: write.time, bytes: write.text))
    }
    held.removeFirst(whole.count)
    return lines
  }

  private mutating func give(_ piece: StreamScrubber.Piece) {
    switch piece {
    case .secret(let offset):
      guard let index = held.firstIndex(where: { offset < $0.end }) else { return }
      held[index].text += Scrubber.placeholder
    case .plain(let bytes, var offset):
      var rest = bytes[...]
      while !rest.isEmpty, let index = held.firstIndex(where: { offset < $0.end }) {
        let part = rest.prefix(held[index].end - offset)
        held[index].text += part
        rest = rest.dropFirst(part.count)
        offset += part.count
      }
    }
  }
}
