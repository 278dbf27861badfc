extension FaultRule {
  /// Header fields that a client reads, on whatever the reply is: the 200 of a stream too.
  static let headerFields: [FaultRule] = [
    FaultRule(
      name: "retry-after", argument: .text("SECONDS", otherwise: "1"),
      explanation: "retry-after on whatever the reply is",
      onReply: { reply, fault, _ in reply.setHeader("retry-after", fault.argument) }),
    FaultRule(
      name: "retry-after-ms", argument: .number("MS", otherwise: 50),
      explanation: "retry-after-ms on whatever the reply is",
      onReply: { reply, fault, _ in reply.setHeader("retry-after-ms", fault.argument) }),
    FaultRule(
      name: "retry-date", argument: .number("SECONDS", otherwise: 1),
      explanation: "retry-after as a date so many seconds ahead",
      onReply: { reply, fault, scene in
        reply.setHeader("retry-after", HTTPDate.text(scene.clock.now() + .seconds(fault.number)))
      }),
    FaultRule(
      name: "should-retry", argument: .text("TRUTH", otherwise: "true"),
      explanation: "x-should-retry on whatever the reply is",
      onReply: { reply, fault, _ in reply.setHeader("x-should-retry", fault.argument) }),
    FaultRule(
      name: "exhausted", argument: .number("SECONDS", otherwise: 0),
      explanation: "nothing left for so long, say the headers",
      onReply: { reply, fault, scene in
        for kind in ["requests", "tokens"] {
          reply.setHeader("x-ratelimit-remaining-\(kind)", "0")
          guard fault.number > 0 else { continue }
          reply.setHeader(
            "x-ratelimit-reset-\(kind)",
            scene.isAzure ? fault.argument : RateLimitReset.text(seconds: fault.number))
        }
      }),
    FaultRule(
      name: "low-limit", argument: .number("TOKENS", otherwise: 1000),
      explanation: "x-ratelimit-limit-tokens, as when throttled",
      onReply: { reply, fault, _ in
        reply.setHeader("x-ratelimit-limit-tokens", fault.argument)
      }),
    FaultRule(
      name: "header", argument: .pair(otherwise: "x-ms-error-code=Throttled"),
      explanation: "this header field on whatever the reply is",
      onReply: { reply, fault, _ in
        let parts = fault.argument.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 { reply.setHeader(parts[0].lowercased(), parts[1]) }
      }),
    FaultRule(
      name: "without-header", argument: .text("NAME", otherwise: "x-ms-served-model"),
      explanation: "the reply without this header field",
      onHeaders: { reply, fault in
        reply.headers.removeAll { $0.name == fault.argument.lowercased() }
      }),
  ]
}

/// The other way to write the time until a limit is whole again.
enum RateLimitReset {
  /// A duration in hours, minutes and seconds without the empty ones in front: `6m0s`.
  static func text(seconds: Int) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    let end = "\(seconds % 60)s"
    if hours > 0 { return "\(hours)h\(minutes)m\(end)" }
    return minutes > 0 ? "\(minutes)m\(end)" : end
  }
}
