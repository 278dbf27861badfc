internal import Synchronization

/// Writes tags on the ids of one answer.
///
/// An id stands in several events and in the result: its code is computed once.
final class ResponseTags: Sendable {
  private let tagger: StateTagger
  private let origin: StateTagger.Origin
  private let chain: Provenance.Chain?
  private let last = Mutex<(raw: String, tagged: String)?>(nil)

  /// - Parameters:
  ///   - tagger: Makes the tags.
  ///   - origin: Who makes the answer.
  ///   - chain: A response whose id is given back as the caller wrote it; nil: none.
  init(tagger: StateTagger, origin: StateTagger.Origin, chain: Provenance.Chain?) {
    (self.tagger, self.origin, self.chain) = (tagger, origin, chain)
  }

  /// An event or a response object with tagged ids; nil where it has none.
  func rewritten(_ data: Span<UInt8>) -> [UInt8]? {
    ResponseIDText.rewritten(data, tagged: tagged)
  }

  /// An event with tagged ids.
  // Not inlined: see `Indirect`.
  @inline(never)
  func rewritten(_ event: ResponseEvent) -> ResponseEvent {
    guard let data = event.withData({ rewritten($0) }) else { return event }
    return ResponseEvent(type: event.streamType, data: data)
  }

  private func tagged(_ id: String) -> String {
    if let chain, chain.raw == id { return chain.named }
    return last.withLock { last in
      if let last, last.raw == id { return last.tagged }
      let tagged = tagger.tagged(id, from: origin)
      last = (id, tagged)
      return tagged
    }
  }
}
