import TransportSDK

extension FlowRun {
  /// An application with a secret.
  mutating func tokenByClientSecret() throws(FlowStop) -> (token: IssuedToken, words: String) {
    let secret = try secret(.clientSecret, settings.clientSecret)
    let application = try application()
    return try token(
      of: application, proof: [("client_secret", "")], value: .credential(secret, .form),
      source: .clientSecret)
  }

  /// An application that another issuer's token vouches for.
  ///
  /// Its file is named again in each run, because the cluster replaces the token long before it ends.
  mutating func tokenByWorkloadIdentity() throws(FlowStop) -> (token: IssuedToken, words: String) {
    let path = try required(.federatedTokenFile, settings.federatedTokenFile)
    let application = try application()
    let assertion = try secret(in: path, of: .federatedTokenFile)
    return try token(
      of: application, proof: ClientAssertion.proof, value: .credential(assertion, .form),
      source: .workloadIdentity)
  }

  /// An application with a certificate and its key.
  mutating func tokenByCertificate() throws(FlowStop) -> (token: IssuedToken, words: String) {
    let pem: CredentialHandle
    if let handle = settings.certificate {
      pem = handle
    } else {
      pem = try secret(in: required(.certificate, nil), of: .certificate)
    }
    let application = try application()
    let assertion = try assertion(of: application, pem: pem)
    return try token(
      of: application, proof: ClientAssertion.proof, value: .text(assertion), source: .certificate)
  }

  /// Signs with PSS, and where the key cannot, the older way.
  private mutating func assertion(
    of application: EntraApplication, pem: CredentialHandle
  ) throws(FlowStop) -> String {
    let certificates = try perform(.certificate(pem))
    guard certificates.problem.isEmpty,
      let leaf = PEMText.firstCertificate(in: certificates.text)
    else {
      let why = certificates.problem.isEmpty ? "there is none in it" : certificates.problem
      throw .failed(
        SignInFailure.setting(
          .certificate,
          "certificate must be a PEM file with the certificate and its private key: \(why)"))
    }
    let assertion = ClientAssertion(
      application: application, thumbprint: SHA256.digest(leaf), time: time,
      randomness: randomness)
    var problem = ""
    for algorithm in [SignatureAlgorithm.ps256, .rs256] {
      let input = assertion.signedText(algorithm)
      let signature = try perform(.sign(algorithm, key: pem, input: input))
      if signature.problem.isEmpty, !signature.body.isEmpty {
        return "\(input).\(Base64.encodeURL(signature.body))"
      }
      problem = signature.problem
    }
    throw .failed(
      SignInFailure.setting(
        .certificate,
        "the private key of certificate cannot sign; it must be an RSA key: \(problem)"))
  }
}
