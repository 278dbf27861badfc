internal import ProviderConfiguration
internal import Routing

extension CallError {
  /// The same error, with what the state of a request had to do with it.
  ///
  /// - Parameters:
  ///   - call: The call that it ends.
  ///   - host: The host that made it.
  /// - Returns: The error for the caller.
  func explained(by call: ReceivedCall, _ host: TransportHost) -> CallError {
    guard let words = call.unknownMaker(of: self, host) ?? call.bound(after: self, host) else {
      return self
    }
    var error = self
    error.message += " \(words)"
    return error
  }
}

extension Provenance.Chain {
  /// That nobody knows who made the response, and what would tell.
  func unknownMaker(writesTags: Bool) -> String {
    let maker = "Nobody here knows which provider made \"\(named.prefix(128))\""
    return writesTags
      ? "\(maker): it carries no tag, and this program did not see it made."
      : "\(maker). A state_key in the file lets ids tell, after a restart and in every process."
  }
}

extension ReceivedCall {
  /// State was not found, and may have been looked for at the wrong place.
  fileprivate func unknownMaker(of error: CallError, _ host: TransportHost) -> String? {
    let isAboutState =
      switch error.code {
      case .stateLost, .stateNotReady: true
      case .notFound: body.bytes.isEmpty
      default: false
      }
    guard isAboutState, host.document.providers.count > 1, let chain = provenance?.chain,
      chain.home == nil
    else { return nil }
    return chain.unknownMaker(writesTags: host.state.writesTags)
  }

  /// Other targets could have answered, had the request not gone on from what one made.
  fileprivate func bound(after error: CallError, _ host: TransportHost) -> String? {
    guard let home = traits.home, let reason = tie(to: home),
      FailureCause(error.code).mayMove(blaming: .endpoint),
      plans.contains(where: { $0.targets.contains { $0.boundary != home.boundary } })
    else { return nil }
    let maker = host.boundaries.provider(home.provider).map { "the provider \"\($0.id)\"" }
    return "Nobody else was asked: what the request goes on from was made by"
      + " \(maker ?? "another provider"), and \(reason)."
  }

  private var plans: [RoutePlan] { [route.plan] + fallbacks.values.map(\.plan) }

  /// Why the request cannot do without its state; nil where it can.
  func tie(to home: CallTraits.Home) -> String? {
    switch route.plan.whenLost {
    case .error: "affinity.when_lost lets nobody go on without it"
    case .stripReasoning:
      home.isChain ? "when_lost: strip_reasoning stands in for no stored response" : nil
    case .replay:
      home.isChain && !traits.isReplayable
        ? "the request does not carry the conversation that when_lost: replay would send" : nil
    }
  }
}
