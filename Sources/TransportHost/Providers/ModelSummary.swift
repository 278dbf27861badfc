public import ProviderConfiguration

/// One model of the configuration, as `jackfield models` lists it.
public struct ModelSummary: Sendable {
  /// One way to reach it.
  public struct Target: Sendable {
    /// Its own name, or nil.
    public let id: String?
    /// The provider id.
    public let provider: String
    /// The model as the upstream knows it, `{1}` not yet replaced, or nil where none is named.
    public let model: String?
    /// The plugin that speaks to it.
    public let plugin: String
    /// Lower ones are asked first.
    public let order: Int
    /// Its share among those of equal order.
    public let weight: Int
    /// Its place.
    public let source: Mark
  }

  /// The name that clients use, or a pattern.
  public let name: String
  /// Further names.
  public let aliases: [String]
  /// The ways to reach it, in the order of the file.
  public let targets: [Target]
  /// How one of equal order is chosen, as the file writes it.
  public let strategy: String
  /// The models that are asked when it cannot serve, whatever for.
  public let fallbacks: [String]
  /// Its place.
  public let source: Mark
}

extension TransportHost {
  /// The keys of the configuration's providers, in the order of the file.
  public var providerIDs: [String] { document.providers.map(\.id) }

  /// Checks that clients may use a name: a model's, an alias, or one that a pattern matches.
  ///
  /// - Throws: `model_not_found` with the nearest name.
  package func checkModel(_ name: String) throws(CallError) {
    do { _ = try document.models.resolve(name) } catch {
      throw CallError(.modelNotFound, error.description)
    }
  }

  /// The models of the configuration, in the order of the file.
  public var models: [ModelSummary] {
    document.models.models.map { model in
      ModelSummary(
        name: model.name, aliases: model.aliases.map(\.value),
        targets: model.targets.map { target in
          ModelSummary.Target(
            id: target.id, provider: target.provider, model: target.model?.value,
            plugin: document.provider(target.provider)?.plugin ?? "",
            order: target.order.value, weight: target.weight.value, source: target.mark)
        }, strategy: model.strategy.value.rawValue, fallbacks: model.fallbacks.all.map(\.value),
        source: model.mark)
    }
  }
}
