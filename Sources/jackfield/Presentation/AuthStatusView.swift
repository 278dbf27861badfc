import ProviderConfiguration
import TransportHost

/// The credentials of providers for people: one paragraph each.
struct AuthStatusView {
  private let statuses: [CredentialStatus]
  private let host: TransportHost

  init(_ statuses: [CredentialStatus], of host: TransportHost) {
    self.statuses = statuses
    self.host = host
  }

  /// Writes the paragraphs.
  func print(to terminal: Terminal) {
    for (number, status) in statuses.enumerated() {
      if number > 0 { terminal.line() }
      printHead(status, terminal)
      printSources(status, terminal)
      if let error = status.error { printError(error, terminal) }
    }
  }

  private func printHead(_ status: CredentialStatus, _ terminal: Terminal) {
    let palette = terminal.palette
    let verdict =
      status.credential == nil
      ? palette(.faint, "sends no credential")
      : status.error == nil ? palette(.success, "ok") : palette(.failure, "no credential")
    var parts = [palette(.heading, status.provider.harmless), verdict]
    if let name = status.credential { parts.append("\(name) (\(status.kind))".harmless) }
    if let source = status.source { parts.append(palette(.place, source.description.harmless)) }
    terminal.line(parts.joined(separator: "  "))
    var table = TextTable()
    if !status.scope.isEmpty { table.row(.init("scope", .faint), .init(status.scope)) }
    if let left = status.expiresIn {
      table.row(.init("expires", .faint), .init("in \(left.spoken)"))
    }
    table.print(to: terminal)
  }

  private func printSources(_ status: CredentialStatus, _ terminal: Terminal) {
    var table = TextTable()
    for source in status.sources {
      table.row(
        .init(source.outcome.rawValue, source.outcome.style), .init(source.name),
        .init(source.reason, .faint))
    }
    table.print(to: terminal)
  }

  private func printError(_ error: CallError, _ terminal: Terminal) {
    ErrorReport(CommandFailure(error, host: host)).print(to: terminal)
  }
}

extension CredentialStatus.Source.Outcome {
  fileprivate var style: Palette.Style {
    switch self {
    case .chosen: .success
    case .failed: .warning
    case .skipped: .faint
    }
  }
}

extension Duration {
  /// The two largest units: `1 h 2 min`, `59 min 3 s`, `12 s`.
  fileprivate var spoken: String {
    let seconds = components.seconds
    let units: [(name: String, value: Int64)] = [
      ("d", seconds / 86_400), ("h", seconds / 3600 % 24), ("min", seconds / 60 % 60),
      ("s", seconds % 60),
    ]
    let first = units.firstIndex { $0.value > 0 } ?? units.count - 1
    return units[first...].prefix(2).filter { $0.value > 0 || $0.name == "s" && seconds == 0 }
      .map { "\($0.value) \($0.name)" }.joined(separator: " ")
  }
}
