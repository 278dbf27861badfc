/// A signed statement of an application about itself, taken apart.
struct ClientAssertion {
  let header: JSON
  let claims: JSON
  let signature: [UInt8]
  /// What the signature is over: the first two parts as they were written.
  let signed: [UInt8]

  /// The parts, or nil when the text is no JWT.
  init?(parsing text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
      let signature = Base64URL.bytes(parts[2])
    else { return nil }
    self.header = header
    self.claims = claims
    self.signature = signature
    signed = Array("\(parts[0]).\(parts[1])".utf8)
  }

  private static func object(_ text: Substring) -> JSON? {
    guard let bytes = Base64URL.bytes(text), let value = try? JSON(parsing: bytes),
      case .object = value
    else { return nil }
    return value
  }
}

/// Whether an assertion was made by an application, just now, for this endpoint, with its key.
struct AssertionCheck {
  // Source: the clocks of servers may differ by as much, says the documentation of the claims.
  private static let skew = Duration.seconds(300)

  let certificate: RegisteredCertificate
  let clientID: String
  let audience: String
  let now: Duration
  let refusals: LoginRefusals

  func check(_ text: String) throws(Refusal) {
    guard let assertion = ClientAssertion(parsing: text), assertion.claims["jti"]?.text != nil
    else {
      throw refusal(50027, "JWT token is invalid or malformed.")
    }
    try checkKey(assertion)
    try checkClaims(assertion.claims)
  }

  private func checkKey(_ assertion: ClientAssertion) throws(Refusal) {
    let header = assertion.header
    guard let algorithm = RegisteredCertificate.Algorithm(rawValue: header["alg"]?.text ?? ""),
      header["typ"]?.text == "JWT"
    else {
      throw refusal(5_002_738, "Invalid JWT token. Unsupported or missing 'alg' or 'typ' header.")
    }
    // The older thumbprint is taken with the older algorithm only.
    let isKnown =
      header["x5t#S256"]?.text.map { $0 == certificate.thumbprint }
      ?? (algorithm == .rs256 && header["x5t"]?.text == certificate.olderThumbprint)
    guard isKnown else {
      throw refusal(
        700_027,
        "The certificate with identifier used to sign the client assertion is not registered on "
          + "application. [Reason - The key was not found.]")
    }
    guard certificate.verifies(assertion.signature, over: assertion.signed, algorithm) else {
      throw refusal(700_027, "Client assertion failed signature validation.")
    }
  }

  private func checkClaims(_ claims: JSON) throws(Refusal) {
    guard claims["iss"]?.text == clientID, claims["sub"]?.text == clientID else {
      throw refusal(
        700_021, "Client assertion application identifier doesn't match 'client_id' parameter.")
    }
    guard claims["aud"]?.text == audience else {
      throw refusal(
        700_023,
        "Client assertion audience claim does not match Realm issuer. Review the "
          + "documentation at https://learn.microsoft.com/entra/identity-platform/.")
    }
    guard let start = claims["nbf"]?.integer, let end = claims["exp"]?.integer,
      .seconds(start) <= now + Self.skew, .seconds(end) > now - Self.skew, end > start
    else {
      throw refusal(
        700_024,
        "Client assertion is not within its valid time range. Current time: "
          + "\(HTTPDate.sortable(now)).")
    }
  }

  private func refusal(_ number: Int, _ text: String) -> Refusal {
    refusals.refusal(401, "invalid_client", number, text)
  }
}
