internal import Routing

/// A call up to the last step before the wire, tried on a copy of the router.
struct CallPreview {
  /// The request and where it may go.
  let received: ReceivedCall
  /// The first attempt that could be made.
  let call: PreparedCall
  /// The step that leads to it.
  let step: CallStep
  /// Why targets before it could not be asked, by their plan and place.
  let refusals: [Refusal]
  /// What the caller should know.
  let warnings: [String]

  /// A target that could not be brought to an attempt.
  struct Refusal {
    let plan: RoutePlan
    let index: Int
    let error: CallError
  }

  /// Goes as far as a call would without sending anything.
  ///
  /// - Throws: What the call would fail with before the wire.
  init(_ request: CallRequest, host: TransportHost) throws(CallError) {
    received = try ReceivedCall(request, host: host, isSent: false)
    var machine = received.machine(host)
    var router = host.router.copy
    var random = SystemRandomNumberGenerator()
    var now = host.options.clock.now
    var refusals: [Refusal] = []
    var warnings = received.warnings(host)
    var action = machine.start(router: &router, at: now, random: &random)
    while true {
      switch action {
      case .send(let step):
        do throws(CallError) {
          call = try Self.call(received, step, host)
          self.step = step
          self.refusals = refusals
          self.warnings = warnings
          return
        } catch {
          refusals.append(Refusal(plan: step.plan, index: step.index, error: error))
          action = machine.failed(
            CallFailure(AttemptFailure(error), status: nil), router: &router, at: now,
            random: &random)
        }
      case .wait(let pause):
        warnings.append("it would wait \(pause.length.inWords) before it is sent")
        now += pause.length
        action = machine.waited(router: &router, at: now, random: &random)
      case .mend: action = machine.mendingChangedNothing(router: &router, at: now, random: &random)
      case .fail(let ending):
        throw refusals.first?.error ?? received.error(of: ending, host: host)
      }
    }
  }

  private static func call(
    _ received: ReceivedCall, _ step: CallStep, _ host: TransportHost
  ) throws(CallError) -> PreparedCall {
    guard let target = received.target(of: step) else {
      throw CallError(.internal, "a target is not known any more")
    }
    let routed = try received.routed(to: target, step, host)
    return try PreparedCall(
      routed, attempt: 1, amendments: host.memory.amendments(for: routed, isSent: false),
      document: host.document)
  }
}
