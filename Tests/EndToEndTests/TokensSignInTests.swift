import ChildProcess
import Foundation
import Synchronization
import Testing
import TransportHost
import UpstreamEmulator

/// A way to sign in, as people write it.
struct SignIn: Sendable, CustomTestStringConvertible {
  let name: String
  /// As ``TokenPlace/configuration(_:baseURLs:)`` takes it.
  let credential: String
  var variables: [String: String] = [:]
  /// Where the token is asked for; nil: by a program.
  let endpoint: TokenEndpoint?
  /// What the last request for a token must say besides.
  var says: [String: String] = [:]

  var testDescription: String { name }

  static let application = "authority: \"<TOKENS>\", tenant: <TENANT>, client_id: <CLIENT>"
  static let secret = SignIn(
    name: "a client secret",
    credential: "{ entra: { \(application), client_secret: { env: SECRET } } }",
    variables: ["SECRET": TokenPlace.secret], endpoint: .login,
    says: ["grant_type": "client_credentials", "client_secret": TokenPlace.secret])
  static let workload = SignIn(
    name: "a workload identity",
    credential: "{ entra: { source: workload_identity } }",
    variables: [
      "AZURE_TENANT_ID": "<TENANT>", "AZURE_CLIENT_ID": "<CLIENT>",
      "AZURE_AUTHORITY_HOST": "<TOKENS>/", "AZURE_FEDERATED_TOKEN_FILE": "<FOLDER>/federated",
    ], endpoint: .login, says: ["client_assertion": "foreign-token"])
  static let machine = SignIn(
    name: "a machine's identity",
    credential: "{ entra: { source: managed_identity, imds_endpoint: \"<TOKENS>\" } }",
    endpoint: .imds, says: ["api-version": "2018-02-01"])

  private static func assigned(
    _ key: String, _ value: String, query: String, by endpoint: TokenEndpoint
  ) -> SignIn {
    let isApp = endpoint == .appService
    let place = isApp ? "" : ", imds_endpoint: \"<TOKENS>\""
    return SignIn(
      name: "an identity by its \(key) (\(endpoint.rawValue))",
      credential: "{ entra: { source: managed_identity, \(key): \"\(value)\"\(place) } }",
      variables: isApp ? appService : [:], endpoint: endpoint, says: [query: value])
  }

  private static let appService = [
    "IDENTITY_ENDPOINT": "<TOKENS>/msi/token", "IDENTITY_HEADER": "emulated-identity-header",
  ]

  static let all: [SignIn] = [
    secret,
    SignIn(
      name: "a client secret of the usual variables",
      credential: "{ entra: { source: client_secret } }",
      variables: [
        "AZURE_TENANT_ID": "<TENANT>", "AZURE_CLIENT_ID": "<CLIENT>",
        "AZURE_AUTHORITY_HOST": "<TOKENS>", "AZURE_CLIENT_SECRET": TokenPlace.secret,
      ], endpoint: .login, says: ["client_secret": TokenPlace.secret]),
    SignIn(
      name: "a certificate",
      credential: "{ entra: { \(application), certificate: { file: <FOLDER>/client.pem } } }",
      endpoint: .login,
      says: [
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
      ]),
    workload, machine,
    assigned("client_id", "<IDENTITY_CLIENT>", query: "client_id", by: .imds),
    assigned("object_id", "<IDENTITY_OBJECT>", query: "object_id", by: .imds),
    assigned("resource_id", "<IDENTITY_RESOURCE>", query: "msi_res_id", by: .imds),
    SignIn(
      name: "an app's identity", credential: "{ entra: { source: managed_identity } }",
      variables: appService, endpoint: .appService, says: ["api-version": "2019-08-01"]),
    assigned("client_id", "<IDENTITY_CLIENT>", query: "client_id", by: .appService),
    assigned("object_id", "<IDENTITY_OBJECT>", query: "object_id", by: .appService),
    assigned("resource_id", "<IDENTITY_RESOURCE>", query: "mi_res_id", by: .appService),
  ]
}

/// A certificate of an application: PEM, with its key as PKCS #8.
struct ClientCertificate: Sendable {
  let certificate: String
  let key: String

  /// What must stand in no output: a line of the key.
  var secret: String { String(key.split(separator: "\n")[1]) }

  /// Made once by the openssl program: a key takes a while.
  static let shared = Result { try ClientCertificate() }

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let words =
      "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out client.pem -days 2 -subj /CN=jackfield"
    _ = try ChildProcess.run(
      "openssl", words.split(separator: " ").map(String.init), in: folder.path
    ).checked()
    certificate = try String(contentsOf: folder.appending(path: "client.pem"), encoding: .utf8)
    key = try String(contentsOf: folder.appending(path: "key.pem"), encoding: .utf8)
  }
}

/// B.2, B.3: each way to a token, from the configuration to the upstream that takes it.
@Suite struct `Signing in (B.1, B.2, B.3)` {
  private func place() throws -> TokenPlace {
    let client = try ClientCertificate.shared.get()
    let place = try TokenPlace {
      $0.certificate = client.certificate
      $0.federatedAssertion = { "foreign-token" }
    }
    try place.write(client.certificate + client.key, to: "client.pem")
    try place.write("foreign-token\n", to: "federated")
    return place
  }

