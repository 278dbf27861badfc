extension UpstreamEmulator {
  /// One open token service.
  package struct TokenListener: Sendable {
    /// Its port on 127.0.0.1.
    package let port: UInt16
    /// The directory that exists.
    package let tenant: String
    /// The application that exists.
    package let clientID: String
    /// The secret of the application; nil when it has none.
    package let clientSecret: String?
    /// What the platform puts into `IDENTITY_HEADER`.
    package let identityHeader: String
    /// Who remembers the tokens.
    package let issuer: TokenIssuer
    let service: TokenService

    /// Scheme, host and port; the authority host of the login endpoint, and the host of the metadata
    /// service.
    package var origin: String { "http://127.0.0.1:\(port)" }
    /// Where an application asks for a token.
    package var tokenURL: String { "\(origin)/\(tenant)/oauth2/v2.0/token" }
    /// Where a virtual machine asks for a token.
    package var metadataURL: String { "\(origin)/metadata/identity/oauth2/token" }
    /// What the platform puts into `IDENTITY_ENDPOINT`.
    package var identityEndpoint: String { "\(origin)/msi/token" }

    /// How many requests an endpoint has taken, refused ones included.
    package func requestCount(_ endpoint: TokenEndpoint) -> Int { service.count(of: endpoint) }
    /// How many requests all endpoints have taken together.
    package var requestCount: Int { TokenEndpoint.allCases.map(requestCount).reduce(0, +) }
    /// Every request that arrived, in order.
    package var requests: [RecordedTokenRequest] { service.requests }
    /// Replaces what goes wrong with every request from now on; counts begin anew.
    package func setFaults(_ faults: [Fault]) { service.setFaults(faults) }
  }

  /// Opens a token service; it accepts connections when this returns.
  ///
  /// - Parameter options: How it behaves; the default is what the program does without a flag.
  /// - Returns: Where it listens and what it expects.
  /// - Throws: `cannotListen` when the port is taken, `cannotStartThread`, `badCertificate`.
  package func startTokens(
    options: TokenOptions = TokenOptions()
  ) throws(EmulatorError) -> TokenListener {
    let server = try Self.open("tokens", port: options.port)
    let issuer = options.issuer ?? TokenIssuer(clock: options.clock)
    let service = try TokenService(
      options: options, issuer: issuer, origin: "http://127.0.0.1:\(server.port)")
    try run(server, service)
    return TokenListener(
      port: server.port, tenant: options.tenant, clientID: options.clientID,
      clientSecret: options.clientSecret, identityHeader: options.identityHeader, issuer: issuer,
      service: service)
  }
}
