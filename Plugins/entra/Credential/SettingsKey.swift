import TransportSDK

/// A key of the entry.
enum SettingsKey: String, CaseIterable, Sendable {
  case source
  case tenant
  case clientID = "client_id"
  case objectID = "object_id"
  case resourceID = "resource_id"
  case clientSecret = "client_secret"
  case certificate
  case authority
  case scope
  case refreshBefore = "refresh_before"
  case imdsEndpoint = "imds_endpoint"
  case federatedTokenFile = "federated_token_file"

  /// Where it stands in the credential.
  var pointer: String { "/entra/\(rawValue)" }

  /// The sources that it means something to.
  var readers: [EntraSource] {
    switch self {
    case .source, .scope, .refreshBefore: EntraSource.allCases
    case .tenant: EntraSource.applications + [.azureCLI]
    case .clientID: EntraSource.applications + [.managedIdentity]
    case .authority: EntraSource.applications
    case .clientSecret: [.clientSecret]
    case .certificate: [.certificate]
    case .federatedTokenFile: [.workloadIdentity]
    case .objectID, .resourceID, .imdsEndpoint: [.managedIdentity]
    }
  }

  /// The variable that is read where the entry lacks the key; nil: none.
  var variable: String? {
    switch self {
    case .tenant: "AZURE_TENANT_ID"
    case .clientID: "AZURE_CLIENT_ID"
    case .clientSecret: "AZURE_CLIENT_SECRET"
    case .certificate: "AZURE_CLIENT_CERTIFICATE_PATH"
    case .authority: "AZURE_AUTHORITY_HOST"
    case .imdsEndpoint: "AZURE_POD_IDENTITY_AUTHORITY_HOST"
    case .federatedTokenFile: "AZURE_FEDERATED_TOKEN_FILE"
    case .source, .objectID, .resourceID, .scope, .refreshBefore: nil
    }
  }

  /// The key that somebody meant.
  static func meant(by name: String) -> SettingsKey? {
    let folded = name.lowercased().filter { $0 != "_" && $0 != "-" }
    if let key = allCases.first(where: { $0.folded == folded }) ?? misnomers[folded] { return key }
    return name.nearest(among: allCases.map(\.rawValue)).flatMap(SettingsKey.init)
  }

  private var folded: String { rawValue.filter { $0 != "_" } }

  /// What other tools call them.
  private static let misnomers: [String: SettingsKey] = [
    "tenantid": .tenant, "authoritytenant": .tenant, "appid": .clientID, "applicationid": .clientID,
    "principalid": .objectID, "msiresid": .resourceID, "miresid": .resourceID,
    "secret": .clientSecret, "password": .clientSecret, "clientcertificate": .certificate,
    "certificatepath": .certificate, "clientcertificatepath": .certificate,
    "authorityhost": .authority, "audience": .scope, "resource": .scope, "scopes": .scope,
    "tokenfile": .federatedTokenFile, "tokenfilepath": .federatedTokenFile,
    "sources": .source, "chain": .source,
  ]
}
