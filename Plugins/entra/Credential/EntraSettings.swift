import TransportSDK

/// What an entry says, checked.
struct EntraSettings: Sendable {
  /// The sources to try, in this order; at least one.
  var sources = EntraSource.chain
  var tenant: String?
  var clientID: String?
  var objectID: String?
  var resourceID: String?
  var clientSecret: CredentialHandle?
  var certificate: CredentialHandle?
  var authority: ServiceURL?
  var imdsEndpoint: ServiceURL?
  /// What a token is for, with `/.default` at its end.
  var scope: String?
  var refreshBefore: Duration?
  var federatedTokenFile: String?
}
