internal import Routing

/// The simulation under way: calls that arrive, each with a machine of its own, around one router.
///
/// Everything happens at an instant of a virtual clock: the earliest event is taken, the router and the
/// machine of its call are told, and what they answer becomes further events.
struct Engine: Sendable {
  /// Something that is going to happen to a call, by its place in ``calls``.
  enum Event: Sendable {
    /// The next call arrives.
    case arrival
    /// An attempt has its first part, or failed.
    case attemptOver(Int)
    /// An answer is over.
    case answerOver(Int)
    /// A pause is over, unless it was over before.
    case pauseOver(Int, number: Int)
  }

  /// What the numbers are for: each use has its own, so that more of one change no other.
  enum Chance: UInt64 {
    case arrivals = 1
    case routing
    case upstreams
    case sessions
  }

  let input: SimulationInput
  let scenario: Scenario
  let table: TargetTable
  var router: Router
  var upstream: SimulatedUpstream
  var recorder: Recorder
  var arrivals: SeededNumbers
  var routing: SeededNumbers
  var events = EventQueue<Event>()
  /// Calls under way; nil: a place that is free.
  var calls: [LiveCall?] = []
  private var freePlaces: [Int] = []
  /// The calls that wait for capacity, in the order in which they came to it.
  var queue: [Int] = []
  var pauses = 0
  private var arrived = 0

  init(_ input: SimulationInput, _ scenario: Scenario) {
    self.input = input
    self.scenario = scenario
    table = TargetTable(input.plans)
    router = input.router
    upstream = SimulatedUpstream(table, scenario)
    recorder = Recorder(table)
    arrivals = SeededNumbers(scenario.seed, Chance.arrivals.rawValue)
    routing = SeededNumbers(scenario.seed, Chance.routing.rawValue)
  }

  /// Runs to the end of the last call.
  mutating func run() {
    scheduleArrival(after: .zero)
    while let (now, event) = events.next() { take(event, at: now) }
  }

  private mutating func take(_ event: Event, at now: Duration) {
    switch event {
    case .arrival: arrive(at: now)
    case .attemptOver(let place): attemptOver(place, at: now)
    case .answerOver(let place): answerOver(place, at: now)
    case .pauseOver(let place, let number):
      guard calls[place]?.pause?.number == number else { return }
      _ = resume(place, at: now)
    }
  }
}

// MARK: - Arrivals and endings

extension Engine {
  /// Calls arrive independently of each other: a Poisson process.
  private mutating func scheduleArrival(after now: Duration) {
    let gap = arrivals.exponential() / scenario.rate * 1e6
    let next = now + .microseconds(Int64(min(gap, 1e15).rounded()))
    if next < scenario.length, arrived < Scenario.callLimit { events.add(.arrival, at: next) }
  }

  private mutating func arrive(at now: Duration) {
    scheduleArrival(after: now)
    arrived += 1
    let limit = [input.total, scenario.timeout].compactMap(\.self).min()
    let deadline = limit.map { now + $0 }
    let call = LiveCall(
      CallStory(number: arrived, arrived: now), machine: machine(deadline, at: now),
      deadline: deadline)
    let place = freePlaces.popLast() ?? calls.count
    if place == calls.count { calls.append(call) } else { calls[place] = call }
    let action = calls[place]?.machine.start(router: &router, at: now, random: &routing)
    perform(action, place, at: now)
  }

  private func machine(_ deadline: Duration?, at now: Duration) -> CallMachine {
    var traits = CallTraits()
    traits.tokens = scenario.tokens
    traits.sticky = scenario.sessions.map { session(of: arrived, among: $0) }
    var bounds = CallMachine.Bounds()
    bounds.deadline = deadline
    bounds.maxRetries = scenario.maxRetries
    bounds.allowsFallbacks = scenario.allowsFallbacks
    let (resolve, table) = (input.resolve, table)
    return CallMachine(input.plans[0].route, traits: traits, bounds: bounds, began: now) { name in
      resolve(name).flatMap { table.knows($0) ? $0 : nil }
    }
  }

  /// A hash of the conversation that a call belongs to.
  private func session(of call: Int, among sessions: Int) -> UInt64 {
    var draw = SeededNumbers(scenario.seed, Chance.sessions.rawValue, UInt64(call))
    var session = SeededNumbers(UInt64.random(in: 0..<UInt64(max(sessions, 1)), using: &draw))
    return session.next()
  }

  /// Ends a call.
  mutating func end(_ place: Int, _ ending: CallRecord.Ending, latency: Duration) {
    guard let call = calls[place] else { return }
    recorder.ended(call.story, ending, latency: latency)
    calls[place] = nil
    freePlaces.append(place)
  }
}
