import TransportSDK

extension FlowRun {
  /// The identity of the machine or of the app service.
  mutating func tokenByManagedIdentity() throws(FlowStop) -> (token: IssuedToken, words: String) {
    if let service = try appService() { return try token(of: service) }
    let base = try url(
      .imdsEndpoint, settings.imdsEndpoint, usual: .instanceMetadata, allowsHTTP: true)
    try probe(base)
    let identity = try chosenIdentity(resourceName: "msi_res_id")
    let url = metadataURL(base, identity)
    let request = TokenRequest(
      "GET", url, headers: [ExchangeDraft.Header(name: "metadata", value: "true")],
      usesProxy: false)
    let name = "the instance metadata service"
    let result = try exchange(request, with: name, retrying: .instanceMetadata)
    return (try token(in: result, from: name, identity), "\(identity.words), by \(name)")
  }

  private func metadataURL(_ base: ServiceURL, _ identity: ManagedIdentity) -> String {
    let query = FormText.join(
      [(name: "api-version", value: "2018-02-01"), ("resource", resource)] + identity.pairs)
    return "\(base.text)/metadata/identity/oauth2/token?\(query)"
  }

  /// Finds out whether the service is there at all, without the header that it insists on: it then refuses
  /// at once, while on any other machine the address leads nowhere.
  private mutating func probe(_ base: ServiceURL) throws(FlowStop) {
    let url = metadataURL(base, ManagedIdentity(pairs: [], words: ""))
    let result = try perform(
      .http(TokenRequest("GET", url, timeout: .seconds(1), usesProxy: false)))
    guard result.problem.isEmpty else {
      throw .unavailable(
        "no instance metadata service at \(base.authority): \(result.problem)", .imdsEndpoint)
    }
    // Other clouds have a service at the same address, and container tools answer in its place; none of
    // them in this service's own language.
    guard [401, 403, 404, 405].contains(result.status), SignInErrorBody(result).isEmpty,
      result.header("server")?.hasPrefix("IMDS") != true
    else { return }
    throw .unavailable(
      "something else than an instance metadata service answers at \(base.authority) with HTTP "
        + "\(result.status)", .imdsEndpoint)
  }

  private func token(
    in result: EffectResult, from service: String, _ identity: ManagedIdentity
  ) throws(FlowStop) -> IssuedToken {
    if result.status == 200 {
      if let token = TokenReply.token(in: result, at: time) { return token }
      throw .failed(SignInFailure.noTokenReply(result, from: service))
    }
    // Only who names an identity in the entry insists on it; AZURE_CLIENT_ID serves other sources too.
    if result.status == 400, !identity.isWritten, SignInFailure.saysNoIdentity(result) {
      throw .unavailable("\(identity.words) is not assigned to this machine", .clientID)
    }
    throw .failed(SignInFailure.ofManagedIdentity(result, from: service, identity: identity))
  }
}

// MARK: - App Service

extension FlowRun {
  private struct AppService {
    let endpoint: String
    let header: CredentialHandle
  }

  /// The identity endpoint of an app service, where both of its variables are set.
  private mutating func appService() throws(FlowStop) -> AppService? {
    let endpoint = try perform(.variable("IDENTITY_ENDPOINT"))
    guard endpoint.status == 1 else { return nil }
    guard let header = try perform(.secret(.variable("IDENTITY_HEADER"))).credential else {
      return nil
    }
    // A query may follow, which the text of a service's URL does not have.
    let base = endpoint.text.prefix { $0 != "?" }
    guard ServiceURL(String(base), allowsHTTP: true) != nil, base.hasPrefix("http"),
      endpoint.text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      throw .failed(
        SignInFailure.setting(.source, "IDENTITY_ENDPOINT holds no URL of a service"))
    }
    return AppService(endpoint: endpoint.text, header: header)
  }

  private mutating func token(
    of service: AppService
  ) throws(FlowStop) -> (token: IssuedToken, words: String) {
    let identity = try chosenIdentity(resourceName: "mi_res_id")
    let query = FormText.join(
      [(name: "api-version", value: "2019-08-01"), ("resource", resource)] + identity.pairs)
    let separator = service.endpoint.includes("?") ? "&" : "?"
    let request = TokenRequest(
      "GET", "\(service.endpoint)\(separator)\(query)",
      headers: [
        ExchangeDraft.Header(name: "x-identity-header", value: "", credential: service.header)
      ], usesProxy: false)
    let name = "the identity endpoint of App Service"
    let result = try exchange(request, with: name, retrying: .appService)
    return (try token(in: result, from: name, identity), "\(identity.words), by \(name)")
  }
}

// MARK: - Which identity

/// An identity of a machine.
struct ManagedIdentity {
  /// What a query says to choose it; none: the machine's own.
  let pairs: [(name: String, value: String)]
  /// What messages call it.
  let words: String
  /// Whether the entry itself names it.
  var isWritten = true
}

extension FlowRun {
  /// What a token is for, as these services name it.
  private var resource: String {
    let suffix = "/.default"
    return scope.hasSuffix(suffix) ? String(scope.dropLast(suffix.count)) : scope
  }

  /// The identity that the entry chooses; the parameter of a resource's id has a name for each service.
  private mutating func chosenIdentity(
    resourceName: String
  ) throws(FlowStop) -> ManagedIdentity {
    if let id = settings.objectID {
      return ManagedIdentity(pairs: [("object_id", id)], words: "the identity with object id \(id)")
    }
    if let id = settings.resourceID {
      return ManagedIdentity(pairs: [(resourceName, id)], words: "the identity \(id)")
    }
    guard let id = try optional(.clientID, settings.clientID) else {
      return ManagedIdentity(pairs: [], words: "the machine's own identity", isWritten: false)
    }
    try check(id, of: .clientID)
    return ManagedIdentity(
      pairs: [("client_id", id)], words: "the identity with client id \(id)",
      isWritten: settings.clientID != nil)
  }
}
