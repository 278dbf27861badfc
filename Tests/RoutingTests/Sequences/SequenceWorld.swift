@testable import Routing

/// Calls on one router that are told random things by turns, and what must hold all the same.
struct SequenceWorld {
  /// How many calls one has.
  static let callCount = 20

  private(set) var router = Router(recordsTransitions: true)
  let plans: RandomPlans
  private(set) var now = Duration.seconds(1)
  var calls: [SequenceCall] = []
  var ledger = TargetLedger()
  /// What was broken first.
  var breach: String?
  /// How many events there were.
  private(set) var events = 0
  /// How often each kind of action was seen.
  private(set) var kinds: [String: Int] = [:]
  private let temper: Temper
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    temper = Temper(&generator)
    plans = RandomPlans(&router, &generator)
  }

  /// Lets all calls come and go.
  mutating func run() {
    while breach == nil {
      let open = calls.indices.filter { !calls[$0].isEnded }
      if calls.count < Self.callCount, open.isEmpty || (open.count < 6 && generator.chance(30)) {
        addCall()
        continue
      }
      guard !open.isEmpty else { break }
      let call = open[generator.number(0...open.count - 1)]
      letTimePass(for: call)
      tell(calls[call].event(temper, &generator), to: call)
      if breach == nil, generator.chance(5) { pokeEndedCall() }
    }
    if breach == nil { breach = breachAtTheEnd }
  }

  private mutating func addCall() {
    let plan = plans.plans[generator.number(0...plans.plans.count - 1)]
    let (traits, bounds) = (generator.traits(), generator.bounds(at: now))
    let machine = CallMachine(plan, traits: traits, bounds: bounds, began: now) {
      [plans] name in plans.plan(named: name)
    }
    calls.append(SequenceCall(machine, plan, traits, bounds))
  }

  /// Now and then long; a pause is over at its end or later, one for capacity sooner as well.
  private mutating func letTimePass(for call: Int) {
    now += .milliseconds(generator.one(of: [0, 0, 1, 40, 700, 3000]))
    if generator.chance(2) { now += .seconds(generator.number(10...90)) }
    guard case .pausing(let pause, let until) = calls[call].phase else { return }
    if pause.purpose == .capacity, generator.chance(40) { return }
    now = max(now, until)
    if generator.chance(10) { now += .milliseconds(generator.number(1...4000)) }
  }

  private mutating func tell(_ event: SequenceCall.Event, to index: Int) {
    let before = calls[index]
    let action = calls[index].tell(event, &router, at: now, &generator)
    events += 1
    if let action { kinds[action.kind, default: 0] += 1 }
    calls[index].read(event, action, at: now)
    check(event, action, of: index, before)
    guard let breach else { return }
    self.breach = "call \(index), event \(events), \(event) at \(now): \(breach)"
  }

  /// What comes too late changes nothing.
  private mutating func pokeEndedCall() {
    let ended = calls.indices.filter { calls[$0].isEnded }
    guard !ended.isEmpty else { return }
    let index = ended[generator.number(0...ended.count - 1)]
    let running = plans.pool.map { router.running(at: $0) }
    let failure = generator.failure(temper)
    let events: [SequenceCall.Event] = [
      .start, .answered, .waited, .mended, .mendedNothing, .failed(failure), .broke(failure),
      .finished(failure, tokens: 7), .cancelled,
    ]
    let action = calls[index].tell(generator.one(of: events), &router, at: now, &generator)
    if let action, case .fail = action {} else if action != nil { breach = "went on after its end" }
    if plans.pool.map({ router.running(at: $0) }) != running || !router.takeTransitions().isEmpty {
      breach = "changed the router after its end"
    }
  }

  /// Takes in the changes since the last event.
  mutating func takeTransitions() -> [Router.Transition] { router.takeTransitions() }

  private var breachAtTheEnd: String? {
    if let call = calls.firstIndex(where: { $0.endings != 1 }) {
      return "call \(call) ended \(calls[call].endings) times"
    }
    if plans.pool.contains(where: { router.running(at: $0) != 0 }) { return "attempts left over" }
    return router.cooldowns.values.contains { $0.probes != 0 } ? "probes left over" : nil
  }
}

extension SequenceCall {
  /// Something that may happen now.
  fileprivate func event(_ temper: Temper, _ generator: inout SeededGenerator) -> Event {
    if generator.chance(temper.cancellations) { return .cancelled }
    switch phase {
    case .idle: return .start
    case .asking:
      return generator.chance(temper.answers) ? .answered : .failed(generator.failure(temper))
    case .mending: return generator.chance(80) ? .mended : .mendedNothing
    case .pausing: return .waited
    case .answering:
      let failure = generator.failure(temper)
      if generator.chance(30) { return .broke(failure) }
      return .finished(
        generator.chance(25) ? failure : nil,
        tokens: generator.chance(60) ? generator.number(0...2000) : nil)
    case .ended: return .cancelled
    }
  }

  /// Takes in what follows from an event.
  fileprivate mutating func read(_ event: Event, _ action: CallMachine.Action?, at now: Duration) {
    switch (event, action) {
    case (.answered, _):
      guard let step = attempt else { break }
      phase = .answering(step)
      committed = Place(step)
    case (.finished, _), (.cancelled, _), (_, .fail):
      phase = .ended
      endings += 1
    case (_, .send(let step)):
      phase = .asking(step)
      sent = now
    case (_, .mend): if let step = attempt { phase = .mending(step) }
    case (_, .wait(let pause)): phase = .pausing(pause, until: now + pause.length)
    case (_, nil): break
    }
  }
}

extension CallMachine.Action {
  /// A word or two for it, without what differs from call to call.
  fileprivate var kind: String {
    switch self {
    case .send(let step):
      let reason = "\(step.reason)".prefix { $0 != "(" }
      return "send \(reason)\(step.treatment == .kept ? "" : " \(step.treatment)")"
    case .mend(let mending): return "mend \("\(mending)".prefix { $0 != "(" })"
    case .wait(let pause): return "wait \(pause.purpose)"
    case .fail(let ending): return "fail \("\(ending)".prefix { $0 != "(" })"
    }
  }
}
