/// A target and whether it may be asked.
public struct TargetStatus: Sendable, Hashable {
  /// Whether a target may be asked.
  public enum State: Sendable, Hashable {
    /// It may be asked.
    case open
    /// It is left alone until then, in milliseconds since the epoch.
    case cooling(until: Int64)
    /// It has all it may be given.
    case busy
    /// It cannot be asked.
    case unusable
  }

  /// The provider id.
  public var provider: String
  /// The target's own name, or the model where the file gives none.
  public var target: String
  /// The model as the upstream knows it.
  public var model: String
  /// Whether it may be asked.
  public var state: State
  /// Why not, or empty.
  public var note: String
  /// The part of calls that the configuration gives it, from 0 to 1; nil where it gives none.
  public var share: Double?
  /// The place in the configuration, or empty.
  public var source: String
  /// Its calls of the last half hour; the board counts them.
  public private(set) var calls = 0
  /// Those of them that failed.
  public private(set) var failures = 0

  /// States a target.
  public init(
    provider: String, target: String, model: String, state: State, note: String = "",
    share: Double? = nil, source: String = ""
  ) {
    (self.provider, self.target, self.model) = (provider, target, model)
    (self.state, self.note, self.share, self.source) = (state, note, share, source)
  }

  static func key(provider: String, target: String) -> String { "\(provider)\u{0}\(target)" }

  func counted(_ row: StatusRow) -> TargetStatus {
    var status = self
    let tally = row.targets[Self.key(provider: provider, target: target)] ?? StatusRow.Tally()
    (status.calls, status.failures) = (tally.calls, tally.failures)
    if case .cooling(let until) = state {
      status.state = .cooling(until: StatusText.instant(until))
    }
    status.provider = StatusText.cleaned(provider)
    status.target = StatusText.cleaned(target)
    status.model = StatusText.cleaned(model)
    status.note = StatusText.cleaned(note, limit: 400)
    status.source = StatusText.cleaned(source)
    status.share = share.flatMap { $0.isFinite ? min(max(0, $0), 1) : nil }
    return status
  }
}
