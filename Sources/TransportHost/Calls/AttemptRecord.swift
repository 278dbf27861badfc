public import ProviderConfiguration

/// One attempt, as the ledger keeps it.
public struct AttemptRecord: Sendable {
  /// The provider id.
  public var provider: String
  /// The target's own name, or nil where the file gives none.
  public var target: String?
  /// The model as the upstream knows it.
  public var model: String
  /// The target's place in the configuration, or nil.
  public var source: Mark?
  /// Why this target was asked, in a few words.
  public var reason: String
  /// When it began, from the beginning of the call.
  public var began: Duration
  /// Whether anything was sent: the target may be unusable, or the request no request for it.
  public var isSent: Bool
  /// How the attempt ended: `ok`, or an error code.
  public var outcome: String
  /// The HTTP status, or nil when none arrived.
  public var status: Int?
  /// Until the connection stood; zero on a reused one, nil when there was none.
  public var connect: Duration?
  /// Until the first event, or of a whole answer the last byte.
  public var firstEvent: Duration?
  /// Until the end.
  public var total: Duration
  /// How many edits the transport made.
  public var edits: Int
  /// What was done before the next attempt, such as `waited 500 ms`; nil where none followed.
  public var next: String?
  /// The tokens it took, or nil where the upstream did not count them.
  public var usage: TokenUsage?
  /// The model that answered, as far as the upstream says; it may be the name that was sent.
  public var servedModel: String?

  init(
    provider: String, model: String, source: Mark?, outcome: String, status: Int? = nil,
    connect: Duration? = nil, firstEvent: Duration? = nil, total: Duration, edits: Int,
    isSent: Bool = true, origin: AttemptOrigin
  ) {
    (self.provider, self.model, self.source) = (provider, model, source)
    (target, reason, began) = (origin.target, origin.reason, origin.began)
    (self.outcome, self.status, self.isSent) = (outcome, status, isSent)
    (self.connect, self.firstEvent, self.total) = (connect, firstEvent, total)
    self.edits = edits
  }

  func write(to out: inout JSONWriter) {
    out.object { record in
      record.member("provider", provider)
      record.member("model", model)
      record.member("target", target)
      record.member("reason", reason)
      record.member("source", source?.description)
      record.member("began_ms", began.milliseconds)
      record.member("sent", isSent)
      record.member("outcome", outcome)
      record.member("status", status.map(Int64.init))
      record.member("connect_ms", connect?.milliseconds)
      record.member("first_event_ms", firstEvent?.milliseconds)
      record.member("total_ms", total.milliseconds)
      record.member("edits", Int64(edits))
      record.member("next", next)
      record.member("served_model", servedModel)
      if let usage {
        record.member("usage") { usage.write(to: &$0) }
      } else {
        record.member("usage", nil as String?)
      }
    }
  }
}
