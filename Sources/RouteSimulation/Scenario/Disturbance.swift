/// Something that is not as usual at some targets for some time.
package struct Disturbance: Sendable, Hashable {
  /// What it is.
  package enum Effect: Sendable, Hashable {
    /// Attempts fail.
    case outage(Outage)
    /// The upstream takes so many requests within any minute, and refuses the others.
    case rateLimit(Int)
    /// The median time to the first event.
    case latency(Duration)
  }

  /// What it is.
  package let effect: Effect
  /// The name of the targets: see ``TargetNames``.
  package let what: String
  /// When it begins, since the start.
  package let from: Duration
  /// When it is over; nil: never.
  package let to: Duration?
  /// How it was written, for messages that point into it.
  let text: String

  /// States a disturbance.
  ///
  /// - Parameters:
  ///   - effect: What it is.
  ///   - what: The name of the targets.
  ///   - from: When it begins.
  ///   - to: When it is over; nil: never.
  package init(
    _ effect: Effect, at what: String, from: Duration = .zero, to: Duration? = nil
  ) {
    self.init(effect, at: what, from: from, to: to, text: what)
  }

  init(_ effect: Effect, at what: String, from: Duration, to: Duration?, text: String) {
    self.effect = effect
    self.what = what
    self.from = from
    self.to = to
    self.text = text
  }

  /// Whether it holds at an instant.
  func isActive(at now: Duration) -> Bool { now >= from && to.map { now < $0 } ?? true }

  /// The option that states it.
  package var option: String {
    switch effect {
    case .outage: "--outage"
    case .rateLimit: "--rate-limit"
    case .latency: "--latency"
    }
  }
}
