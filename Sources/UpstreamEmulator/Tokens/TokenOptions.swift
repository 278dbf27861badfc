/// How the token service behaves.
package struct TokenOptions: Sendable {
  /// An identity of a machine, with the three names it can be asked for by.
  package struct Identity: Sendable, Hashable {
    /// Its client id.
    package var clientID: String
    /// Its object id.
    package var objectID: String
    /// Its resource id, which begins with `/subscriptions/`.
    package var resourceID: String

    /// An identity with these three names.
    package init(clientID: String, objectID: String, resourceID: String) {
      self.clientID = clientID
      self.objectID = objectID
      self.resourceID = resourceID
    }

    /// The one that a machine of the emulator has been given.
    package static let userAssigned = Identity(
      clientID: "22222222-0000-4000-8000-000000000002",
      objectID: "22222222-0000-4000-8000-00000000000b",
      resourceID: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/"
        + "userAssignedIdentities/emulated")
  }

  /// The TCP port on 127.0.0.1; 0 picks a free one.
  package var port: UInt16 = 0
  /// The directory that exists.
  package var tenant = "11111111-0000-4000-8000-000000000001"
  /// The application that exists in it.
  package var clientID = "11111111-0000-4000-8000-00000000000a"
  /// The secret of the application; nil when it has none.
  package var clientSecret: String? = "emulated~client~secret"
  /// The certificate of the application in PEM; its assertions must be signed by the key of it.
  package var certificate: String?
  /// The text of a foreign token that the application trusts; read at each request, so that a test can
  /// change it.
  package var federatedAssertion: (@Sendable () -> String?)?
  /// What the platform puts into `IDENTITY_HEADER`.
  package var identityHeader = "emulated-identity-header"
  /// Whether the machine has an identity of its own, for requests that name none.
  package var hasSystemIdentity = true
  /// The identities that were given to the machine.
  package var identities: [Identity] = [.userAssigned]
  /// The resources that tokens are issued for.
  package var resources = ["https://ai.azure.com", "https://cognitiveservices.azure.com"]
  /// How long a token is good.
  ///
  /// Source of the default: what the login endpoint commonly answers.
  package var lifetime: Duration = .seconds(3599)
  /// Who remembers the tokens; give the same to the emulators that shall take them.
  package var issuer: TokenIssuer?
  /// What goes wrong with every request that names no fault of its own.
  package var faults: [Fault] = []
  /// What lifetimes and the validity of assertions are measured with.
  package var clock: EmulatorClock = .system
  /// How many requests the log keeps; older ones are forgotten.
  package var requestLogLimit = 10_000

  /// Options as the program has them without a flag.
  package init() {}
}
