import Synchronization

/// Decides which faults a request meets, and counts.
final class FaultPlan: Sendable {
  private struct State {
    var always: [Fault]
    var met: [String: Int] = [:]
  }

  private let rules: [FaultRule]
  private let state: Mutex<State>

  /// - Parameters:
  ///   - always: What every request meets that names no fault of its own.
  ///   - rules: What a request may name.
  init(always: [Fault], rules: [FaultRule] = FaultRule.all) {
    self.rules = rules
    state = Mutex(State(always: always))
  }

  /// Replaces what every request meets; counts begin anew.
  func replace(always: [Fault]) {
    state.withLock { $0 = State(always: always) }
  }

  /// The faults of one request, after taking one from the count of each.
  ///
  /// - Parameters:
  ///   - request: Whose header may name faults of its own.
  ///   - endpoint: Where the token service was asked; faults of its other endpoints are left out and
  ///     not counted.
  /// - Returns: In the order in which they were named.
  /// - Throws: The refusal of a fault that does not exist.
  func next(
    for request: HTTPRequest, at endpoint: TokenEndpoint? = nil
  ) throws(Refusal) -> [Fault] {
    var wanted: [Fault] = []
    for header in request.headers where header.name == "x-emulate-fault" {
      for text in header.value.split(separator: ",") { wanted.append(try fault(text.trimmed)) }
    }
    if wanted.isEmpty { wanted = state.withLock { $0.always } }
    return wanted.filter { fault in
      endpoint.map(fault.rule.endpoints.contains) ?? true
    }.filter(takeOne)
  }

  private func fault(_ text: String) throws(Refusal) -> Fault {
    do {
      return try Fault(text, among: rules)
    } catch {
      throw .invalid("\(error)", param: "x-emulate-fault")
    }
  }

  private func takeOne(_ fault: Fault) -> Bool {
    guard let count = fault.count else { return true }
    return state.withLock { state in
      state.met[fault.text, default: 0] += 1
      return state.met[fault.text, default: 0] <= count
    }
  }
}
