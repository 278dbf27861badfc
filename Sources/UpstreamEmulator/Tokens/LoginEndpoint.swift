/// The login endpoint of a directory: a token for an application that proves what it is.
///
/// Source of the order of the checks and of most texts: what the real one answers to the mistakes that
/// people make. Where it is not known, the text is ours and says what is wrong.
struct LoginEndpoint {
  let service: TokenService
  private var options: TokenOptions { service.options }
  private var refusals: LoginRefusals { LoginRefusals(clock: options.clock) }

  init(service: TokenService) {
    self.service = service
  }

  /// The reply to a request that is in order.
  func grant(_ request: HTTPRequest) throws(Refusal) -> JSON {
    guard request.method == "POST" else { throw refusals.wrongMethod(request.method) }
    let tenant = request.pathSegments?.first ?? ""
    guard tenant.lowercased() == options.tenant.lowercased() else {
      throw refusals.unknownTenant(tenant)
    }
    let form = LoginForm(pairs: request.form ?? [], refusals: refusals)
    let type = try form.value("grant_type")
    guard type == "client_credentials" else { throw refusals.unsupportedGrant(type) }
    let client = try form.value("client_id")
    guard client.lowercased() == options.clientID.lowercased() else {
      throw refusals.unknownApplication(client, tenant: tenant)
    }
    let resource = try resource(form.value("scope"), tenant: tenant)
    try checkProof(form, request)
    let seconds = Int(options.lifetime.components.seconds)
    return [
      "token_type": "Bearer", "expires_in": .integer(seconds), "ext_expires_in": .integer(seconds),
      "access_token": .string(
        service.issuer.issue(
          audience: resource, client: client, tenant: options.tenant, lifetime: options.lifetime)),
    ]
  }

  private func resource(_ scope: String, tenant: String) throws(Refusal) -> String {
    let suffix = "/.default"
    guard scope.hasSuffix(suffix), !scope.contains(" ") else { throw refusals.badScope(scope) }
    let resource = String(scope.dropLast(suffix.count))
    guard options.resources.contains(resource) else {
      throw refusals.unknownResource(resource, tenant: tenant)
    }
    return resource
  }

  private func checkProof(_ form: LoginForm, _ request: HTTPRequest) throws(Refusal) {
    switch (form["client_secret"], form["client_assertion"]) {
    case (nil, nil): throw refusals.noProof
    case (.some, .some): throw refusals.twoProofs
    case (let secret?, nil):
      guard secret == options.clientSecret else { throw refusals.wrongSecret(options.clientID) }
    case (nil, let assertion?): try checkAssertion(assertion, form, request)
    }
  }

  private func checkAssertion(
    _ assertion: String, _ form: LoginForm, _ request: HTTPRequest
  ) throws(Refusal) {
    let type = try form.value("client_assertion_type")
    guard type == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" else {
      throw refusals.missing("client_assertion_type")
    }
    if let foreign = options.federatedAssertion?(), assertion == foreign { return }
    guard let certificate = service.certificate else {
      throw refusals.untrustedIssuer(of: ClientAssertion(parsing: assertion))
    }
    let path = request.target.prefix { $0 != "?" }
    try AssertionCheck(
      certificate: certificate, clientID: options.clientID,
      audience: "http://\(request.header("host") ?? "")\(path)", now: options.clock.now(),
      refusals: refusals
    ).check(assertion)
  }
}

/// The pairs of a form, each at most once.
struct LoginForm {
  let pairs: [(name: String, value: String)]
  let refusals: LoginRefusals

  subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// A pair that must be there, once, and not empty.
  func value(_ name: String) throws(Refusal) -> String {
    let values = pairs.filter { $0.name == name }.map(\.value)
    guard let value = values.first, !value.isEmpty else { throw refusals.missing(name) }
    guard values.count == 1 else { throw refusals.repeated(name) }
    return value
  }
}
