/// Reads requests from one socket and sends what the service makes of them.
struct Connection {
  let socket: Socket
  let number: Int
  let service: any RequestAnswering

  /// Serves until either side ends the connection.
  func serve() {
    var reader = HTTPRequestReader(socket: socket)
    while true {
      do {
        guard let request = try reader.next() else { return }
        guard send(service.steps(for: request, connection: number)) else { return }
      } catch {
        let refusal = service.malformed(error)
        _ = send(ReplyPlan(steps: refusal.steps(chunked: false, keepsAlive: false)))
        return
      }
    }
  }

  /// Carries out the steps.
  ///
  /// - Returns: Whether the connection can be used again.
  private func send(_ plan: ReplyPlan) -> Bool {
    let end = plan.end
    var hasEnded = false
    var outcome = ReplyOutcome()
    defer {
      if !hasEnded { plan.willEnd?() }
      plan.didEnd?(outcome)
    }
    return send(plan.steps, willFinish: plan.willFinish, outcome: &outcome) { index in
      guard index == end else { return }
      hasEnded = true
      plan.willEnd?()
    }
  }

  private func send(
    _ steps: [Step], willFinish: (@Sendable () -> Void)?, outcome: inout ReplyOutcome,
    begins: (Int) -> Void
  ) -> Bool {
    do throws(SocketError) {
      var pending: [UInt8] = []
      for (index, step) in steps.enumerated() {
        begins(index)
        // Header and whole body leave in one write; everything else in a write of its own.
        if case .head(let bytes) = step {
          pending = bytes
          continue
        }
        if case .body(let bytes) = step {
          pending += bytes
          continue
        }
        try flush(&pending)
        guard try carryOut(step, willFinish: willFinish) else {
          // A pause ends a reply only where the client went away during it.
          if case .pause = step { outcome.clientLeft = true }
          return false
        }
        if step.isEvent { outcome.events += 1 }
      }
      try flush(&pending)
      return true
    } catch {
      outcome.clientLeft = true
      return false
    }
  }

  private func flush(_ pending: inout [UInt8]) throws(SocketError) {
    guard !pending.isEmpty else { return }
    try socket.send(pending)
    pending = []
  }

  private func carryOut(
    _ step: Step, willFinish: (@Sendable () -> Void)?
  ) throws(SocketError) -> Bool {
    switch step {
    case .head(let bytes), .body(let bytes), .event(let bytes), .end(let bytes):
      try socket.send(bytes)
    case .drip(let bytes):
      for byte in bytes { try socket.send([byte]) }
    case .pause(let limit):
      return !socket.waitForHangUp(limit: limit)
    case .willFinish:
      willFinish?()
    case .close:
      socket.finishWriting()
      return false
    case .reset:
      socket.resetWhenClosed()
      return false
    }
    return true
  }
}

/// What stands behind a listener.
protocol RequestAnswering: Sendable {
  /// Answers one request; called on the thread of its connection.
  func steps(for request: HTTPRequest, connection: Int) -> ReplyPlan

  /// The reply to bytes that were no request.
  func malformed(_ error: MalformedRequest) -> HTTPReply
}

/// What is sent for one request.
struct ReplyPlan: Sendable {
  var steps: [Step]
  var willFinish: (@Sendable () -> Void)?
  /// Called once, just before what ends the reply for its client, or else after all.
  var willEnd: (@Sendable () -> Void)?
  /// Called once, after all.
  var didEnd: (@Sendable (ReplyOutcome) -> Void)?

  /// The step that ends the reply for its client.
  fileprivate var end: Int? {
    steps.firstIndex { if case .willFinish = $0 { true } else { false } }
      ?? steps.lastIndex { step in
        switch step {
        case .body, .close, .reset: true
        default: false
        }
      }
  }
}

/// What became of a reply.
struct ReplyOutcome: Sendable {
  /// How many events were written; an event in pieces counts once for each.
  var events = 0
  /// Whether the client was found gone before all was written.
  var clientLeft = false
}
