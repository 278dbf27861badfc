internal import ProviderConfiguration
internal import Routing

extension ReceivedCall {
  /// The error of a call for which nobody had room, with the line of a target whose limits say so.
  ///
  /// - Parameters:
  ///   - wait: How long it takes until somebody has room; nil: nobody knows.
  ///   - host: The host that made the call.
  /// - Returns: The error for the caller.
  func full(_ wait: Duration?, _ host: TransportHost) -> CallError {
    var error = bound(host) ?? everybody
    error.retryAfter = wait
    return error
  }

  private var everybody: CallError {
    CallError(
      .rateLimited,
      "every target of \"\(route.model)\" has all that its limits allow. Raise limits, add a target or"
        + " a fallback, or wait.",
      source: limited { _ in true } ?? route.targets.first?.source)
  }

  /// The error where others were not asked, since they cannot read what the request goes on from.
  private func bound(_ host: TransportHost) -> CallError? {
    guard let home = traits.home, let reason = tie(to: home),
      models.contains(where: { $0.plan.targets.contains { $0.boundary != home.boundary } }),
      let source = limited({ $0.boundary == home.boundary && $0.provider == home.provider })
        ?? limited({ $0.boundary == home.boundary })
    else { return nil }
    let maker =
      host.boundaries.provider(home.provider).map { "the provider \"\($0.id)\"" }
      ?? "another provider"
    return CallError(
      .rateLimited,
      "what the request goes on from was made by \(maker), which has all that its limits allow."
        + " Nobody else was asked: \(reason). Raise its limits, or wait.", source: source)
  }

  private var models: [ModelRoute] { [route] + fallbacks.values }

  /// The line of the first target with limits that fits.
  private func limited(_ fits: (RouteTarget) -> Bool) -> Mark? {
    models.lazy.flatMap { zip($0.plan.targets, $0.targets) }
      .first { !$0.0.limits.isEmpty && fits($0.0) }?.1.source
  }
}
