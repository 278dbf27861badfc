internal import ProviderConfiguration
internal import Routing

extension ReceivedCall {
  /// What a caller should know of where it goes, who wants to see it before it is sent.
  func warnings(_ host: TransportHost) -> [String] {
    [drawnModel, host.state.problem.map { "state_key cannot be used: \($0)" }, unknownMaker(host)]
      .compactMap(\.self)
  }

  private var drawnModel: String? {
    guard let rule = route.rule, case .split = rule.destination, rule.sticky == nil,
      traits.home == nil
    else { return nil }
    return
      "the route at \(rule.mark) draws a model for each request; this shows its greatest share"
  }

  private func unknownMaker(_ host: TransportHost) -> String? {
    guard route.plan.hasSeveralBoundaries, let chain = provenance?.chain, chain.home == nil else {
      return nil
    }
    return chain.unknownMaker(writesTags: host.state.writesTags)
      + " Whichever target comes first is asked for it."
  }
}
