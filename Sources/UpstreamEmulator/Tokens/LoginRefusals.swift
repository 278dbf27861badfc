/// What the login endpoint says to a request that it does not take.
///
/// Source of the texts with a number: the public list of these errors and reports that quote whole
/// replies; the secret's is word for word as reported in 2023 and 2025.
struct LoginRefusals {
  let clock: EmulatorClock

  func wrongMethod(_ method: String) -> Refusal {
    refusal(
      400, "invalid_request", 900_561,
      "The endpoint only accepts POST requests. Received a \(method) request.")
  }

  func unknownTenant(_ tenant: String) -> Refusal {
    refusal(
      400, "invalid_request", 90002,
      "Tenant '\(tenant)' not found. Check to make sure you have the correct tenant ID and are "
        + "signing into the correct cloud. Check with your subscription administrator, this may "
        + "happen if there are no active subscriptions for the tenant.")
  }

  func missing(_ parameter: String) -> Refusal {
    refusal(
      400, "invalid_request", 900_144,
      "The request body must contain the following parameter: '\(parameter)'.")
  }

  func repeated(_ parameter: String) -> Refusal {
    refusal(400, "invalid_request", 900_143, "The parameter '\(parameter)' is given twice.")
  }

  func unsupportedGrant(_ type: String) -> Refusal {
    refusal(
      400, "unsupported_grant_type", 70003,
      "The app requested an unsupported grant type '\(type)'.")
  }

  func unknownApplication(_ id: String, tenant: String) -> Refusal {
    refusal(
      400, "unauthorized_client", 700_016,
      "Application with identifier '\(id)' was not found in the directory '\(tenant)'. This can "
        + "happen if the application has not been installed by the administrator of the tenant or "
        + "consented to by any user in the tenant. You may have sent your authentication request "
        + "to the wrong tenant.")
  }

  func badScope(_ scope: String) -> Refusal {
    refusal(
      400, "invalid_scope", 1_002_012,
      "The provided value for scope \(scope) is not valid. Client credential flows must have a "
        + "scope value with /.default suffixed to the resource identifier (application ID URI).")
  }

  func unknownResource(_ resource: String, tenant: String) -> Refusal {
    refusal(
      400, "invalid_resource", 500_011,
      "The resource principal named \(resource) was not found in the tenant named \(tenant). This "
        + "can happen if the application has not been installed by the administrator of the tenant "
        + "or consented to by any user in the tenant. You might have sent your authentication "
        + "request to the wrong tenant.")
  }

  var noProof: Refusal {
    refusal(
      401, "invalid_client", 7_000_218,
      "The request body must contain the following parameter: 'client_assertion' or "
        + "'client_secret'.")
  }

  var twoProofs: Refusal {
    refusal(
      400, "invalid_request", 900_143,
      "The request body must contain only one of 'client_assertion' and 'client_secret'.")
  }

  func wrongSecret(_ id: String) -> Refusal {
    refusal(
      401, "invalid_client", 7_000_215,
      "Invalid client secret provided. Ensure the secret being sent in the request is the client "
        + "secret value, not the client secret ID, for a secret added to app '\(id)'.")
  }

  func expiredSecret(_ id: String) -> Refusal {
    refusal(
      401, "invalid_client", 7_000_222,
      "The provided client secret keys for app '\(id)' are expired. Visit the Azure portal to "
        + "create new keys for your app: https://aka.ms/NewClientSecret, or consider using "
        + "certificate credentials for added security: https://aka.ms/certCreds.")
  }

  func untrustedIssuer(of assertion: ClientAssertion?) -> Refusal {
    let claims = assertion?.claims ?? [:]
    return refusal(
      401, "invalid_client", 70021,
      "No matching federated identity record found for presented assertion. Assertion Issuer: "
        + "'\(claims["iss"]?.text ?? "")'. Assertion Subject: '\(claims["sub"]?.text ?? "")'. "
        + "Assertion Audience: '\(claims["aud"]?.text ?? "")'.")
  }

  /// The refusal of an assertion, or any other with a number of its own.
  func refusal(_ status: Int, _ error: String, _ number: Int, _ text: String) -> Refusal {
    let trace = Identifiers.request(of: .azureOpenAI)
    let correlation = Identifiers.request(of: .azureOpenAI)
    let moment = HTTPDate.sortable(clock.now())
    return Refusal(
      status: status,
      body: [
        "error": .string(error),
        "error_description": .string(
          "AADSTS\(number): \(text) Trace ID: \(trace) Correlation ID: \(correlation) "
            + "Timestamp: \(moment)"),
        "error_codes": [.integer(number)], "timestamp": .string(moment),
        "trace_id": .string(trace), "correlation_id": .string(correlation),
        "error_uri": .string("https://login.microsoftonline.com/error?code=\(number)"),
      ])
  }
}
