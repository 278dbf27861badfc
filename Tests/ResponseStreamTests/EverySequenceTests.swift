import ResponseStream
import Testing

/// Tries every sequence of up to five things that can happen.
@Suite struct `Every sequence of events` {
  private static let alphabet: [Exchange.Step] = [
    .event(Sent.created), .event(Sent.delta), .event(Sent.unknown), .event(Sent.completed),
    .event(Sent.incomplete("max_output_tokens")), .event(Sent.failedNull),
    .event(Sent.failedWhole), .event(Sent.errorFlat), .event(Sent.errorMessage), .end,
    .fail(code: "timeout_idle"), .timer,
  ]

  @Test(arguments: alphabet)
  func `gives exactly one terminal event and keeps every promise`(first: Exchange.Step) {
    var exchange = Exchange()
    exchange.take(first)
    var checked = 0
    check(exchange, after: [first], depth: 4, checked: &checked)
    #expect(checked == 1 + 12 + 144 + 1728 + 20736)
  }

  private func check(
    _ exchange: Exchange, after steps: [Exchange.Step], depth: Int, checked: inout Int
  ) {
    checked += 1
    var ended = exchange
    if !ended.isOver { ended.take(.end) }
    if let broken = brokenPromise(of: ended, after: steps) {
      Issue.record("\(broken) after \(steps.map(\.name))")
    }
    guard depth > 0 else { return }
    for step in Self.alphabet {
      var next = exchange
      next.take(step)
      check(next, after: steps + [step], depth: depth - 1, checked: &checked)
    }
  }

  private func brokenPromise(of exchange: Exchange, after steps: [Exchange.Step]) -> String? {
    guard let outcome = exchange.outcome, exchange.outcomes.count == 1 else {
      return "\(exchange.outcomes.count) terminal events"
    }
    if exchange.spokeAfterEnd { return "something left behind the terminal event" }
    if exchange.timers > 1 { return "more than one timer" }
    let isClean = outcome.kind == .completed
    if isClean != (exchange.forwarded.last == Sent.completed) {
      return "success without response.completed, or the other way round"
    }
    let isReported = exchange.forwarded.contains(Sent.created)
    let leftBare = exchange.terminalType == "error"
    if isReported, leftBare { return "a bare error though a response object was seen" }
    if leftBare, outcome.responseID != nil { return "a response id out of nowhere" }
    let terminals =
      exchange.emitted.count
      + exchange.forwarded.filter { $0 == Sent.completed || $0.contains("incomplete") }.count
    if terminals != 1 { return "\(terminals) terminal events left" }
    if outcome.isCommitted != exchange.forwarded.contains(Sent.delta) {
      return "a wrong idea of what has left"
    }
    return outcome.error == nil && exchange.emitted.count == 1 ? "a failure without an error" : nil
  }
}

extension Exchange.Step {
  fileprivate var name: String {
    switch self {
    case .event(let data): String(data.prefix(40))
    default: "\(self)"
    }
  }
}
