extension FaultRule {
  private static let place = FaultArgument.number("EVENTS", otherwise: 6)
  private static let wait = FaultArgument.number("MS", otherwise: nil)

  /// Connections that break, or stand still.
  static let connections: [FaultRule] = [
    FaultRule(
      name: "reset", explanation: "reset the connection before the header",
      onSteps: { steps, _ in steps = [.reset] }),
    FaultRule(
      name: "close", explanation: "end the connection in order, before the header",
      onSteps: { steps, _ in steps = [.close] }),
    FaultRule(
      name: "partial-header", explanation: "end the connection inside the header",
      onSteps: { steps, _ in
        steps = [.drip(Array((steps.first?.bytes ?? []).prefix(20))), .close]
      }),
    FaultRule(
      name: "reset-after-header", explanation: "reset the connection after the header",
      onSteps: { steps, _ in steps = heads(steps) + [.reset] }),
    FaultRule(
      name: "close-after-header", explanation: "end the connection after the header",
      onSteps: { steps, _ in steps = heads(steps) + [.close] }),
    FaultRule(
      name: "cut", argument: place,
      explanation: "end after so many events, the last chunk missing",
      onSteps: { steps, fault in steps = beginning(steps, fault.number) + [.close] }),
    FaultRule(
      name: "reset-mid-stream", argument: place,
      explanation: "reset after so many events",
      onSteps: { steps, fault in steps = beginning(steps, fault.number) + [.reset] }),
    FaultRule(
      name: "end-early", argument: place,
      explanation: "end cleanly after so many, no terminal event",
      onReply: { reply, fault, _ in
        reply.editEvents { events, _ in events = Array(events.prefix(fault.number)) }
      }),
    FaultRule(
      name: "stall", argument: wait,
      explanation: "wait before the header (for ever)",
      onSteps: { steps, fault in steps.insert(.pause(duration(fault)), at: 0) }),
    FaultRule(
      name: "stall-after-header", argument: wait,
      explanation: "wait after the header (for ever)",
      onSteps: { steps, fault in
        steps = heads(steps) + [.pause(duration(fault))] + steps.filter { !$0.isHead }
      }),
    FaultRule(
      name: "stall-mid-stream", argument: place,
      explanation: "nothing any more after so many events",
      onSteps: { steps, fault in steps = beginning(steps, fault.number) + [.pause(nil)] }),
    FaultRule(
      name: "no-end", explanation: "everything is sent, and the connection stays open",
      onSteps: { steps, _ in
        steps = steps.filter { !$0.isEnd } + [.pause(nil)]
      }),
    FaultRule(
      name: "drip", explanation: "every byte in a write of its own",
      onSteps: { steps, _ in steps = steps.map { $0.bytes.map(Step.drip) ?? $0 } }),
    FaultRule(
      name: "garbage-http", explanation: "bytes that are no HTTP",
      onSteps: { steps, _ in
        steps = [.drip(Array("\u{1}\u{2}\u{3} what is this\r\n\r\n".utf8)), .close]
      }),
  ]

  private static func duration(_ fault: Fault) -> Duration? {
    Int(fault.argument).map { .milliseconds($0) }
  }

  private static func heads(_ steps: [Step]) -> [Step] { steps.filter(\.isHead) }

  // The header and the first events; of a whole body its first half.
  private static func beginning(_ steps: [Step], _ count: Int) -> [Step] {
    var kept: [Step] = []
    var events = 0
    for step in steps {
      switch step {
      case .head, .pause: kept.append(step)
      case .body(let bytes): kept.append(.body(Array(bytes.prefix(bytes.count / 2))))
      case .event where events < count:
        events += 1
        kept.append(step)
      case .event, .end, .drip, .willFinish, .close, .reset: break
      }
    }
    return kept
  }
}

extension HTTPReply {
  /// Edits the events, where there are any: a refused request meets no fault of streams.
  mutating func editEvents(_ edit: (inout [ServerEvent], inout EventFraming) -> Void) {
    guard case .events(var events, var framing) = body else { return }
    edit(&events, &framing)
    body = .events(events, framing: framing)
  }
}
