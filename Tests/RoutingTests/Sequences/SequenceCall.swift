@testable import Routing

/// One call of a ``SequenceWorld``: its machine, and what was seen of it from outside.
struct SequenceCall {
  /// What it is doing.
  enum Phase {
    case idle
    case asking(CallStep)
    case mending(CallStep)
    case answering(CallStep)
    case pausing(CallPause, until: Duration)
    case ended
  }

  /// What happens to it.
  enum Event {
    case start
    case answered
    case failed(CallFailure)
    case mended
    case mendedNothing
    case waited
    case broke(CallFailure)
    case finished(CallFailure?, tokens: Int?)
    case cancelled
  }

  /// A target of a plan.
  struct Place: Hashable {
    let plan: ObjectIdentifier
    let index: Int

    init(_ step: CallStep) { (plan, index) = (ObjectIdentifier(step.plan), step.index) }

    init(_ plan: RoutePlan, _ index: Int) {
      (self.plan, self.index) = (ObjectIdentifier(plan), index)
    }
  }

  /// How often a target was asked, and why.
  struct Count {
    var entries = 0
    var retries = 0
    var mended = 0
  }

  var machine: CallMachine
  /// When its attempt was sent.
  var sent = Duration.zero
  let plan: RoutePlan
  let traits: CallTraits
  let bounds: CallMachine.Bounds
  var phase = Phase.idle
  var counts: [Place: Count] = [:]
  var attempts = 0
  var resumptions = 0
  /// Where its answer began.
  var committed: Place?
  /// What it failed with, oldest first.
  var failures: [(step: CallStep, failure: CallFailure)] = []
  /// When it began to wait for somebody who may be asked; nil: it does not.
  var patience: Duration?
  var hasLetGo = false
  /// The times it ended; one, in the end.
  var endings = 0

  init(
    _ machine: CallMachine, _ plan: RoutePlan, _ traits: CallTraits, _ bounds: CallMachine.Bounds
  ) {
    (self.machine, self.plan, self.traits, self.bounds) = (machine, plan, traits, bounds)
  }

  /// The attempt under way.
  var attempt: CallStep? {
    switch phase {
    case .asking(let step), .mending(let step), .answering(let step): step
    case .idle, .pausing, .ended: nil
    }
  }

  /// Whether the end of its attempt tells whether a cooldown is over.
  var isProbing: Bool {
    switch phase {
    case .asking(let step), .mending(let step): step.isProbe
    case .idle, .pausing, .answering, .ended: false
    }
  }

  var isEnded: Bool { if case .ended = phase { true } else { false } }

  /// Tells the machine.
  ///
  /// - Returns: What it does; nil where an event asks for nothing.
  mutating func tell(
    _ event: Event, _ router: inout Router, at now: Duration, _ random: inout SeededGenerator
  ) -> CallMachine.Action? {
    switch event {
    case .start: return machine.start(router: &router, at: now, random: &random)
    case .waited: return machine.waited(router: &router, at: now, random: &random)
    case .mended: return machine.mended(router: &router, at: now, random: &random)
    case .mendedNothing:
      return machine.mendingChangedNothing(router: &router, at: now, random: &random)
    case .failed(let failure):
      return machine.failed(
        failure, amendments: ["a-0"], router: &router, at: now, random: &random)
    case .broke(let failure):
      return machine.broke(failure, router: &router, at: now, random: &random)
    case .answered: machine.answered(router: &router, at: now)
    case .finished(let failure, let tokens):
      machine.finished(failure, tokens: tokens, router: &router, at: now)
    case .cancelled: machine.cancelled(router: &router, at: now)
    }
    return nil
  }
}
