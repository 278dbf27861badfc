import ArgumentParser
import UpstreamEmulator

/// The options of the token service.
struct TokenFlags: ParsableArguments {
  @Option(help: "How many seconds a token is good.")
  var tokenLifetime = 3599

  @Option(help: "What goes wrong with every request for a token (repeatable; listed above).")
  var tokenFault: [TokenFaultArgument] = []

  @Option(help: "The certificate of the application, a file in PEM.")
  var clientCertificate: String?

  @Option(help: "The text of a foreign token that the application trusts.")
  var federatedToken: String?

  func validate() throws {
    guard (0...Int(Int32.max)).contains(tokenLifetime) else {
      throw ValidationError("--token-lifetime must not be negative.")
    }
  }

  func options(port: UInt16, issuer: TokenIssuer) throws(EmulatorError) -> TokenOptions {
    var options = TokenOptions()
    options.port = port
    options.issuer = issuer
    options.lifetime = .seconds(tokenLifetime)
    options.faults = tokenFault.map(\.fault)
    if let federatedToken { options.federatedAssertion = { federatedToken } }
    options.requestLogLimit = 0
    if let clientCertificate {
      guard let text = TextFile.read(clientCertificate) else { throw .badCertificate }
      options.certificate = text
    }
    return options
  }
}
