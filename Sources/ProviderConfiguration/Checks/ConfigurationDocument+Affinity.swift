internal import YAML

extension ConfigurationDocument {
  /// Finds models whose calls are to follow the state of earlier ones although no two targets can read
  /// the same state, so that they fail whenever one target does.
  ///
  /// - Parameter boundary: Who can read a provider's state, as its plugin says; nil where that is not
  ///   known. It is asked for providers that have no `state_boundary` of their own.
  /// - Returns: A warning for each such model, in the order of the file; none where a boundary is not
  ///   known.
  package func affinityFindings(boundary: (ProviderEntry) -> String?) -> [Diagnostic] {
    let entries = root.entry(ConfigurationKeys.models.name)?.value.entries ?? []
    return zip(entries, models.models).compactMap { entry, model in
      guard hasBoundariesOfItsOwn(model, boundary), let mark = model.affinity.by.mark else {
        return nil
      }
      return source.diagnostic(
        .affinityWithoutBoundary,
        "calls to \(YAMLText.doubleQuoted(model.name)) follow the state of earlier ones, and each of "
          + "its targets keeps its own: when one fails, its conversations do", at: mark.span,
        help: "Give providers that share their state the same state_boundary, or say what is done "
          + "with lost state.",
        suggestion: entry.value.entry(ModelKeys.affinity.name).flatMap { correction(of: $0.value) })
    }
  }

  private func hasBoundariesOfItsOwn(
    _ model: ModelEntry, _ boundary: (ProviderEntry) -> String?
  ) -> Bool {
    guard model.affinity.by.mark != nil, model.affinity.by.value.contains(where: \.isState),
      model.affinity.whenLost.value == .error, model.targets.count > 1
    else { return false }
    var known: Set<String> = []
    return model.targets.allSatisfy { target in
      guard let provider = provider(target.provider),
        let name = provider.stateBoundary?.value ?? boundary(provider)
      else { return false }
      return known.insert(name).inserted
    }
  }

  private func correction(of affinity: YAMLNode) -> ConfigurationSource.Edit? {
    let word = AffinityRules.Lost.stripReasoning.rawValue
    if let written = affinity.entry(AffinityKeys.whenLost.name) {
      return (word, written.value.span)
    }
    return source.insertion(of: "\(AffinityKeys.whenLost.name): \(word)", into: affinity)
  }
}
