import TransportSDK

/// An application that signs in at the authority.
struct EntraApplication {
  let tenant: String
  let clientID: String
  /// Where it signs in.
  let authority: ServiceURL

  /// The token endpoint, which is also the audience of an assertion.
  var tokenEndpoint: String { "\(authority.text)/\(tenant)/oauth2/v2.0/token" }

  /// What a report says of it.
  var words: String { "application \(clientID) of tenant \(tenant), at \(authority.authority)" }
}

extension FlowRun {
  /// Who signs in, as entry and variables say.
  mutating func application() throws(FlowStop) -> EntraApplication {
    let tenant = try name(.tenant, settings.tenant)
    let clientID = try name(.clientID, settings.clientID)
    let authority = try url(
      .authority, settings.authority, usual: .publicCloud, allowsHTTP: false)
    return EntraApplication(tenant: tenant, clientID: clientID, authority: authority)
  }

  /// Asks the token endpoint; `proof` ends with a pair whose value follows in `value`.
  mutating func token(
    of application: EntraApplication, proof: [(name: String, value: String)],
    value: TokenRequest.Piece, source: EntraSource
  ) throws(FlowStop) -> (token: IssuedToken, words: String) {
    let pairs =
      [
        (name: "grant_type", value: "client_credentials"), ("client_id", application.clientID),
        ("scope", scope),
      ] + proof
    let request = TokenRequest(
      "POST", application.tokenEndpoint,
      headers: [
        ExchangeDraft.Header(name: "content-type", value: "application/x-www-form-urlencoded"),
        ExchangeDraft.Header(name: "accept", value: "application/json"),
      ], body: [.text(FormText.join(pairs)), value])
    let service = application.authority.authority
    let result = try exchange(request, with: service, retrying: .tokenEndpoint)
    guard result.status == 200 else {
      throw .failed(SignInFailure.ofTokenEndpoint(result, application: application, source: source))
    }
    guard let token = TokenReply.token(in: result, at: time) else {
      throw .failed(
        SignInFailure.noTokenReply(result, from: service, pointer: SettingsKey.authority.pointer))
    }
    return (token, application.words)
  }
}
