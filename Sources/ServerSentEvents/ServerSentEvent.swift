/// One server-sent event, as ranges into the parser that handed it out.
///
/// It is valid until the parser's next `append` or `next`; its bytes are read with
/// ``ServerSentEventParser/withEvent(_:_:)`` and ``ServerSentEventParser/withFrame(of:_:)``.
package struct ServerSentEvent: Sendable, Hashable {
  /// Whether a blank line ended the event; false only for what stood last when the stream ended.
  ///
  /// The rules drop such a rest. Upstreams are known to close right after their terminal event's
  /// last byte, so it is handed out, for the reader to judge.
  package let isTerminated: Bool

  /// Whether the bytes received are those that ``ServerSentEventSerializer`` would write.
  ///
  /// A host may then forward ``ServerSentEventParser/withFrame(of:_:)`` as it stands.
  package var isCanonical: Bool { frame != nil }

  let type: Range<Int>
  let data: Range<Int>
  let frame: Range<Int>?
  /// Whether `type` and `data` lie in the parser's rewritten bytes and not in those received.
  let isRewritten: Bool
}
