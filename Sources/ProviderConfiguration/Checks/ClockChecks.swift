internal import YAML

/// Finds durations that another one around them cuts off, in one table or over the levels.
struct ClockChecks {
  /// What one level of the file says, for the findings of one place.
  struct Level {
    var timeouts = Timeouts()
    var retry = RetryRules()
    var cooldown = CooldownRules()
  }

  /// A duration by its key.
  struct Clock {
    let name: String
    let value: @Sendable (Level) -> Sourced<Duration>?
  }

  /// A duration and those that end it.
  struct Bound {
    let code: DiagnosticCode
    let inner: Clock
    let outer: [Clock]
  }

  let reading: Reading
  let root: YAMLNode
  let defaults: DefaultsEntry

  func run(providers: [ProviderEntry], models: [ModelEntry], known: [String: ProviderEntry]) {
    let defaults = Level(
      timeouts: defaults.timeouts, retry: defaults.retry, cooldown: defaults.cooldown)
    var told = Set<Pair>()
    check([defaults], "", &told)
    for provider in providers {
      check([provider.level], "", &told)
      check([provider.level, defaults], "providers.\(provider.id)", &told)
    }
    for model in models {
      check([model.level], "", &told)
      for (index, target) in model.targets.enumerated() {
        let place = "targets[\(index)] of \(reading.quote(model.name))"
        let provider = known[target.provider]?.level ?? Level()
        check([target.level], "", &told)
        check([target.level, model.level, provider, defaults], place, &told)
      }
    }
  }
}

extension ClockChecks {
  private static let connect = Clock(name: TimeoutKeys.connect.name) { $0.timeouts.connect }
  private static let firstEvent = Clock(name: TimeoutKeys.firstEvent.name) {
    $0.timeouts.firstEvent
  }
  private static let idle = Clock(name: TimeoutKeys.idle.name) { $0.timeouts.idle }
  private static let attempt = Clock(name: TimeoutKeys.attempt.name) { $0.timeouts.attempt }
  private static let total = Clock(name: TimeoutKeys.total.name) { $0.timeouts.total }

  private static let bounds =
    [connect, firstEvent, idle].map {
      Bound(code: .unreachableTimeout, inner: $0, outer: [attempt, total])
    } + [
      Bound(code: .unreachableTimeout, inner: attempt, outer: [total]),
      Bound(
        code: .cappedDuration, inner: Clock(name: "cooldown.duration") { $0.cooldown.duration },
        outer: [Clock(name: "max_duration") { $0.cooldown.maxDuration }]),
      Bound(
        code: .cappedDuration, inner: Clock(name: "backoff.initial") { $0.retry.initialBackoff },
        outer: [Clock(name: "max") { $0.retry.longestBackoff }]),
    ]

  /// Two durations that were told of.
  private struct Pair: Hashable {
    let inner: Mark
    let outer: Mark
  }

  /// A duration as it holds at a place: from which level, and where that writes it.
  private struct Found {
    let name: String
    let level: Int
    let value: Duration
    let mark: Mark
  }

  private func found(_ clock: Clock, in levels: [Level]) -> Found? {
    for (index, level) in levels.enumerated() {
      guard let value = clock.value(level) else { continue }
      return value.mark.map {
        Found(name: clock.name, level: index, value: value.value, mark: $0)
      }
    }
    return nil
  }

  /// Looks at what holds when levels, the nearest first, are laid over each other.
  private func check(_ levels: [Level], _ place: String, _ told: inout Set<Pair>) {
    for bound in ClockChecks.bounds {
      guard let inner = found(bound.inner, in: levels) else { continue }
      let outer = bound.outer.compactMap { found($0, in: levels) }
        .filter { $0.value < inner.value }.min { $0.value < $1.value }
      guard let outer, told.insert(Pair(inner: inner.mark, outer: outer.mark)).inserted else {
        continue
      }
      report(bound.code, inner, outer, place)
    }
  }

  /// The level that was written last is at fault, which is the nearer one.
  private func report(_ code: DiagnosticCode, _ inner: Found, _ outer: Found, _ place: String) {
    let isInnerNearer = inner.level <= outer.level
    let nearer = isInnerNearer ? inner : outer
    let span = root.entry(ofValueAt: nearer.mark.span)?.entry.keySpan ?? nearer.mark.span
    let isSplit = inner.level != outer.level
    let scope = isSplit ? " in \(place)" : ""
    let innerPlace = isSplit && !isInnerNearer ? " at \(inner.mark)" : ""
    let outerPlace = isSplit && isInnerNearer ? " at \(outer.mark)" : ""
    let outerText = DurationText.write(outer.value)
    let what = "\(inner.name) (\(DurationText.write(inner.value))\(innerPlace))"
    let message =
      code == .cappedDuration
      ? "\(what) is cut\(scope): \(outer.name) is \(outerText)"
      : "\(what) is never reached\(scope): \(outer.name) ends after \(outerText)"
    reading.report(
      code, message + outerPlace, at: span,
      help: "Shorten the one, or lengthen the other.",
      suggestion: isInnerNearer
        ? (outerText, inner.mark.span) : insertion(of: inner, as: outerText, beside: outer))
  }

  /// A duration of the outer level is not shortened for all, but for the place alone.
  private func insertion(
    of inner: Found, as text: String, beside outer: Found
  ) -> ConfigurationSource.Edit? {
    guard let (table, entry) = root.entry(ofValueAt: outer.mark.span) else { return nil }
    let key = inner.name.split(separator: ".").last.map(String.init) ?? inner.name
    return reading.source.insertion(of: "\(key): \(text)", into: table, before: entry.name)
  }
}

extension ProviderEntry {
  fileprivate var level: ClockChecks.Level {
    ClockChecks.Level(timeouts: timeouts, retry: retry, cooldown: cooldown)
  }
}

extension ModelEntry {
  fileprivate var level: ClockChecks.Level {
    ClockChecks.Level(timeouts: timeouts, retry: retry, cooldown: cooldown)
  }
}

extension TargetEntry {
  fileprivate var level: ClockChecks.Level {
    ClockChecks.Level(timeouts: timeouts, retry: retry, cooldown: cooldown)
  }
}