  @Test(arguments: SignIn.all, EmulatedUpstream.withTokens)
  func `gives a token that the upstream takes`(way: SignIn, upstream: EmulatedUpstream)
    async throws
  {
    let place = try place()
    let host = try place.host(way.credential, way.variables)
    let answer = try await host.ask(upstream)
    #expect(answer.attempts.map(\.outcome) == ["ok"])
    let endpoint = try #require(way.endpoint)
    // The metadata service is probed first.
    #expect(place.tokens.requestCount(endpoint) == (endpoint == .imds ? 2 : 1))
    #expect(place.tokens.requestCount == place.tokens.requestCount(endpoint))
    let request = try #require(place.tokens.requests.last)
    for (name, value) in way.says { #expect(request.parameter(name) == place.filled(value)) }
    let asked =
      endpoint == .login ? request.parameter("scope") : request.parameter("resource")
    #expect(asked == upstream.audience + (endpoint == .login ? "/.default" : ""))
    #expect(place.sent == place.tokens.issuer.issued)
    #expect(place.requests.allSatisfy { $0.header("api-key") == nil }, "one credential alone (B.1)")
  }

  @Test func `with a certificate is proven by PS256 and the certificate's SHA-256`() async throws {
    let place = try place()
    let way = try #require(SignIn.all.first { $0.name == "a certificate" })
    _ = try await place.host(way.credential).ask(.azureFoundry)
    let assertion = try #require(place.tokens.requests.last?.parameter("client_assertion"))
    let head = try #require(assertion.split(separator: ".").first)
    var text = String(head).replacing("-", with: "+").replacing("_", with: "/")
    while text.count % 4 != 0 { text += "=" }
    let header = try #require(Data(base64Encoded: text))
    let members = try #require(
      try JSONSerialization.jsonObject(with: header) as? [String: String])
    #expect(members["alg"] == "PS256")
    #expect(members["x5t#S256"]?.count == 43)
    #expect(members["x5t"] == nil)
  }

  @Test func `with a federated token reads its file again each time`() async throws {
    let trusted = Mutex("foreign-token")
    let place = try TokenPlace { $0.federatedAssertion = { trusted.withLock(\.self) } }
    try place.write("foreign-token", to: "federated")
    let host = try place.host(SignIn.workload.credential, SignIn.workload.variables)
    _ = try await host.ask(.azureFoundry)
    trusted.withLock { $0 = "its successor" }
    try place.write("its successor\n", to: "federated")
    place.clock.advance(by: .seconds(3600))
    _ = try await host.ask(.azureFoundry)
    #expect(
      place.tokens.requests.map { $0.parameter("client_assertion") } == [
        "foreign-token", "its successor",
      ])
  }

  @Test func `with a secret reads it again each time`() async throws {
    let place = try place()
    let host = try place.host(SignIn.secret.credential, SignIn.secret.variables)
    _ = try await host.ask(.azureFoundry)
    place.set("SECRET", "of yesterday")
    place.clock.advance(by: .seconds(3600))
    #expect(await host.failure(.azureFoundry)?.message.contains("AADSTS7000215") == true)
    place.set("SECRET", TokenPlace.secret)
    place.clock.advance(by: .seconds(2))
    _ = try await host.ask(.azureFoundry)
    #expect(place.tokens.requestCount(.login) == 3)
  }

  /// B.3: no proxy sees a machine's own token; an application's may have to take that way.
  @Test func `of a machine goes through no proxy, that of an application does`() async throws {
    let place = try place()
    // Nobody listens on that port.
    let proxy = ["http_proxy": "http://127.0.0.1:9", "no_proxy": ""]
    let machine = try place.host(SignIn.machine.credential, proxy)
    #expect(try await machine.credentialStatus(of: "azure-foundry").first?.error == nil)
    let application = try place.host(
      SignIn.secret.credential, SignIn.secret.variables.merging(proxy) { $1 })
    let status = try await application.credentialStatus(of: "azure-foundry").first
    #expect(status?.error?.code == .upstreamFailed)
    #expect(place.tokens.requestCount(.login) == 0)
  }
}

/// Programs that print a token.
@Suite struct `A helper's token` {
  static let scripts = [
    #"printf '%s\n' "$(cat <FOLDER>/token)""#,
    #"printf '{"token":"%s","expires_in":600}' "$(cat <FOLDER>/token)""#,
    #"printf '{"token":"%s","expires_at":"2030-01-31T12:00:00Z"}' "$(cat <FOLDER>/token)""#,
  ]

  @Test(arguments: scripts, EmulatedUpstream.withTokens)
  func `is taken as it is printed, bare or in JSON`(script: String, upstream: EmulatedUpstream)
    async throws
  {
    let place = try TokenPlace()
    try place.write(place.filled(script), to: "helper.sh")
    let host = try place.host("{ exec: { command: [/bin/sh, <FOLDER>/helper.sh] } }")
    let token = place.tokens.issuer.issue(audience: upstream.audience)
    try place.write(token, to: "token")
    #expect(try await host.ask(upstream).attempts.map(\.outcome) == ["ok"])
    #expect(place.sent == [token])
  }

  /// B.2: a helper is told the scope that the upstream names, and what it prints then is kept.
  @Test func `of another audience is replaced by one of the scope that is named`() async throws {
    let place = try TokenPlace()
    let wrong = place.tokens.issuer.issue(audience: "https://cognitiveservices.azure.com")
    let right = place.tokens.issuer.issue(audience: "https://ai.azure.com")
    try place.write(
      "[ \"$JACKFIELD_SCOPE\" = https://ai.azure.com/.default ] && echo \(right) || echo \(wrong)",
      to: "helper.sh")
    let host = try place.host("{ exec: { command: [/bin/sh, <FOLDER>/helper.sh] } }")
    _ = try await host.ask(.azureFoundry)
    _ = try await host.ask(.azureFoundry)
    #expect(place.sent == [wrong, right, right])
  }
}
