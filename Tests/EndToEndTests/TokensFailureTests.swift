import Foundation
import ProviderConfiguration
import RawUpstream
import Testing
import TransportHost
import UpstreamEmulator

/// A sign-in that gives no token, and what a person is to read of it.
struct FailedSignIn: Sendable, CustomTestStringConvertible {
  let name: String
  var way = SignIn.secret.credential
  var variables = SignIn.secret.variables
  /// What goes wrong with every request for a token.
  var faults: [String] = []
  let code: ErrorCode
  /// What the message must say: the cause and the cure.
  let words: [String]
  /// The text of the configuration that is to blame.
  let place: String
  /// How many requests for a token were made.
  var requests = 0
  /// Whether it is quick enough to be run with the system's clock.
  var isQuick = true

  var testDescription: String { name }

  private static func helper(_ script: String, timeout: String = "10s") -> String {
    "{ exec: { command: [/bin/sh, -c, '\(script)'], timeout: \(timeout) } }"
  }

  static let all: [FailedSignIn] = [
    FailedSignIn(
      name: "a wrong secret", variables: ["SECRET": "not-\(TokenPlace.secret)"], code: .auth,
      words: ["the client secret is wrong", "the secret's value, not its id", "(AADSTS7000215)"],
      place: "{ env: SECRET", requests: 1),
    FailedSignIn(
      name: "an expired secret", faults: ["expired-secret"], code: .auth,
      words: ["the client secret has expired", "(AADSTS7000222)"], place: "{ env: SECRET",
      requests: 1),
    FailedSignIn(
      name: "an unset secret", variables: [:], code: .configInvalid,
      words: ["the variable SECRET is empty or unset"], place: "{ env: SECRET"),
    FailedSignIn(
      name: "a tenant that is not there",
      way: SignIn.secret.credential.replacing("<TENANT>", with: "other.example"), code: .auth,
      words: ["there is no such tenant", "(AADSTS90002)", "authority"], place: "other.example",
      requests: 1),
    FailedSignIn(
      name: "an application that is not there",
      way: SignIn.secret.credential.replacing("<CLIENT>", with: "nobody"), code: .auth,
      words: ["no such application", "(AADSTS700016)"], place: "nobody", requests: 1),
    FailedSignIn(
      name: "a resource that is not there",
      way: SignIn.secret.credential.replacing(
        "client_secret:", with: "scope: https://a.example/.default, client_secret:"),
      code: .auth, words: ["Check scope", "(AADSTS500011)"], place: "https://a.example/.default",
      requests: 1),
    FailedSignIn(
      name: "a token service that fails", faults: ["503"], code: .upstreamFailed,
      words: ["gave no token", "status 503"], place: "{ authority:", requests: 2),
    FailedSignIn(
      name: "a token service that is asked too often", faults: ["429:30"], code: .rateLimited,
      words: ["too many requests for tokens"], place: "{ authority:", requests: 1),
    FailedSignIn(
      name: "a page in place of the token service", faults: ["html"], code: .protocolError,
      words: ["type text/html", "holds no token", "a proxy"], place: "http://127.0.0.1",
      requests: 1),
    FailedSignIn(
      name: "a page of a proxy", faults: ["html-502"], code: .upstreamFailed,
      words: ["status 502"], place: "{ authority:", requests: 2),
    FailedSignIn(
      name: "an empty answer", faults: ["empty"], code: .protocolError,
      words: ["an empty body", "holds no token"], place: "http://127.0.0.1", requests: 1),
    FailedSignIn(
      name: "an answer that ends early", faults: ["broken-json"], code: .protocolError,
      words: ["holds no token"], place: "http://127.0.0.1", requests: 1),
    FailedSignIn(
      name: "an answer without a token", faults: ["no-token"], code: .protocolError,
      words: ["holds no token"], place: "http://127.0.0.1", requests: 1),
    FailedSignIn(
      name: "a token that would forge a header", faults: ["odd-token"], code: .protocolError,
      words: ["holds no token"], place: "http://127.0.0.1", requests: 1),
    FailedSignIn(
      name: "a connection that breaks", faults: ["drop"], code: .upstreamFailed,
      words: ["cannot ask 127.0.0.1", "for a token"], place: "{ authority:", requests: 1),
    FailedSignIn(
      name: "no machine's service",
      way: "{ entra: { source: managed_identity, imds_endpoint: \"http://127.0.0.1:9\" } }",
      code: .configInvalid, words: ["no instance metadata service at 127.0.0.1:9"],
      place: "http://127.0.0.1:9"),
    FailedSignIn(
      name: "no machine's identity", way: SignIn.machine.credential, faults: ["no-identity"],
      code: .configInvalid,
      words: ["the machine's own identity is not assigned to this machine"],
      place: "entra:", requests: 2),
    FailedSignIn(
      name: "another machine's identity",
      way: "{ entra: { source: managed_identity, imds_endpoint: \"<TOKENS>\", client_id: other } }",
      code: .auth, words: ["client id other", "assigned to this machine"], place: "other",
      requests: 2),
    FailedSignIn(
      name: "a machine's service that fails", way: SignIn.machine.credential,
      faults: ["503"], code: .upstreamFailed, words: ["status 503"], place: "{ source:",
      requests: 5, isQuick: false),
    FailedSignIn(
      name: "a federated token that is not there", way: SignIn.workload.credential,
      variables: SignIn.workload.variables.merging(["AZURE_FEDERATED_TOKEN_FILE": "<FOLDER>/none"])
      { $1 }, code: .configInvalid,
      words: ["federated_token_file", "<FOLDER>/none", "not there"], place: "entra:"),
    FailedSignIn(
      name: "a federated token that nobody trusts", way: SignIn.workload.credential,
      variables: SignIn.workload.variables, code: .auth,
      words: ["no federated credential", "(AADSTS70021)"], place: "entra:", requests: 1),
    FailedSignIn(
      name: "a certificate that is not there",
      way: "{ entra: { \(SignIn.application), certificate: { file: <FOLDER>/none.pem } } }",
      code: .configInvalid, words: ["<FOLDER>/none.pem"], place: "{ file:"),
    FailedSignIn(
      name: "a certificate without its key",
      way: "{ entra: { \(SignIn.application), certificate: { file: <FOLDER>/bare.pem } } }",
      code: .configInvalid, words: ["private key", "certificate"], place: "{ file:"),
    FailedSignIn(
      name: "a certificate that nobody registered",
      way: "{ entra: { \(SignIn.application), certificate: { file: <FOLDER>/client.pem } } }",
      code: .auth, words: ["certificate"], place: "{ file:", requests: 1),
    FailedSignIn(
      name: "nothing that is set up",
      way: "{ entra: { source: [client_secret, workload_identity] } }",
      variables: [:], code: .configInvalid,
      words: ["no way to sign in is set up", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE"],
      place: "[client_secret"),
    FailedSignIn(
      name: "a helper that fails",
      way: helper("echo the vault is sealed >&2; cat <FOLDER>/said; exit 3"), code: .auth,
      words: ["\"/bin/sh\" ended with 3: the vault is sealed"], place: "{ command:"),
    FailedSignIn(
      name: "a helper that says its token to both",
      way: helper("cat <FOLDER>/said; cat <FOLDER>/said >&2; exit 3"),
      code: .auth, words: ["ended with 3"], place: "{ command:"),
    FailedSignIn(
      name: "a helper that hangs",
      way: helper("cat <FOLDER>/said; exec tail -f /dev/null", timeout: "1s"),
      code: .auth, words: ["did not end within 1000 ms and was killed"], place: "{ command:"),
    FailedSignIn(
      name: "a helper that is not there", way: "{ exec: { command: [<FOLDER>/none] } }",
      code: .configInvalid, words: ["cannot be started"], place: "{ command:"),
    FailedSignIn(
      name: "a helper that prints nothing", way: helper("true"), code: .configInvalid,
      words: ["printed nothing"], place: "{ command:"),
    FailedSignIn(
      name: "a helper that prints two lines",
      way: helper("cat <FOLDER>/said <FOLDER>/said"), code: .configInvalid,
      words: ["more than one line"], place: "{ command:"),
    FailedSignIn(
      name: "a helper that prints JSON without a token",
      way: helper(#"printf "{\"secret\":\"%s\"}" "$(cat <FOLDER>/said)""#), code: .configInvalid,
      words: ["without the text \"token\""], place: "{ command:"),
    FailedSignIn(
      name: "a helper that prints what begins like JSON",
      way: helper("printf {; cat <FOLDER>/said"), code: .configInvalid, words: ["no JSON"],
      place: "{ command:"),
    FailedSignIn(
      name: "a helper that prints bytes", way: helper(#"printf "\377\376""#), code: .configInvalid,
      words: ["no UTF-8"], place: "{ command:"),
  ]

  /// A token of another issuer, as a cluster makes them.
  static let foreign = [
    "{\"alg\":\"RS256\"}", "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"a\"}", "sig",
  ]
  .map { Data($0.utf8).base64EncodedString().replacing("=", with: "") }.joined(separator: ".")

  /// The certificate of another application.
  private static let registered = try? ClientCertificate().certificate

  /// A token service in which it fails.
  func makePlace(isReal: Bool = false) throws -> TokenPlace {
    let place = try TokenPlace(isReal: isReal) { options in
      options.faults = try faults.map { try Fault.ofTokens($0) }
      options.certificate = way.contains("certificate:") ? Self.registered : nil
    }
    let client = try ClientCertificate.shared.get()
    try place.write(client.certificate, to: "bare.pem")
    try place.write(client.certificate + client.key, to: "client.pem")
    try place.write(Self.foreign, to: "federated")
    try place.write("\(TokenPlace.secret)\n", to: "said")
    return place
  }

  /// Line and column of what is to blame.
  func mark(in place: TokenPlace) throws -> String {
    let lines = place.configuration(way).split(separator: "\n")
    let line = try #require(lines.firstIndex { $0.hasPrefix("  app:") })
    let start = try #require(lines[line].range(of: self.place)).lowerBound
    var column = lines[line][..<start].unicodeScalars.count + 1
    // A quoted value begins with its quote.
    if lines[line][..<start].last == "\"" { column -= 1 }
    return "providers.yaml:\(line + 1):\(column)"
  }
}

/// B.3: what fails before the upstream is reached ends the call with what a person has to know.
@Suite struct `A sign-in that fails (B.3)` {
  @Test(.timeLimit(.minutes(1)), arguments: FailedSignIn.all)
  func `ends the call with the cause, the cure and the place`(row: FailedSignIn) async throws {
    let place = try row.makePlace()
    let host = try place.host(row.way, row.variables)
    let error = try #require(await host.failure(.azureFoundry))
    #expect(error.code == row.code, "\(error)")
    for words in row.words { #expect(error.message.contains(place.filled(words)), "\(error)") }
    #expect(error.message.contains("\"app\""), "it names the credential: \(error)")
    let blamed = try row.mark(in: place)
    #expect(error.source?.description == blamed)
    #expect(place.requests.isEmpty, "the upstream is not reached")
    #expect(place.tokens.requestCount == row.requests)
    let status = try await host.credentialStatus(of: "azure-foundry")
    let said =
      everything(error) + String(decoding: error.json, as: UTF8.self) + everything(status)
      + everything(host)
    for secret in place.secrets + row.variables.values.filter({ $0.contains("canary") }) {
      #expect(!said.contains(secret))
    }
    let key = try ClientCertificate.shared.get().secret
    #expect(!said.contains(key))
  }

  /// A laptop has no such service, and its network swallows what is sent there.
  @Test(.timeLimit(.minutes(1)))
  func `does so after a second where the metadata service is silent`() async throws {
    let silent = try RawServer { $0.waitForClose() }
    let place = try TokenPlace()
    let host = try place.host(
      "{ entra: { source: managed_identity, imds_endpoint: \"\(silent.url)\" } }")
    let error = try #require(await host.failure(.azureFoundry))
    #expect(error.code == .configInvalid)
    #expect(error.message.contains("no instance metadata service"))
    #expect(silent.accepted == 1)
  }

  /// Each of these repeats the request, and with it the secret, in another place.
  private static let echoes: [String] = [
    #"{"error":"ECHO","error_description":"ECHO"}"#,
    #"{"error":"invalid_client","error_description":"AADSTS9: no ECHO. ","trace_id":"ECHO"}"#,
    #"{"error":"invalid_client","error_description":"AADSTS7000215: ECHO","error_codes":[7000215]}"#,
    #"{"error":"invalid_client","error_description":"the secret 'ECHO' is wrong"}"#,
    #"{"error":{"code":"ECHO","message":"ECHO"}}"#, #"{"access_token":""}ECHO"#, "ECHO",
    "<html>ECHO</html>",
  ]

  private static let unreserved = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._*")

  /// Short enough to pass for an ordinary word once it is encoded.
  private static let short = "a+b&c=d/"

  @Test(
    .timeLimit(.minutes(1)), arguments: echoes,
    ["400 Bad Request", "401 Unauthorized", "200 OK", "500 ECHO"])
  func `repeats no secret that the service repeats, as it is or encoded`(
    answer: String, status: String
  ) async throws {
    for secret in [TokenPlace.secret, Self.short] {
      for isEncoded in [true, false] {
        let server = try RawServer { connection in
          while let (_, body) = connection.readRequest() {
            let form = String(decoding: body, as: UTF8.self).split(separator: "&")
            let sent = form.first { $0.hasPrefix("client_secret=") }?.dropFirst(14) ?? ""
            let echo = isEncoded ? String(sent) : secret
            connection.respond(
              answer.replacing("ECHO", with: echo), status: status.replacing("ECHO", with: echo),
              headers: "content-type: application/json; x=\(echo)\r\nx-ms-request-id: \(echo)\r\n")
          }
        }
        let place = try TokenPlace()
        let host = try place.host(
          SignIn.secret.credential.replacing("<TOKENS>", with: server.url), ["SECRET": secret])
        let error = try #require(await host.failure(.azureFoundry))
        let found = try await host.credentialStatus(of: "azure-foundry")
        let said =
          everything(error) + String(decoding: error.json, as: UTF8.self) + everything(found)
        let encoded = try #require(
          secret.addingPercentEncoding(withAllowedCharacters: Self.unreserved))
        for leak in [secret, encoded] { #expect(!said.contains(leak), "\(error)") }
      }
    }
  }
}
