import ChildProcess
import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// The program `az`, as far as it is used: it prints the token of a file for the scope it expects.
private struct AzureCLI {
  /// Puts it into the place's folder of programs.
  init(in place: TokenPlace, scope: String, token: String) throws {
    try place.write(
      """
      #!/bin/sh
      echo "$*" >> "\(place.folder.path)/az-calls"
      [ "$*" = "account get-access-token --scope \(scope) --output json" ] || exit 2
      printf '{"accessToken":"%s","expiresOn":"2020-01-01 00:00:00.000000",' '\(token)'
      printf '"expires_on":%s,"tokenType":"Bearer"}' "$(($(date +%s) + 3000))"
      """, to: "bin/az", isProgram: true)
  }

  /// An `az` that prints this to standard error and ends with a code.
  init(in place: TokenPlace, failing words: String, status: Int) throws {
    try place.write(
      "#!/bin/sh\necho \"\(words)\" >&2\nexit \(status)\n", to: "bin/az", isProgram: true)
  }
}

/// B.3: whoever is signed in with the Azure CLI; only a program has a `PATH` of its own.
@Suite struct `The command az (B.3)` {
  private static let credential = "{ entra: { source: azure_cli } }"

  @Test(arguments: EmulatedUpstream.withTokens)
  func `gives a token that the upstream takes`(upstream: EmulatedUpstream) throws {
    let place = try TokenPlace(isReal: true)
    let token = place.tokens.issuer.issue(audience: upstream.audience)
    _ = try AzureCLI(in: place, scope: "\(upstream.audience)/.default", token: token)
    let outcome = try place.jackfield(
      ["call", upstream.rawValue, "Hi", "--trace"], credential: Self.credential)
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(place.sent == [token])
    #expect(!outcome.text.contains(token) && !outcome.errorText.contains(token))
  }

  @Test(arguments: [
    ("ERROR: Please run 'az login' to setup account.", 1, 3, "Run `az login`"),
    ("AADSTS700082: expired", 1, 3, "`az login`"),
    ("ERROR: AADSTS53003: blocked", 1, 4, "conditional access"),
  ]) func `that fails is told with its cure`(
    words: String, code: Int, status: Int32, cure: String
  ) throws {
    let place = try TokenPlace(isReal: true)
    _ = try AzureCLI(in: place, failing: words, status: code)
    let outcome = try place.jackfield(
      ["call", "azure-foundry", "Hi"], credential: Self.credential)
    #expect(outcome.status == status, "\(outcome.errorText)")
    #expect(outcome.errorText.contains(cure), "\(outcome.errorText)")
    #expect(place.requests.isEmpty)
  }

  @Test func `that is not there is told with its cure`() throws {
    let place = try TokenPlace(isReal: true)
    let outcome = try place.jackfield(
      ["call", "azure-foundry", "Hi"], credential: Self.credential,
      environment: ["PATH": "<FOLDER>/bin"])
    #expect(outcome.status == 3)
    #expect(outcome.errorText.contains("Install the Azure CLI and run `az login`"))
    #expect(outcome.errorText.contains("providers.yaml:3:"))
  }
}

@Suite struct `Auth status of a sign-in` {
  private static let chain = "{ entra: { imds_endpoint: \"http://127.0.0.1:9\" } }"

