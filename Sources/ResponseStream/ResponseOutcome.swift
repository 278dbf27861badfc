/// How a response ended.
package struct ResponseOutcome: Sendable, Hashable {
  /// The ways a response can end.
  package enum Kind: Sendable, Hashable {
    /// The whole answer came.
    case completed
    /// The upstream took the request and answers later: a background response, never a stream.
    case accepted
    /// The answer ends early, and the upstream says so.
    ///
    /// The reason is the upstream's word, such as `max_output_tokens` or `content_filter`; nil where
    /// it gave none.
    case incomplete(reason: String?)
    /// The upstream reported an error; its fields are the upstream's words.
    case failed
    /// The stream ended or broke before it said how; the error's code is the host's.
    case truncated
    /// The upstream sent what no upstream may send; the error's code is `protocol_error`.
    case malformed
  }

  /// How it ended.
  package let kind: Kind
  /// What went wrong; nil when nothing did, and for an incomplete answer.
  package let error: ResponseError?
  /// The id of the response object that was seen last.
  package let responseID: String?
  /// The model that the response object names.
  package let model: String?
  /// The usage object as the upstream sent it, in JSON; nil where it sent none.
  package let usage: [UInt8]?
  /// How many events came up to the terminal one, that one included where it came from upstream.
  package let eventCount: Int
  /// Whether part of an answer had left by then, so that no other attempt may begin.
  package let isCommitted: Bool
  /// What the terminal event lacked and was given from earlier ones; nil where it was whole.
  package let restored: RestoredOutput?
}
