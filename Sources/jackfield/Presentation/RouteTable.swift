import ProviderConfiguration
import TransportHost

/// Targets with their verdicts, the chosen one marked.
struct RouteTable {
  private let steps: [Explanation.Step]

  init(_ steps: [Explanation.Step]) { self.steps = steps }

  /// Writes one line for each target, and under a model that is a fallback its own.
  func print(to terminal: Terminal) {
    var table = TextTable()
    for step in steps {
      let style: Palette.Style = step.isChosen ? .plain : .faint
      let name = step.target.map { "\(step.provider)/\($0)" } ?? step.provider
      table.row(
        .init(step.isChosen ? "→" : step.verdict.sign, step.verdict.style), .init(name, style),
        .init(step.model, style), .init(step.source?.description ?? "", .place),
        .init(step.reason + step.because, .faint))
    }
    table.print(to: terminal)
  }
}

extension Explanation.Step {
  /// The line behind the verdict, in brackets; empty where that is the target's own.
  fileprivate var because: String {
    guard let decidedBy, decidedBy != source else { return "" }
    return " (\(decidedBy))"
  }
}

extension Explanation.Step.Verdict {
  /// One character for the first column.
  fileprivate var sign: String {
    switch self {
    case .chosen: "→"
    case .later: " "
    case .cooling, .full: "~"
    case .unusable, .outOfReach: "×"
    }
  }

  fileprivate var style: Palette.Style {
    switch self {
    case .chosen: .success
    case .later: .faint
    case .cooling, .full: .warning
    case .unusable, .outOfReach: .failure
    }
  }
}
