internal import Routing

// MARK: - What machines ask for

extension Engine {
  /// Does what a call's machine says.
  mutating func perform(_ action: CallMachine.Action?, _ place: Int, at now: Duration) {
    switch action {
    case .send(let step): begin(step, place, at: now)
    case .wait(let pause): wait(pause, place, at: now)
    case .fail(let ending): fail(ending, place, at: now)
    case .mend, nil: preconditionFailure("no simulated failure can be mended")
    }
    recorder.takeTransitions(&router, at: now)
  }

  private mutating func begin(_ step: CallStep, _ place: Int, at now: Duration) {
    guard var call = calls[place] else { return }
    endPause(&call, at: now)
    let target = table.number(of: step)
    // The numbers of an attempt are its own: another scenario leaves it the same luck.
    var numbers = SeededNumbers(
      scenario.seed, Chance.upstreams.rawValue, UInt64(call.story.number), UInt64(step.attempt))
    let course = upstream.course(of: target, at: now, &numbers)
    call.attempt = LiveCall.Attempt(
      target: target, began: now, course: course, isProbe: step.isProbe)
    call.story.steps.append(
      .attempt(
        CallStory.Attempt(
          target: target, reason: step.reason, isProbe: step.isProbe,
          began: now - call.story.arrived)))
    calls[place] = call
    recorder.began(target, step.reason)
    events.add(.attemptOver(place), at: call.bounded(now + course.length))
  }

  private mutating func wait(_ pause: CallPause, _ place: Int, at now: Duration) {
    guard var call = calls[place] else { return }
    pauses += 1
    events.add(.pauseOver(place, number: pauses), at: now + pause.length)
    if call.isQueued, pause.purpose == .capacity {
      // It goes on waiting, and keeps its turn.
      call.pause?.number = pauses
    } else {
      endPause(&call, at: now)
      call.pause = LiveCall.Pause(purpose: pause.purpose, began: now, number: pauses)
      if call.isQueued { queue.append(place) }
    }
    calls[place] = call
  }

  private mutating func fail(_ ending: CallEnding, _ place: Int, at now: Duration) {
    guard var call = calls[place] else { return }
    endPause(&call, at: now)
    calls[place] = call
    end(place, .failed(code(of: ending, call)), latency: now - call.story.arrived)
  }

  private func code(of ending: CallEnding, _ call: LiveCall) -> FailureCode {
    switch ending {
    case .full: return .full
    case .unusable, .outOfReach: return .unusable
    case .failed:
      let failures = call.story.steps.reversed().lazy.compactMap { step -> FailureCode? in
        if case .attempt(let attempt) = step { attempt.failure } else { nil }
      }
      return failures.first ?? .timeoutTotal
    }
  }

  private mutating func endPause(_ call: inout LiveCall, at now: Duration) {
    guard let pause = call.pause else { return }
    let length = now - pause.began
    call.pause = nil
    call.story.steps.append(
      .wait(pause.purpose, began: pause.began - call.story.arrived, length: length))
    recorder.waited(pause.purpose, length)
  }
}

// MARK: - What happens to them

extension Engine {
  /// An attempt has its first part, or failed, or the deadline came before either.
  mutating func attemptOver(_ place: Int, at now: Duration) {
    guard let call = calls[place], let attempt = call.attempt else { return }
    if now < attempt.began + attempt.course.length {
      failed(.deadline, attempt, place, at: now)
    } else {
      switch attempt.course.ending {
      case .answered(let rest): answered(attempt, rest, place, at: now)
      case .failed(let failure): failed(failure, attempt, place, at: now)
      }
    }
  }

  private mutating func answered(
    _ attempt: LiveCall.Attempt, _ rest: Duration, _ place: Int, at now: Duration
  ) {
    settle(place, nil, at: now)
    recorder.answered(attempt, at: now, call: calls[place]?.story.number ?? 0)
    calls[place]?.machine.answered(router: &router, at: now)
    recorder.takeTransitions(&router, at: now)
    calls[place]?.answered = now
    let end = min(now + rest, attempt.began + attempt.course.limit)
    events.add(.answerOver(place), at: calls[place]?.bounded(end) ?? end)
  }

  private mutating func failed(
    _ failure: SimulatedFailure, _ attempt: LiveCall.Attempt, _ place: Int, at now: Duration
  ) {
    settle(place, failure.code, at: now)
    recorder.failed(attempt, failure, at: now, call: calls[place]?.story.number ?? 0)
    let action = calls[place]?.machine.failed(
      failure.failure, router: &router, at: now, random: &routing)
    perform(action, place, at: now)
    serveQueue(after: attempt, at: now)
  }

  /// Writes what came of the last attempt into the call's story.
  private mutating func settle(_ place: Int, _ code: FailureCode?, at now: Duration) {
    guard var call = calls[place], case .attempt(var attempt)? = call.story.steps.last else {
      return
    }
    attempt.length = now - call.story.arrived - attempt.began
    attempt.failure = code
    call.story.steps[call.story.steps.count - 1] = .attempt(attempt)
    calls[place] = call
  }

  /// An answer is over: whole, or cut by the clock of the attempt or the call.
  mutating func answerOver(_ place: Int, at now: Duration) {
    guard let call = calls[place], let attempt = call.attempt, let answered = call.answered,
      case .answered(let rest) = attempt.course.ending
    else { return }
    let isWhole = now == answered + rest
    let failure: SimulatedFailure? =
      isWhole ? nil : call.deadline == now ? .deadline : .attempt
    calls[place]?.machine.finished(failure?.failure, router: &router, at: now)
    recorder.finished(attempt, failure, at: now)
    recorder.takeTransitions(&router, at: now)
    if let failure {
      settle(place, failure.code, at: now)
      end(place, .failed(failure.code), latency: now - call.story.arrived)
    } else {
      end(place, .served(by: attempt.target), latency: answered - call.story.arrived)
    }
    serveQueue(after: attempt, at: now)
  }
}

// MARK: - Calls that wait for capacity

extension Engine {
  /// Ends a pause.
  ///
  /// - Returns: Whether the call goes on waiting for capacity.
  mutating func resume(_ place: Int, at now: Duration) -> Bool {
    let wasQueued = calls[place]?.isQueued ?? false
    let action = calls[place]?.machine.waited(router: &router, at: now, random: &routing)
    perform(action, place, at: now)
    let isQueued = calls[place]?.isQueued ?? false
    if wasQueued, !isQueued { queue.removeAll { $0 == place } }
    return isQueued
  }

  /// An attempt is over, so that others may begin: those that wait longest first.
  ///
  /// That makes room only where attempts at the same time are limited, or where it ended a cooldown. A
  /// call that has asked nobody yet may be served by any target: where it finds none, nobody behind
  /// it does.
  private mutating func serveQueue(after attempt: LiveCall.Attempt, at now: Duration) {
    let hasRoom = recorder.takeClosed() || table.isNarrow[attempt.target]
    guard hasRoom else { return }
    for place in queue {
      let isFresh = calls[place]?.machine.attempts == 0
      if resume(place, at: now), isFresh { return }
    }
  }
}
