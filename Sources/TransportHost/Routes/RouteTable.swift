internal import ProviderConfiguration
internal import Routing
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
  /// With a pattern such as `*` clients can make up names without end; our choice.
  private static let limit = 256

  private let document: ConfigurationDocument
  private let planner: RoutePlanner
  private let known = Mutex<[Key: ModelRoute]>([:])
  private let families = Mutex<[String: [String: ModelRoute]]>([:])

  init(_ planner: RoutePlanner) {
    self.planner = planner
    document = planner.document
  }

  /// The route of a request.
  ///
  /// - Parameters:
  ///   - request: What the client asks.
  ///   - body: Its body.
  ///   - home: Where its state lives; nil: it has none, or nobody knows.
  ///   - isSent: Whether it will go out; to be shown, a split is not drawn.
  /// - Returns: The route, known or found now.
  /// - Throws: `model_not_found`, `request_invalid` or `config_invalid`; failures are not remembered.
  func route(
    _ request: CallRequest, body: RequestBody, home: CallTraits.Home? = nil, isSent: Bool = true
  ) throws(CallError) -> ModelRoute {
    if let problem = document.problem {
      throw CallError(.configInvalid, problem.message, source: problem.mark)
    }
    guard let name = request.model ?? body.model else {
      return try route(withoutModel: request)
    }
    guard request.provider == nil, !document.routes.isEmpty else {
      return try route(name, on: request.provider)
    }
    let rules = RouteRules(document, request: request, body: body, isSent: isSent) { [self] in
      reaches(home, $0)
    }
    guard let (rule, model) = try rules.destination(of: name) else { return try route(name) }
    return try route(model).led(by: rule)
  }

  /// Whether some target of a model can read the state that a request goes on from.
  private func reaches(_ home: CallTraits.Home?, _ model: String) -> Bool {
    guard let home else { return true }
    return (try? route(model))?.plan.targets.contains { $0.boundary == home.boundary } ?? false
  }

  /// The most models that a call may come to by way of fallbacks; our choice.
  private static let familyLimit = 64

  /// The routes of all models that calls to one may come to by way of fallbacks, by the names that the
  /// file gives them; one that cannot be used is left out.
  func fallbacks(of route: ModelRoute) -> [String: ModelRoute] {
    guard !route.plan.fallbacks.isEmpty else { return [:] }
    if let family = families.withLock({ $0[route.plan.model] }) { return family }
    var family: [String: ModelRoute] = [:]
    var names = route.plan.fallbacks.all
    while let name = names.popLast(), family.count < Self.familyLimit {
      guard family[name] == nil, let next = try? self.route(name) else { continue }
      family[name] = next
      names += next.plan.fallbacks.all
    }
    families.withLock { [family] families in
      if families.count >= Self.limit { families.removeAll() }
      families[route.plan.model] = family
    }
    return family
  }

  /// The route of a name.
  func route(_ name: String, on provider: String? = nil) throws(CallError) -> ModelRoute {
    let key = Key(model: name, provider: provider)
    if let route = known.withLock({ $0[key] }) { return route }
    let route = try planned(name, on: provider)
    known.withLock { known in
      if known.count >= Self.limit { known.removeAll() }
      known[key] = route
    }
    return route
  }

  private func planned(_ name: String, on provider: String?) throws(CallError) -> ModelRoute {
    guard let provider else { return try planner.route(to: resolved(name)) }
    if let model = try? document.models.resolve(name),
      model.targets.contains(where: { $0.entry.provider == provider })
    {
      return try planner.route(to: model, on: provider)
    }
    return planner.route(to: try entry(provider), model: name)
  }

  /// An operation that is about no model goes to the provider that was named, or to the only one.
  private func route(withoutModel request: CallRequest) throws(CallError) -> ModelRoute {
    if let provider = request.provider {
      return planner.route(to: try entry(provider), model: "")
    }
    guard request.body == nil else {
      throw CallError(
        .requestInvalid, "the request names no model. Add \"model\" to it, or name one beside it.")
    }
    guard document.providers.count == 1, let only = document.providers.first else {
      let known = document.providers.map(\.id).joined(separator: ", ")
      throw CallError(
        .requestInvalid,
        "the operation \"\(request.operation)\" needs to know whom to ask. Name a model or one of"
          + " the providers: \(known).\(hint(request))")
    }
    return planner.route(to: only, model: "")
  }

  /// What would tell who made a stored response.
  private func hint(_ request: CallRequest) -> String {
    guard !request.responseID.isEmpty else { return "" }
    return document.stateKey == nil
      ? " With a state_key in the file the ids of responses tell who made them."
      : " The id carries no tag of state_key that would tell who made it."
  }

  private func resolved(_ name: String) throws(CallError) -> ResolvedModel {
    do { return try document.models.resolve(name) } catch {
      throw CallError(.modelNotFound, error.description)
    }
  }

  private func entry(_ provider: String) throws(CallError) -> ProviderEntry {
    if let entry = document.provider(provider) { return entry }
    let known = document.providers.map(\.id).joined(separator: ", ")
    throw CallError(
      .configInvalid, "unknown provider \"\(provider)\". Defined under providers: \(known).")
  }
}
