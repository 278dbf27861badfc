/// Checks how a request proves who sends it.
struct CredentialCheck: Sendable {
  let upstream: EmulatedUpstream
  let key: String

  func check(_ request: HTTPRequest) throws(Refusal) {
    upstream.isAzure ? try checkAzure(request) : try checkOpenAI(request)
  }

  private func bearer(_ request: HTTPRequest) -> String? {
    guard let value = request.header("authorization") else { return nil }
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return "" }
    return parts[1].trimmed
  }

  private func checkOpenAI(_ request: HTTPRequest) throws(Refusal) {
    guard let token = bearer(request), !token.isEmpty else {
      throw .invalid("Missing bearer or basic authentication in header", status: 401)
    }
    guard token == key else {
      throw .invalid(
        "Incorrect API key provided: \(Self.masked(token)). You can find your API key at "
          + "https://platform.openai.com/account/api-keys.",
        code: "invalid_api_key", status: 401)
    }
  }

  private func checkAzure(_ request: HTTPRequest) throws(Refusal) {
    let token = bearer(request)
    let header = request.header("api-key")
    guard token != nil || header != nil else { throw denied }
    if let header, header != key { throw denied }
    if let token, token != key { throw .token(audience: audience) }
  }

  private var denied: Refusal {
    .gateway(
      401, code: "401",
      "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide "
        + "a valid key for an active subscription and use a correct regional API endpoint for "
        + "your resource.")
  }

  private var audience: String {
    upstream == .azureFoundry
      ? "https://ai.azure.com" : "https://cognitiveservices.azure.com"
  }

  // A wrong key may still be somebody's right one.
  private static func masked(_ token: String) -> String {
    guard token.count > 12 else { return String(repeating: "*", count: token.count) }
    return "\(token.prefix(3))\(String(repeating: "*", count: 8))\(token.suffix(4))"
  }
}
