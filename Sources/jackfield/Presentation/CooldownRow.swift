import RouteSimulation
import Routing

/// A line about what is left alone: a change, or several that say the same.
///
/// Probes that fail one after the other are one row with the cooldown that follows from them, and a probe
/// that is answered is one with the end of the cooldown.
struct CooldownRow {
  /// What happened.
  private enum Event {
    case opened(CooldownChange.Opening)
    case failed(count: Int, last: Duration, FailureCode, until: Duration?)
    case answered(call: Int, target: Int, isClosed: Bool)
    /// It is over; stated: because the upstream said so, else because an attempt was answered.
    case closed(isStated: Bool)

    /// Whether the upstream stated a time that is over.
    func isOver(at time: Duration) -> Bool {
      guard case .opened(let opening) = self else { return false }
      return opening.isStated && time >= opening.until
    }
  }

  /// What is blamed.
  private struct Key: Hashable {
    let scope: FailureScope
    let name: String
  }

  let time: Duration
  let scope: FailureScope
  let name: String
  private let labels: [String]
  private var event: Event

  /// All rows of a report, in the order of time.
  static func rows(_ report: SimulationReport) -> [CooldownRow] {
    let labels = report.targets.map(\.label)
    var rows: [CooldownRow] = []
    // The last row of what is not closed yet.
    var current: [Key: Int] = [:]
    for change in report.changes {
      let key = Key(scope: change.scope, name: change.name)
      let before = current[key].map { rows[$0].event }
      if let place = current[key], rows[place].absorb(change) {
        if case .closed = change.kind { current[key] = nil }
        continue
      }
      rows.append(CooldownRow(change, after: before, labels: labels))
      if case .closed = change.kind { current[key] = nil } else { current[key] = rows.count - 1 }
    }
    return rows
  }

  private init(_ change: CooldownChange, after before: Event?, labels: [String]) {
    time = change.time
    scope = change.scope
    name = change.name
    self.labels = labels
    event =
      switch change.kind {
      case .opened(let opening): .opened(opening)
      case .probed(_, _, let failure?):
        .failed(count: 1, last: change.time, failure, until: nil)
      case .probed(let call, let target, nil):
        .answered(call: call, target: target, isClosed: false)
      case .closed: .closed(isStated: before?.isOver(at: change.time) ?? false)
      }
  }

  /// Takes a further change in, where it belongs to the row.
  private mutating func absorb(_ change: CooldownChange) -> Bool {
    switch (event, change.kind) {
    case (.failed(let count, _, let failure, let until), .probed(_, _, .some)):
      event = .failed(count: count + 1, last: change.time, failure, until: until)
    case (.failed(let count, let last, let failure, _), .opened(let opening)):
      event = .failed(count: count, last: last, failure, until: opening.until)
    case (.answered(let call, let target, false), .closed):
      event = .answered(call: call, target: target, isClosed: true)
    default: return false
    }
    return true
  }
}

// MARK: - Words

extension CooldownRow {
  var word: String {
    switch event {
    case .opened: "opened"
    case .failed(let count, _, _, _): count == 1 ? "probe" : "probes"
    case .answered(_, _, let isClosed): isClosed ? "closed" : "probe"
    case .closed: "closed"
    }
  }

  var style: Palette.Style {
    switch event {
    case .opened: .warning
    case .failed: .failure
    case .answered, .closed: .success
    }
  }

  var note: String {
    switch event {
    case .opened(let opening): note(opening)
    case .failed(let count, let last, let failure, let until):
      (count == 1 ? "failed: " : "\(count) failed until \(last.words): ") + failure.rawValue
        + (until.map { "; now until \($0.words)" } ?? "")
    case .answered(let call, let target, _):
      "a probe was answered: call \(call) at \(labels[target])"
    case .closed(let isStated):
      isStated ? "its time was over" : "an attempt of last resort was answered"
    }
  }

  private func note(_ opening: CooldownChange.Opening) -> String {
    let stated = opening.isStated ? ", as it said" : ""
    let times = opening.extensions == 0 ? "" : ", put off \(opening.extensions)×"
    return "until \(opening.until.words): \(opening.cause.rawValue)\(stated)\(times)"
  }
}
