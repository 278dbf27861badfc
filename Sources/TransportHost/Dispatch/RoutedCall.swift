internal import ProviderConfiguration
internal import Routing

/// A request that was read and routed: what all attempts of its call share.
///
/// A class, so that an attempt holds one reference and not a dozen.
final class RoutedCall: Sendable {
  /// What the client asks.
  let request: CallRequest
  /// Its body, checked and indexed.
  let body: RequestBody
  /// Where it goes.
  let route: Route
  /// The provider's transport.
  let provider: ReadyProvider

  /// Reads and routes a request.
  ///
  /// - Throws: What is wrong with it, or with the configuration it needs.
  init(_ request: CallRequest, host: TransportHost) throws(CallError) {
    self.request = request
    body = try RequestBody(request)
    route = try host.routes.route(request, bodyModel: body.model)
    provider = try host.providers.provider(route.provider.id)
  }

  /// What amendments are remembered for.
  var deployment: AmendmentMemory.Deployment {
    AmendmentMemory.Deployment(
      provider: route.provider.id,
      model: route.upstreamModel.isEmpty ? route.model : route.upstreamModel)
  }

  /// Whether the request may be changed after a refusal: it has something to change, and
  /// `params.unsupported` does not say that it must go out as it is.
  var mayBeAmended: Bool {
    guard !body.bytes.isEmpty else { return false }
    switch route.policy.params.unsupported?.value {
    case nil, .drop: return true
    case .error, .pass: return false
    }
  }

  /// The limit of the whole call; nil: none.
  var total: Duration? { route.limits.total(isStreaming: body.isStream) }
}