  @Test func `says why the sources before the chosen one gave nothing`() throws {
    let place = try TokenPlace(isReal: true)
    let token = place.tokens.issuer.issue(audience: "https://ai.azure.com")
    _ = try AzureCLI(in: place, scope: "https://ai.azure.com/.default", token: token)
    let outcome = try place.jackfield(
      ["auth", "status", "azure-foundry"], credential: Self.chain)
    #expect(outcome.status == 0, "\(outcome.text)")
    let lines = outcome.text.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    for words in [
      "azure-foundry ok app (entra) providers.yaml:3:3", "scope https://ai.azure.com/.default",
      "expires in 4", "skipped workload_identity the entry has no federated_token_file",
      "skipped managed_identity no instance metadata service at 127.0.0.1:9",
      "chosen azure_cli whoever is signed in with `az login`",
    ] { #expect(lines.contains { $0.contains(words) }, "\(words)\n\(outcome.text)") }
    #expect(!outcome.text.contains(token))
    #expect(place.requests.isEmpty, "the upstream is not asked")
  }

  /// The next source would sign in as somebody else.
  @Test func `stops at a source that is set up and refused`() throws {
    let place = try TokenPlace(isReal: true)
    try place.write(FailedSignIn.foreign, to: "federated")
    _ = try AzureCLI(in: place, scope: "https://ai.azure.com/.default", token: "unused-token")
    let outcome = try place.jackfield(
      ["auth", "status", "azure-foundry", "--json"], credential: Self.chain,
      environment: SignIn.workload.variables)
    #expect(outcome.status == 4)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    let provider = try #require((object["providers"] as? [[String: Any]])?.first)
    let sources = try #require(provider["sources"] as? [[String: Any]])
    #expect(sources.map { $0["name"] as? String } == ["workload_identity"])
    #expect(sources.map { $0["outcome"] as? String } == ["failed"])
    #expect(!FileManager.default.fileExists(atPath: "\(place.folder.path)/az-calls"))
    #expect(!outcome.text.contains(FailedSignIn.foreign))
  }

  @Test func `of a chain in which nothing is set up says so of each`() throws {
    let place = try TokenPlace(isReal: true)
    let outcome = try place.jackfield(
      ["auth", "status", "azure-foundry"], credential: Self.chain,
      environment: ["PATH": "<FOLDER>/bin"])
    #expect(outcome.status == 3)
    #expect(outcome.text.ranges(of: "skipped").count == 3, "\(outcome.text)")
    #expect(outcome.text.contains("no way to sign in is set up on this machine"))
  }
}

@Suite struct `No command prints a secret of a sign-in` {
  private static let commands = [
    ["call", "azure-foundry", "Hi", "--trace"], ["call", "azure-foundry", "Hi", "--json"],
    ["auth", "status"], ["auth", "status", "--json"], ["doctor"],
  ]

  @Test(arguments: FailedSignIn.all.filter(\.isQuick))
  func `that fails`(row: FailedSignIn) throws {
    let place = try row.makePlace(isReal: true)
    for command in Self.commands { try check(command, place, row.way, row.variables, status: nil) }
  }

  @Test(arguments: [SignIn.secret, SignIn.workload, SignIn.machine])
  func `that succeeds`(way: SignIn) throws {
    let place = try TokenPlace(isReal: true) {
      $0.federatedAssertion = { "foreign-token-of-the-cluster" }
    }
    try place.write("foreign-token-of-the-cluster", to: "federated")
    for command in Self.commands + [["call", "azure-foundry", "Hi", "--events", "--trace"]] {
      try check(
        command, place, way.credential, way.variables, status: command == ["doctor"] ? nil : 0)
    }
    #expect(!place.tokens.issuer.issued.isEmpty)
  }

  /// The ledger tells of tokens, and holds none.
  @Test func `whose token was of another audience`() throws {
    let place = try TokenPlace(isReal: true)
    let credential = SignIn.secret.credential.replacing(
      "client_secret:", with: "scope: https://cognitiveservices.azure.com/.default, client_secret:")
    let said = try check(
      Self.commands[0], place, credential, SignIn.secret.variables, status: 0)
    #expect(said.contains("token of the scope https://ai.azure.com/.default"), "\(said)")
    #expect(place.tokens.issuer.issued.count == 2)
  }

  @discardableResult private func check(
    _ command: [String], _ place: TokenPlace, _ credential: String, _ variables: [String: String],
    status: Int32?
  ) throws -> String {
    let outcome = try place.jackfield(command, credential: credential, environment: variables)
    let said = outcome.text + outcome.errorText
    if let status { #expect(outcome.status == status, "\(command) \(said)") }
    let files = ["foreign-token", FailedSignIn.foreign, try ClientCertificate.shared.get().secret]
    for secret in place.secrets + files + variables.values.filter({ $0.contains("canary") }) {
      #expect(!said.contains(secret), "\(command) \(said)")
    }
    return said
  }
}
