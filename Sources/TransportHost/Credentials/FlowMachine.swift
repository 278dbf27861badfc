internal import CTransportABI

/// One run of a plugin's token flow.
@safe final class FlowMachine {
  /// The most steps of a run.
  ///
  /// Source: jf_auth.h.
  static let stepLimit = 64

  private let instance: TransportInstance
  private let table: UnsafePointer<jf_auth>
  private let flow: OpaquePointer

  /// Begins a run; nil where the plugin does not know the flow.
  ///
  /// - Parameters:
  ///   - instance: Whose.
  ///   - settings: The credential's JSON object, handles in place of its secrets.
  ///   - scope: Empty: the instance's own.
  init?(_ instance: TransportInstance, settings: [UInt8], scope: String) {
    guard let table = unsafe instance.library.auth else { return nil }
    var arena = LendingArena()
    let (lentSettings, lentScope) = (arena.add(settings), arena.add(scope))
    let flow = unsafe arena.withLent { lent in
      unsafe table.pointee.begin(instance.pointer, lent[lentSettings], lent[lentScope])
    }
    guard let flow = unsafe flow else { return nil }
    self.instance = instance
    unsafe self.table = table
    unsafe self.flow = flow
  }

  deinit { unsafe table.pointee.end(flow) }

  /// Goes one step.
  ///
  /// - Parameters:
  ///   - outcome: What the last effect gave; nil at first.
  ///   - lastHandle: The highest handle that the flow was given.
  /// - Returns: What it wants, checked.
  func step(after outcome: EffectOutcome?, lastHandle: UInt64) -> FlowStep {
    let collector = FlowCollector(lastHandle: lastHandle)
    let status = withExtendedLifetime(collector) {
      unsafe collector.withSink { sink in
        guard let outcome else { return unsafe table.pointee.step(flow, nil, sink) }
        return unsafe outcome.withLent { unsafe table.pointee.step(flow, $0, sink) }
      }
    }
    return FlowStep(want: want(status, collector), sources: collector.sources)
  }

  private func want(_ status: jf_status, _ collector: FlowCollector) -> FlowStep.Want {
    func misbehaved(_ what: String) -> FlowStep.Want {
      .failure(.misbehaved(instance.library.id, what))
    }
    if let breach = collector.breach { return misbehaved(breach) }
    if let failure = collector.failure {
      guard status == JF_FAILED else {
        return misbehaved("its token flow reported a failure and returned \(status)")
      }
      return .failure(failure.named(instance.library.id))
    }
    switch status {
    case JF_NEED_EFFECT:
      guard let only = collector.effects.first, collector.effects.count == 1 else {
        return misbehaved("its token flow asked for \(collector.effects.count) effects in one step")
      }
      if let breach = collector.breach(of: only) { return misbehaved(breach) }
      return .effect(only.effect, argument: only.argument, collector.exchange)
    case JF_DONE:
      guard let token = collector.token else {
        return misbehaved("its token flow was done and named no token")
      }
      return .token(pointer: token.pointer, lifetime: token.lifetime, renewal: token.renewal)
    default:
      return misbehaved("its token flow returned \(status) without reporting a failure")
    }
  }
}

extension EffectOutcome {
  /// Lends the outcome to C.
  fileprivate func withLent<R>(_ body: (UnsafePointer<jf_effect_result>) -> R) -> R {
    var arena = LendingArena()
    let pairs = headers.map { (arena.add($0.name), arena.add($0.value)) }
    let (content, reason) = (arena.add(self.body), arena.add(problem))
    return arena.withLent { lent in
      let headers = unsafe pairs.map {
        unsafe jf_borrowed_pair(name: lent[$0.0], value: lent[$0.1])
      }
      return unsafe headers.withUnsafeBufferPointer { headers in
        var result = unsafe jf_effect_result(
          struct_size: UInt32(MemoryLayout<jf_effect_result>.size), status: status,
          headers: headers.baseAddress, header_count: headers.count,
          body: lent.bytes(content), credential: credential, problem: lent[reason])
        return unsafe body(&result)
      }
    }
  }
}
