/// What holds for one exchange after all levels of the file were laid over each other.
package struct TargetPolicy: Sendable {
  /// The clocks; all but `total` are set.
  package let timeouts: Timeouts
  /// The rules for parameters; `unsupported` is set.
  package let params: ParameterRules
  /// When the target is tried again; every member is set.
  package let retry: RetryRules
  /// When what failed is left alone; every member is set.
  package let cooldown: CooldownRules
  /// When the first of an answer leaves; every member is set.
  package let stream: StreamRules
  /// What the upstream can do with this model.
  package let capabilities: [Capability]

  /// The limit of the whole call; nil for none.
  ///
  /// - Parameter isStreaming: Whether the answer is streamed.
  /// - Returns: What the file says, else nothing for streams and 15 minutes otherwise.
  package func total(isStreaming: Bool) -> Sourced<Duration>? {
    timeouts.total ?? (isStreaming ? nil : Sourced(Timeouts.totalWithoutStream))
  }
}

extension ConfigurationDocument {
  /// What holds for a target: it wins over its model, that over the provider, that over `defaults`.
  ///
  /// - Parameters:
  ///   - target: One of the model's targets; nil for a call that names a provider instead.
  ///   - model: The target's model; nil with it.
  ///   - provider: The target's provider.
  /// - Returns: The policy with the place of each value.
  package func policy(
    of target: TargetEntry?, in model: ModelEntry?, at provider: ProviderEntry
  ) -> TargetPolicy {
    defaults.policy(of: target, in: model, at: provider)
  }
}

extension DefaultsEntry {
  /// The same for entries whose document is not made yet.
  func policy(
    of target: TargetEntry?, in model: ModelEntry?, at provider: ProviderEntry
  ) -> TargetPolicy {
    let timeouts = [target?.timeouts, model?.timeouts, provider.timeouts, self.timeouts]
    let params = [target?.params, model?.params, provider.params, self.params]
    let retry = [target?.retry, model?.retry, provider.retry, self.retry]
    let cooldown = [target?.cooldown, model?.cooldown, provider.cooldown, self.cooldown]
    let stream = [target?.stream, model?.stream, provider.stream, self.stream]
    return TargetPolicy(
      timeouts: timeouts.compactMap(\.self).reduce(Timeouts()) { $0.merged(over: $1) }
        .merged(over: .builtIn),
      params: params.compactMap(\.self).reduce(ParameterRules()) { $0.merged(over: $1) }
        .merged(over: .builtIn),
      retry: retry.compactMap(\.self).reduce(RetryRules()) { $0.merged(over: $1) }
        .merged(over: .builtIn),
      cooldown: cooldown.compactMap(\.self).reduce(CooldownRules()) { $0.merged(over: $1) }
        .merged(over: .builtIn),
      stream: stream.compactMap(\.self).reduce(StreamRules()) { $0.merged(over: $1) }
        .merged(over: .builtIn),
      capabilities: (target?.capabilities ?? []).merged(over: provider.capabilities))
  }
}
