public import ProviderConfiguration

/// One model of the configuration, as `jackfield models` lists it.
public struct ModelSummary: Sendable {
  /// One way to reach it.
  public struct Target: Sendable {
    /// The provider id.
    public let provider: String
    /// The model as the upstream knows it, `{1}` not yet replaced, or nil where none is named.
    public let model: String?
    /// The plugin that speaks to it.
    public let plugin: String
    /// Its place.
    public let source: Mark
  }

  /// The name that clients use, or a pattern.
  public let name: String
  /// Further names.
  public let aliases: [String]
  /// The ways to reach it, in order.
  public let targets: [Target]
  /// Its place.
  public let source: Mark
}

extension TransportHost {
  /// The keys of the configuration's providers, in the order of the file.
  public var providerIDs: [String] { document.providers.map(\.id) }

  /// The models of the configuration, in the order of the file.
  public var models: [ModelSummary] {
    document.models.models.map { model in
      ModelSummary(
        name: model.name, aliases: model.aliases.map(\.value),
        targets: model.targets.map { target in
          ModelSummary.Target(
            provider: target.provider, model: target.model?.value,
            plugin: document.provider(target.provider)?.plugin ?? "", source: target.mark)
        }, source: model.mark)
    }
  }
}
