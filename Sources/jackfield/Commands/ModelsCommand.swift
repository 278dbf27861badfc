import ArgumentParser
import ProviderConfiguration
import TransportHost

/// `jackfield models`: what a client may put in `model`.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the configured models.",
    discussion: "What an upstream offers itself: jackfield call --operation models --provider ID.")

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var output: OutputOption

  func run() throws {
    let host = try configuration.host()
    guard !output.isJSON else {
      return Terminal.output.write(json(host.models) + [UInt8(ascii: "\n")])
    }
    DiagnosticPrinter(terminal: .error).print(host.diagnostics.filter { $0.severity == .error })
    var table = TextTable(indent: 0)
    for model in host.models {
      add(model, to: &table)
    }
    if table.isEmpty { Terminal.error.line("no models are configured") }
    table.print(to: .output)
  }

  private func add(_ model: ModelSummary, to table: inout TextTable) {
    for (number, target) in model.targets.enumerated() {
      table.row(
        .init(number == 0 ? model.name : "", .heading),
        .init(target.id.map { "\(target.provider)/\($0)" } ?? target.provider),
        .init(target.model ?? "as asked"), .init(target.plugin, .faint),
        .init(model.targets.count > 1 ? "order \(target.order)" : "", .faint),
        .init(model.isWeighted ? "weight \(target.weight)" : "", .faint),
        .init(target.source.description, .place))
    }
    if model.targets.count > 1 || !model.fallbacks.isEmpty {
      table.row(
        .init(""), .init(model.targets.count > 1 ? "by \(model.strategy)" : "", .faint),
        .init(
          model.fallbacks.isEmpty ? "" : "falls back to \(model.fallbacks.joined(separator: ", "))",
          .faint), .init(""), .init(""), .init(""), .init(""))
    }
    for alias in model.aliases {
      table.row(
        .init(alias, .heading), .init("= \(model.name)", .faint), .init(""), .init(""),
        .init(""), .init(""),
        .init(model.source.description, .place))
    }
  }

  private func json(_ models: [ModelSummary]) -> [UInt8] {
    var out = JSONWriter()
    out.object { top in
      top.member("models") { out in
        out.array(models) { model, out in model.write(to: &out) }
      }
    }
    return out.bytes
  }
}

extension ModelSummary {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { model in
      model.member("name", name)
      model.member("aliases") { $0.array(aliases) { $1.value($0) } }
      model.member("targets") { out in
        out.array(targets) { target, out in
          out.object { object in
            object.member("id", target.id)
            object.member("provider", target.provider)
            object.member("model", target.model)
            object.member("plugin", target.plugin)
            object.member("order", Int64(target.order))
            object.member("weight", Int64(target.weight))
            object.member("source", target.source.description)
          }
        }
      }
      model.member("strategy", strategy)
      model.member("fallbacks") { $0.array(fallbacks) { $1.value($0) } }
      model.member("source", source.description)
    }
  }

  /// Whether the targets' shares differ.
  fileprivate var isWeighted: Bool { targets.contains { $0.weight != targets.first?.weight } }
}
