/// The metadata service of a virtual machine.
///
/// Source: its documentation; the texts are as reported, where a report quotes one.
struct MetadataEndpoint {
  private static let versions = ["2018-02-01", "2019-08-01", "2020-06-01", "2021-02-01"]

  let service: TokenService

  /// The reply to a request that is in order; its numbers are text.
  func grant(_ request: HTTPRequest) throws(Refusal) -> JSON {
    guard request.method == "GET" else { throw Self.invalid("Method not allowed", status: 405) }
    // What a request of a browser or through a proxy carries, and one of this machine does not.
    guard request.header("x-forwarded-for") == nil,
      request.header("metadata")?.lowercased() == "true"
    else { throw Self.invalid("Required metadata header not specified") }
    try checkVersion(request)
    let query = MachineQuery(
      request: request, names: ["client_id", "object_id", "msi_res_id"], service: service)
    let resource = try query.resource { Self.invalid($0) }
    guard let client = query.client else { throw Self.invalid("Identity not found") }
    let (token, times) = query.token(for: resource, client: client)
    return .object(
      (["access_token": .string(token), "client_id": .string(client)] as JSON).members
        + times.members + (["token_type": "Bearer", "resource": .string(resource)] as JSON).members)
  }

  private func checkVersion(_ request: HTTPRequest) throws(Refusal) {
    let version = request.queryValue("api-version")
    guard let version, Self.versions.contains(version) else {
      let state = version == nil ? "was not specified" : "is invalid or was not specified"
      throw Refusal(
        status: 400,
        body: [
          "error": .string(
            "Bad request. api-version \(state) in the request. For more information refer to "
              + "aka.ms/azureimds"),
          "newest-versions": .array(Self.versions.reversed().map(JSON.string)),
        ])
    }
  }

  private static func invalid(_ text: String, status: Int = 400) -> Refusal {
    Refusal(
      status: status, body: ["error": "invalid_request", "error_description": .string(text)])
  }
}

/// The endpoint that the platform of an app gives to it.
struct AppServiceEndpoint {
  let service: TokenService

  /// The reply to a request that is in order; it says when the token ends and not how long it lasts.
  func grant(_ request: HTTPRequest) throws(Refusal) -> JSON {
    guard request.method == "GET" else { throw Self.invalid("Method not allowed.", status: 405) }
    guard request.header("x-identity-header") == service.options.identityHeader else {
      throw Self.invalid("Unable to load the proper Managed Identity.", status: 401)
    }
    guard request.queryValue("api-version") == "2019-08-01" else {
      throw Self.invalid("The API version is not supported.")
    }
    let query = MachineQuery(
      request: request, names: ["client_id", "object_id", "mi_res_id"], service: service)
    let resource = try query.resource { Self.invalid($0) }
    guard let client = query.client else {
      throw Self.invalid("No Managed Identity found for specified ClientId/ResourceId/PrincipalId.")
    }
    let (token, times) = query.token(for: resource, client: client)
    return [
      "access_token": .string(token), "client_id": .string(client),
      "expires_on": times["expires_on"] ?? "", "not_before": times["not_before"] ?? "",
      "resource": .string(resource), "token_type": "Bearer",
    ]
  }

  private static func invalid(_ text: String, status: Int = 400) -> Refusal {
    Refusal(status: status, body: ["statusCode": .integer(status), "message": .string(text)])
  }
}

/// What the two endpoints of machines read alike.
struct MachineQuery {
  let request: HTTPRequest
  /// How an identity may be named here: by client, object and resource, in this order.
  let names: [String]
  let service: TokenService

  func resource(_ refusal: (String) -> Refusal) throws(Refusal) -> String {
    guard let resource = request.queryValue("resource"), !resource.isEmpty else {
      throw refusal("Required query variable 'resource' is missing")
    }
    guard service.options.resources.contains(resource) else {
      throw LoginRefusals(clock: service.options.clock)
        .unknownResource(resource, tenant: service.options.tenant)
    }
    let known = Set(names + ["api-version", "resource"])
    if let odd = request.query.first(where: { !known.contains($0.name) }) {
      throw refusal("The query variable '\(odd.name)' is not known here")
    }
    return resource
  }

  /// The client id of the identity that is meant; nil when there is none, or two are named.
  var client: String? {
    let named = request.query.filter { names.contains($0.name) }
    guard let (name, value) = named.first else {
      return service.options.hasSystemIdentity ? "emulated-system-identity" : nil
    }
    guard named.count == 1 else { return nil }
    return service.options.identities.first { identity in
      switch name {
      case "client_id": identity.clientID == value
      case "object_id": identity.objectID == value
      default: identity.resourceID.lowercased() == value.lowercased()
      }
    }?.clientID
  }

  /// A token, and the members that say how long it is good, all of them as text.
  func token(for resource: String, client: String) -> (token: String, times: JSON) {
    let options = service.options
    let token = service.issuer.issue(
      audience: resource, client: client, tenant: options.tenant, lifetime: options.lifetime)
    let now = options.clock.now().components.seconds
    let seconds = options.lifetime.components.seconds
    return (
      token,
      [
        "expires_in": .string(String(seconds)), "expires_on": .string(String(now + seconds)),
        "ext_expires_in": .string(String(seconds)), "not_before": .string(String(now)),
      ]
    )
  }
}
