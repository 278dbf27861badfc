import TransportSDK

/// Why there is no token, in words that name the cause and the key.
enum SignInFailure {
  /// A setting, or the variable in its place, cannot work.
  static func setting(_ key: SettingsKey, _ words: String) -> TransportFailure {
    TransportFailure(
      .configInvalid, scope: .credential, "\(words).", pointer: key.pointer, retry: .no)
  }

  /// A service could not be asked.
  static func unreachable(_ service: String, _ problem: String) -> TransportFailure {
    TransportFailure(
      .upstreamFailed, scope: .network, "cannot ask \(service) for a token: \(problem).",
      retry: .yes)
  }

  /// A service answered, and not with a token.
  static func noTokenReply(
    _ result: EffectResult, from service: String, pointer: String = ""
  ) -> TransportFailure {
    let kind = result.header("content-type").map { " of type \(Quotation.of($0))" } ?? ""
    let size = result.body.isEmpty ? "an empty body" : "a body\(kind)"
    return TransportFailure(
      .protocolError, scope: .endpoint,
      "\(service) answered with status \(result.status) and \(size) that holds no token. Check that "
        + "nothing stands in between: a proxy, or a page that wants a sign-in.", pointer: pointer)
  }

  /// What the token endpoint says.
  static func ofTokenEndpoint(
    _ result: EffectResult, application: EntraApplication, source: EntraSource
  ) -> TransportFailure {
    let subject = "cannot sign in as \(application.words)"
    if let passing = passing(result, [408], from: application.authority.authority) {
      return passing
    }
    let body = SignInErrorBody(result)
    if let known = KnownRefusal.first(of: body.codes) {
      return known.failure(of: subject, trace: body.trace)
    }
    guard !body.isEmpty, result.status >= 400 else {
      return noTokenReply(
        result, from: application.authority.authority, pointer: SettingsKey.authority.pointer)
    }
    let key = key(blamedBy: body.name, source: source)
    return TransportFailure(
      .auth, scope: .credential,
      "\(subject): \(ended(body.words)) Check \(key.rawValue).\(body.trace)", pointer: key.pointer,
      upstreamCode: body.name, retry: .no)
  }

  /// What a service of managed identities says.
  static func ofManagedIdentity(
    _ result: EffectResult, from service: String, identity: ManagedIdentity
  ) -> TransportFailure {
    if let passing = passing(result, [404, 408, 410], from: service) { return passing }
    let body = SignInErrorBody(result)
    if let known = KnownRefusal.first(of: body.codes) {
      return known.failure(of: "\(service) gives no token for \(identity.words)")
    }
    guard !body.isEmpty, result.status >= 400 else { return noTokenReply(result, from: service) }
    let key: SettingsKey = body.name == "invalid_resource" ? .scope : .clientID
    let advice =
      key == .scope
      ? "Check scope."
      : "Check that the identity is assigned to this machine, and client_id, object_id or resource_id "
        + "where there are several."
    return TransportFailure(
      .auth, scope: .credential,
      "\(service) gives no token for \(identity.words): \(ended(body.words)) \(advice)",
      pointer: key.pointer, upstreamCode: body.name, retry: .no)
  }

  /// Whether a machine says that no identity is assigned to it.
  static func saysNoIdentity(_ result: EffectResult) -> Bool {
    SignInErrorBody(result).description.lowercased().includes("identity not found")
  }

  /// What passes by itself: too many requests, and a service that fails or says that it is not ready.
  private static func passing(
    _ result: EffectResult, _ unready: [Int], from service: String
  ) -> TransportFailure? {
    switch result.status {
    case 429:
      TransportFailure(
        .rateLimited, scope: .credential, "\(service) gets too many requests for tokens.",
        retryAfter: result.retryAfter, retry: .yes)
    case 500...,
      _ where unready.contains(result.status):
      TransportFailure(
        .upstreamFailed, scope: .endpoint,
        "\(service) gave no token: it failed with status \(result.status).",
        retryAfter: result.retryAfter, retry: .yes)
    default: nil
    }
  }

  private static func key(blamedBy name: String, source: EntraSource) -> SettingsKey {
    switch (name, source) {
    case ("invalid_scope", _), ("invalid_resource", _), ("invalid_target", _): .scope
    case ("unauthorized_client", _), ("access_denied", _): .clientID
    case (_, .clientSecret): .clientSecret
    case (_, .certificate): .certificate
    case (_, .workloadIdentity): .federatedTokenFile
    case (_, .managedIdentity), (_, .azureCLI): .source
    }
  }

  private static func ended(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? sentence : "\(sentence)."
  }
}
