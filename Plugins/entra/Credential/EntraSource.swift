/// A way to sign in.
enum EntraSource: String, CaseIterable, Sendable {
  /// An application with a secret.
  case clientSecret = "client_secret"
  /// An application with a certificate and its key.
  case certificate
  /// An application that another issuer's token vouches for, as in Kubernetes.
  case workloadIdentity = "workload_identity"
  /// The identity of the machine or of the app service.
  case managedIdentity = "managed_identity"
  /// Whoever is signed in with `az login`.
  case azureCLI = "azure_cli"

  /// The sources that are tried when an entry names none: what needs no secret, the machine's before the
  /// person's.
  static let chain: [EntraSource] = [.workloadIdentity, .managedIdentity, .azureCLI]

  /// Those that ask the token endpoint of the authority.
  static let applications: [EntraSource] = [.clientSecret, .certificate, .workloadIdentity]
}
