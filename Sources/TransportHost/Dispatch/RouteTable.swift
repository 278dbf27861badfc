internal import ProviderConfiguration
internal import Synchronization

/// Finds routes, and remembers those of names that were asked for before: the configuration of a host
/// never changes.
final class RouteTable: Sendable {
  private struct Key: Hashable {
    let model: String
    let provider: String?
  }

  /// The most names that are remembered.
  ///
  /// With a pattern such as `*` clients can make up names without
  /// end; our choice.
  private static let limit = 256

  private let document: ConfigurationDocument
  private let known = Mutex<[Key: Route]>([:])

  init(_ document: ConfigurationDocument) { self.document = document }

  /// The route of a request.
  ///
  /// - Parameters:
  ///   - request: What the client asks.
  ///   - bodyModel: The body's own `model`, or nil.
  /// - Returns: The route, its first target chosen.
  /// - Throws: As `ConfigurationDocument.route`; failures are not remembered.
  func route(_ request: CallRequest, bodyModel: String?) throws(CallError) -> Route {
    guard let model = request.model ?? bodyModel else {
      return try document.route(request, bodyModel: nil)
    }
    let key = Key(model: model, provider: request.provider)
    if let route = known.withLock({ $0[key] }) { return route }
    let route = try document.route(request, bodyModel: bodyModel)
    known.withLock { known in
      if known.count >= Self.limit { known.removeAll() }
      known[key] = route
    }
    return route
  }
}
