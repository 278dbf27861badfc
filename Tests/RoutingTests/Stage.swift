@testable import Routing

/// A router with a clock that tests set, and targets by name.
///
/// What belongs to one provider shares credential, endpoint, network, boundary and budget; a target is
/// the only one of its provider unless it says otherwise. Waits have no jitter.
final class Stage {
  var router = Router(recordsTransitions: true)
  var now = Duration.seconds(1000)
  var random = SeededGenerator(seed: 1)
  private(set) var models: [String: RoutePlan] = [:]
  private(set) var names: [UInt64: String] = [:]
  private var providers: [String: Int32] = [:]

  func target(
    _ name: String, of provider: String? = nil, order: Int = 1, weight: Int = 1,
    limits: (inout CapacityLimits) -> Void = { _ in }, isUsable: Bool = true,
    boundary: Int32? = nil, retry: (inout RetryPolicy) -> Void = { _ in },
    cooldown: (inout CooldownPolicy) -> Void = { _ in }
  ) -> RouteTarget {
    let provider = provider ?? name
    let identity = Rendezvous.key(name.utf8)
    names[identity] = name
    var (capacity, retryPolicy, cooldownPolicy) = (
      CapacityLimits(), RetryPolicy(), CooldownPolicy()
    )
    retryPolicy.backoff.hasJitter = false
    limits(&capacity)
    retry(&retryPolicy)
    cooldown(&cooldownPolicy)
    return RouteTarget(
      order: order, weight: weight, load: router.load(of: name),
      budget: router.budget(of: provider),
      scopes: TargetScopes(
        model: name, credential: provider, endpoint: provider, network: provider),
      limits: capacity, boundary: boundary ?? number(of: provider), provider: number(of: provider),
      identity: identity, isUsable: isUsable,
      rules: TargetRules(retry: retryPolicy, cooldown: cooldownPolicy))
  }

  func number(of provider: String) -> Int32 {
    let number = providers[provider] ?? Int32(providers.count)
    providers[provider] = number
    return number
  }

  @discardableResult
  func plan(
    _ model: String, _ targets: [RouteTarget], by strategy: RoutingStrategy = .priority,
    whenLost: RoutePlan.WhenLost = .error,
    fallbacks: (inout RoutePlan.Fallbacks) -> Void = { _ in }
  ) -> RoutePlan {
    var lists = RoutePlan.Fallbacks()
    fallbacks(&lists)
    let plan = RoutePlan(
      model: model, targets: targets, strategy: strategy, fallbacks: lists, whenLost: whenLost,
      rotation: router.rotation(of: model, targets: targets.count))
    models[model] = plan
    return plan
  }

  func call(
    to plan: RoutePlan, _ traits: CallTraits = CallTraits(), within time: Duration? = nil,
    bounds: (inout CallMachine.Bounds) -> Void = { _ in }
  ) -> StagedCall {
    var limits = CallMachine.Bounds()
    limits.deadline = time.map { now + $0 }
    bounds(&limits)
    let models = models
    return StagedCall(
      CallMachine(plan, traits: traits, bounds: limits, began: now) { models[$0] }, on: self)
  }

  /// How targets stand, by name.
  func standings(
    _ plan: RoutePlan, for traits: CallTraits = CallTraits()
  ) -> [String: Router.Standing] {
    plan.targets.reduce(into: [:]) { standings, target in
      standings[names[target.identity] ?? "?"] = router.standing(of: target, for: traits, at: now)
    }
  }
}

/// One call on a stage: what happens to it, and what it does then.
final class StagedCall {
  /// What the call does.
  enum Action: Equatable {
    case asks(String, CallStep.Reason)
    case mends(Recovery.Action)
    case waits(Duration, CallPause.Purpose)
    case ends(CallEnding)
  }

  var machine: CallMachine
  /// What was asked last.
  private(set) var step: CallStep?
  private let stage: Stage

  init(_ machine: CallMachine, on stage: Stage) {
    (self.machine, self.stage) = (machine, stage)
  }

  func start() -> Action {
    read(machine.start(router: &stage.router, at: stage.now, random: &stage.random))
  }

  func fails(
    _ cause: FailureCause, _ scope: FailureScope = .endpoint, status: Int? = nil,
    hint: CallFailure.Hint = .unsaid, retryAfter: Duration? = nil, mending: FailedAttempt? = nil
  ) -> Action {
    let failure = CallFailure(
      cause, blaming: scope, status: status, hint: hint, retryAfter: retryAfter, mending: mending)
    return read(
      machine.failed(failure, router: &stage.router, at: stage.now, random: &stage.random))
  }

  /// Lets the clock go on, and the pause be over.
  func waited(_ length: Duration) -> Action {
    stage.now += length
    return read(machine.waited(router: &stage.router, at: stage.now, random: &stage.random))
  }

  func mended() -> Action {
    read(machine.mended(router: &stage.router, at: stage.now, random: &stage.random))
  }

  func mendingChangedNothing() -> Action {
    read(
      machine.mendingChangedNothing(
        router: &stage.router, at: stage.now, random: &stage.random))
  }

  func mendingFails(_ cause: FailureCause, _ scope: FailureScope) -> Action {
    read(
      machine.mendingFailed(
        CallFailure(cause, blaming: scope), router: &stage.router, at: stage.now,
        random: &stage.random))
  }

  func answers() { machine.answered(router: &stage.router, at: stage.now) }

  func finishes(_ failure: CallFailure? = nil, tokens: Int? = nil) {
    machine.finished(failure, tokens: tokens, router: &stage.router, at: stage.now)
  }

  func breaks(
    _ cause: FailureCause = .stream, _ scope: FailureScope = .endpoint,
    hint: CallFailure.Hint = .unsaid, retryAfter: Duration? = nil
  ) -> Action {
    read(
      machine.broke(
        CallFailure(cause, blaming: scope, hint: hint, retryAfter: retryAfter),
        router: &stage.router, at: stage.now, random: &stage.random))
  }

  func isCancelled() { machine.cancelled(router: &stage.router, at: stage.now) }

  /// Begins, is answered and finishes.
  ///
  /// - Returns: Who answered; nil: nobody was asked.
  func run() -> String? {
    guard case .asks(let name, _) = start() else { return nil }
    answers()
    finishes()
    return name
  }

  private func read(_ action: CallMachine.Action) -> Action {
    switch action {
    case .send(let step):
      self.step = step
      return .asks(stage.names[step.target.identity] ?? "?", step.reason)
    case .mend(let mending): return .mends(mending)
    case .wait(let pause): return .waits(pause.length, pause.purpose)
    case .fail(let ending): return .ends(ending)
    }
  }
}
