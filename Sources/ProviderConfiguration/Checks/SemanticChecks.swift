internal import YAML

/// Finds what can be read and probably does not do what was meant.
struct SemanticChecks {
  let reading: Reading
  let root: YAMLNode
  let defaults: DefaultsEntry
  let providers: [ProviderEntry]
  let models: [ModelEntry]
  let routes: [RouteEntry]

  func run() {
    let known = Dictionary(providers.map { ($0.id, $0) }) { first, _ in first }
    ClockChecks(reading: reading, root: root, defaults: defaults)
      .run(providers: providers, models: models, known: known)
    checkRoutes()
    let entries = root.entry(ConfigurationKeys.models.name)?.value.entries ?? []
    reading.within(ConfigurationKeys.models.name) {
      for (entry, model) in zip(entries, models) {
        reading.within(entry.name) { check(model, entry.value, known) }
      }
    }
  }

  private func check(
    _ model: ModelEntry, _ node: YAMLNode, _ known: [String: ProviderEntry]
  ) {
    checkWeights(of: model, node)
    guard let list = node.entry(ModelKeys.targets.name)?.value else { return }
    reading.within(ModelKeys.targets.name) {
      checkReach(of: model.targets, list)
      for (index, (target, node)) in zip(model.targets, list.items ?? []).enumerated() {
        guard let provider = known[target.provider] else { continue }
        let policy = defaults.policy(of: target, in: model, at: provider)
        reading.within(index: index) { checkLimits(of: target, policy, node) }
      }
    }
  }
}

extension SemanticChecks {
  /// A target is of no use behind one that asks the same of the same.
  private func checkReach(of targets: [TargetEntry], _ list: YAMLNode) {
    var earlier: [String: [(index: Int, target: TargetEntry)]] = [:]
    for (index, target) in targets.enumerated() where target.problem == nil {
      let name = "\(target.provider)\n\(target.model?.value ?? "")"
      if let same = earlier[name]?.first(where: { $0.target.asksTheSame(as: target) }) {
        let place = reading.within(index: index) { reading.place }
        reading.report(
          .unreachableTarget,
          "\(place) can help with nothing: it asks the same of the same provider as "
            + "targets[\(same.index)]", at: target.mark.span, help: "Remove it.",
          suggestion: reading.source.removal(of: target.mark, from: list))
      }
      earlier[name, default: []].append((index, target))
    }
  }

  /// Weights count under some strategies alone.
  private func checkWeights(of model: ModelEntry, _ node: YAMLNode) {
    guard !model.strategy.value.usesWeights,
      let mark = model.targets.lazy.compactMap(\.weight.mark).first
    else { return }
    let using = Strategy.allCases.filter(\.usesWeights).map(\.rawValue)
    let written = node.entry(ModelKeys.strategy.name)?.value.span
    let key = ModelKeys.strategy.name
    let weighted = Strategy.weighted.rawValue
    reading.report(
      .ignoredWeight,
      "the weights of \(reading.place) count for nothing: its strategy is "
        + model.strategy.value.rawValue, at: mark.span,
      help: "Weights count under \(TypeShape.alternatives(using)).",
      suggestion: written.map { (weighted, $0) }
        ?? reading.source.insertion(of: "\(key): \(weighted)", into: node))
  }
}

extension TargetEntry {
  /// Whether another target would do no better where this one failed.
  fileprivate func asksTheSame(as other: TargetEntry) -> Bool {
    let empty = Array("{}".utf8)
    return provider == other.provider && model?.value == other.model?.value
      && options?.json ?? empty == other.options?.json ?? empty
      && params.isSame(as: other.params) && timeouts.values == other.timeouts.values
      && capabilities.map(\.name) == other.capabilities.map(\.name)
      && capabilities.map(\.value) == other.capabilities.map(\.value)
  }
}

extension ParameterRules {
  fileprivate func isSame(as other: ParameterRules) -> Bool {
    unsupported?.value == other.unsupported?.value && set.map(\.name) == other.set.map(\.name)
      && set.map(\.json) == other.set.map(\.json)
      && remove.map(\.value) == other.remove.map(\.value)
      && clamp.map { [$0.name, $0.minimum, $0.maximum] }
        == other.clamp.map { [$0.name, $0.minimum, $0.maximum] }
  }
}

extension Timeouts {
  fileprivate var values: [Duration?] {
    [connect?.value, firstEvent?.value, idle?.value, attempt?.value, total?.value]
  }
}
