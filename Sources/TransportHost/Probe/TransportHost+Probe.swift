internal import ProviderConfiguration

extension TransportHost {
  /// Finds out with a few small requests whether a provider works, and if not, why.
  ///
  /// Sends one `models`, one tiny create, the same streamed, and where they are not understood at most 12
  /// further creates under other settings; of these, only the one that is answered costs tokens. The
  /// secret goes to the host of the entry alone. Takes two minutes at most.
  ///
  /// - Parameters:
  ///   - provider: Its key in the configuration.
  ///   - model: A configured name or the upstream's own; nil: the provider's first target.
  /// - Returns: What was found out; a provider that does not work is a report too.
  /// - Throws: ``CallError`` for an unknown provider, without a model to ask, and when the task is
  ///   cancelled.
  public func probe(
    provider: String, model: String? = nil
  ) async throws(CallError) -> ProbeReport {
    let target = try ProbeTarget(provider: provider, model: model, in: document)
    let client = ProbeClient(
      host: self, engine: try startedEngine(), target: target,
      deadline: .now + ProbeClient.totalLimit)
    var probe = Probe(client)
    try await probe.run()
    return probe.report
  }
}
