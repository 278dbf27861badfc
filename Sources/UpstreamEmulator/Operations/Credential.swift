/// Checks how a request proves who sends it.
struct CredentialCheck: Sendable {
  let upstream: EmulatedUpstream
  let key: String
  let strictness: Strictness
  /// Whose tokens are taken; nil where none are.
  let tokens: TokenIssuer?

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
    switch (bearer(request), request.header("api-key")) {
    case (nil, nil): throw denied
    case (.some, .some):
      // Ours: which of the two the real one believes is not known, so a client must not rely on it.
      throw .gateway(
        401, code: "401",
        "Exactly one of the headers 'api-key' and 'authorization' may be sent.")
    case (nil, let header?):
      guard header == key else { throw denied }
    case (let token?, nil): try check(token: token, request)
    }
  }

  // A key is taken here too, but not where it is not established that the real one does.
  private func check(token: String, _ request: HTTPRequest) throws(Refusal) {
    let isDated =
      request.queryValue("api-version").flatMap(APIVersion.init) != nil
      && request.pathSegments?.contains("v1") != true
    if token == key, !strictness.takesKeyInItsHeaderOnly, !isDated { return }
    // One text for all that may be wrong: a client that knows its token's audience has to see that
    // it is the expected one, and that the token must be renewed.
    guard tokens?.verdict(on: token, audiences: strictness.audiences) == .valid else {
      throw .token(audience: strictness.audiences.map { $0 + namesSlash }.joined(separator: " or "))
    }
  }

  // As quoted in reports: two audiences are written with a slash at the end, one without.
  private var namesSlash: String { strictness.audiences.count > 1 ? "/" : "" }

  private var denied: Refusal {
    .gateway(
      401, code: "401",
      "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide "
        + "a valid key for an active subscription and use a correct regional API endpoint for "
        + "your resource.")
  }

  // A wrong key may still be somebody's right one.
  private static func masked(_ token: String) -> String {
    guard token.count > 12 else { return String(repeating: "*", count: token.count) }
    return "\(token.prefix(3))\(String(repeating: "*", count: 8))\(token.suffix(4))"
  }
}
