internal import ProviderConfiguration
internal import Routing

/// A request on its way to one target: what all attempts there share.
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
  /// What the host changed in the caller's body for this target; nil: nothing.
  let edited: EditedRequest?
  /// How the host had the body name the model as the file does; nil: it did before, or the transport
  /// names it.
  let naming: Explanation.Edit?
  /// What writes the ids of the answer; nil: they stay.
  let tags: ResponseTags?
  /// Where the state lives that the answer makes.
  let home: StateHome

  /// Takes a request to a target.
  init(
    _ request: CallRequest, body: RequestBody, route: Route, provider: ReadyProvider,
    edited: EditedRequest? = nil, naming: Explanation.Edit? = nil, tags: ResponseTags?,
    home: StateHome
  ) {
    self.home = home
    self.request = request
    self.body = body
    self.naming = naming
    self.route = route
    self.provider = provider
    self.edited = edited
    self.tags = tags
  }

  /// Where the caller wrote what stands at a place of the body.
  func original(_ pointer: String) -> String { edited?.map.original(pointer) ?? pointer }

  /// What amendments are remembered for.
  var deployment: AmendmentMemory.Deployment {
    AmendmentMemory.Deployment(
      provider: route.provider.id,
      model: route.modelName)
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
}
