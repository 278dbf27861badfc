import EntraCredential
import Testing
import TransportSDK

@Suite struct `The entry of a sign-in` {
  /// B.2: the scope is the upstream's unless the entry names one.
  @Test func `means the upstream's scope, or its own (B.2)`() {
    #expect(Judgement(#"{"entra":{}}"#).facts == TokenFacts(scope: SignIn.scope))
    let own = Judgement(
      #"{"entra":{"scope":"https://ai.azure.us/.default","refresh_before":"5m"}}"#)
    #expect(
      own.facts
        == TokenFacts(scope: "https://ai.azure.us/.default", refreshBefore: .seconds(300)))
  }

  @Test(arguments: ["", "[]", "null", "{}", #"{"exec":{}}"#, #"{"entr":{}}"#, "{"])
  func `of another kind is left alone`(json: String) {
    let judgement = Judgement(json)
    #expect(judgement.facts == nil)
    #expect(judgement.findings.isEmpty)
    let flow = EntraCredential.makeFlow(
      Array(json.utf8), asked: "", scope: SignIn.scope, host: .none)
    #expect(flow == nil)
  }

  @Test func `that is wrong starts no flow`() {
    let flow = EntraCredential.makeFlow(
      Array(#"{"entra":{"tenat":"x"}}"#.utf8), asked: "", scope: SignIn.scope, host: .none)
    #expect(flow == nil)
  }

  @Test(arguments: [
    ("tenat", "tenant"), ("tenant_id", "tenant"), ("tenantId", "tenant"), ("clientid", "client_id"),
    ("app_id", "client_id"), ("client_secrt", "client_secret"), ("Source", "source"),
    ("sources", "source"), ("msi_res_id", "resource_id"), ("mi_res_id", "resource_id"),
    ("authority_host", "authority"), ("refresh-before", "refresh_before"),
    ("certificate_path", "certificate"), ("audience", "scope"),
    ("token_file", "federated_token_file"),
  ])
  func `knows what an unknown key was meant to be`(name: String, meant: String) {
    let judgement = Judgement(#"{"entra":{"\#(name)":"x"}}"#)
    #expect(
      judgement.lines == ["/entra/\(name): unknown key \"\(name)\". Did you mean \"\(meant)\"?"])
    #expect(judgement.findings.first?.suggestion == meant)
    #expect(judgement.facts == nil)
  }

  @Test func `lists its keys where an unknown one is like none`() {
    let judgement = Judgement(#"{"entra":{"a/b":1}}"#)
    #expect(
      judgement.lines == [
        "/entra/a~1b: unknown key \"a/b\". There are: source, tenant, client_id, object_id, "
          + "resource_id, client_secret, certificate, authority, scope, refresh_before, imds_endpoint, "
          + "federated_token_file."
      ])
  }

  @Test(arguments: [
    (#"{"entra":[]}"#, "/entra", "entra must be a mapping", "{}"),
    (#"{"entra":null}"#, "/entra", "entra must be a mapping", "{}"),
    (
      #"{"entra":{"tenant":7}}"#, "/entra/tenant", "tenant must be text. Write it in quotes.",
      "\"7\""
    ),
    (#"{"entra":{"tenant":""}}"#, "/entra/tenant", "tenant is empty.", ""),
    (#"{"entra":{"tenant":"a b"}}"#, "/entra/tenant", "tenant must be an id or a domain", ""),
    (#"{"entra":{"tenant":"-x"}}"#, "/entra/tenant", "tenant must be an id or a domain", ""),
    (#"{"entra":{"tenant":"a/b"}}"#, "/entra/tenant", "tenant must be an id or a domain", ""),
    (#"{"entra":{"client_id":["x"]}}"#, "/entra/client_id", "client_id must be text.", ""),
    (
      #"{"entra":{"client_id":{"$secret":1}}}"#, "/entra/client_id",
      "client_id is no secret. Write its value, or leave it out: AZURE_CLIENT_ID is read then.", ""
    ),
    (
      #"{"entra":{"object_id":{"$secret":1}}}"#, "/entra/object_id",
      "object_id is no secret. Write its value.", ""
    ),
    (
      #"{"entra":{"authority":"http://login.example"}}"#, "/entra/authority",
      "authority must be the URL of a service, without query; plain http is for this machine alone",
      ""
    ),
    (
      #"{"entra":{"imds_endpoint":"http://x?y"}}"#, "/entra/imds_endpoint",
      "imds_endpoint must be the URL of a service, without query.", ""
    ),
    (
      #"{"entra":{"scope":"https://ai.azure.com"}}"#, "/entra/scope", "scope must end in /.default",
      "https://ai.azure.com/.default"
    ),
    (
      #"{"entra":{"scope":"https://ai.azure.com/"}}"#, "/entra/scope",
      "scope must end in /.default",
      "https://ai.azure.com/.default"
    ),
    (#"{"entra":{"scope":"a b"}}"#, "/entra/scope", "scope must be one scope", ""),
    (#"{"entra":{"scope":"--x/.default"}}"#, "/entra/scope", "scope must be one scope", ""),
    (
      #"{"entra":{"refresh_before":300}}"#, "/entra/refresh_before",
      "refresh_before must be a whole number and a unit", "300s"
    ),
    (
      #"{"entra":{"refresh_before":"5 min"}}"#, "/entra/refresh_before",
      "refresh_before must be a whole number and a unit", ""
    ),
    (
      #"{"entra":{"refresh_before":"25h"}}"#, "/entra/refresh_before",
      "refresh_before must be a whole number and a unit", ""
    ),
    (#"{"entra":{"source":"azure-cli"}}"#, "/entra/source", "unknown source", "azure_cli"),
    (#"{"entra":{"source":"imds"}}"#, "/entra/source", "unknown source \"imds\". There are:", ""),
    (#"{"entra":{"source":true}}"#, "/entra/source", "a source must be one of:", ""),
    (#"{"entra":{"source":[]}}"#, "/entra/source", "source is an empty list.", ""),
    (
      #"{"entra":{"source":["azure_cli","azure_cli"]}}"#, "/entra/source/1",
      "azure_cli stands in the list already.", ""
    ),
    (
      #"{"entra":{"source":["azure_cli","workload_identiy"]}}"#, "/entra/source/1",
      "unknown source \"workload_identiy\". Did you mean \"workload_identity\"?",
      "workload_identity"
    ),
  ])
  func `is refused with its place and what would be right`(
    json: String, pointer: String, message: String, suggestion: String
  ) {
    let judgement = Judgement(json)
    #expect(judgement.facts == nil)
    #expect(judgement.findings.map(\.pointer) == [pointer])
    #expect(judgement.findings.first?.message.hasPrefix(message) == true)
    #expect(judgement.findings.first?.suggestion == suggestion)
  }

  @Test(arguments: [
    "5m": 300, "300s": 300, "90s": 90, "1h": 3600, "1d": 86_400, "1000ms": 1,
  ])
  func `writes durations as the rest of the file does`(text: String, seconds: Int) {
    let judgement = Judgement(#"{"entra":{"refresh_before":"\#(text)"}}"#)
    #expect(judgement.facts?.refreshBefore == .seconds(seconds))
  }

  @Test(arguments: ["client_secret", "certificate"])
  func `never repeats a secret that stands in it`(key: String) {
    for value in [#""abc8Q~hidden""#, #"{"env":"X"}"#, "7", #"{"$secret":-1}"#, "null"] {
      let judgement = Judgement(#"{"entra":{"\#(key)":\#(value)}}"#)
      #expect(
        judgement.lines == [
          "/entra/\(key): \(key) must say where the secret is, { env: NAME } or { file: PATH }; the "
            + "secret itself never stands in this file."
        ])
    }
  }

  @Test(arguments: [
    (
      #""client_secret":{"$secret":1},"certificate":{"$secret":2}"#, "certificate",
      "exclude each other"
    ),
    (#""source":"azure_cli","client_secret":{"$secret":1}"#, "client_secret", "has no effect here"),
    (#""source":"azure_cli","client_id":"c""#, "client_id", "has no effect here"),
    (
      #""source":"client_secret","federated_token_file":"f""#, "federated_token_file",
      "has no effect here"
    ),
    (#""client_secret":{"$secret":1},"object_id":"o""#, "object_id", "has no effect here"),
    (
      #""source":"workload_identity","imds_endpoint":"http://x""#, "imds_endpoint",
      "has no effect here"
    ),
    (
      #""source":["managed_identity","azure_cli"],"authority":"https://x""#, "authority",
      "has no effect here"
    ),
    (#""object_id":"o","resource_id":"/r""#, "resource_id", "Leave one out."),
    (
      #""source":"managed_identity","client_id":"c","object_id":"o""#, "object_id", "Leave one out."
    ),
  ])
  func `is refused where two keys contradict each other`(
    members: String, key: String, words: String
  ) {
    let judgement = Judgement("{\"entra\":{\(members)}}")
    #expect(judgement.findings.map(\.pointer) == ["/entra/\(key)"])
    #expect(judgement.findings.first?.message.contains(words) == true)
  }

  @Test(arguments: [
    #""source":["client_secret","certificate"],"client_secret":{"$secret":1},"certificate":{"$secret":2}"#,
    #""client_id":"c","object_id":"o""#, #""source":["managed_identity"],"resource_id":"/s/r""#,
    #""source":"azure_cli","tenant":"t","scope":"https://x/.default","refresh_before":"5m""#,
    #""client_secret":{"$secret":18446744073709551615},"authority":"http://localhost:8080/""#,
    #""authority":"https://login.microsoftonline.us","imds_endpoint":"http://[::1]:80/""#,
  ])
  func `may say all that goes together`(members: String) {
    let judgement = Judgement("{\"entra\":{\(members)}}")
    #expect(judgement.lines == [])
    #expect(judgement.facts != nil)
  }

  @Test func `reports every problem at once`() {
    let judgement = Judgement(#"{"entra":{"tenant":1,"client_id":2,"scop":3}}"#)
    #expect(
      judgement.findings.map(\.pointer) == ["/entra/scop", "/entra/tenant", "/entra/client_id"])
  }

  /// B.1: a token is a bearer; in `api-key` it is refused.
  @Test func `must not be placed where a key belongs (B.1)`() {
    let judgement = Judgement(#"{"entra":{}}"#, headers: ["api-key"])
    #expect(judgement.facts == nil)
    #expect(judgement.findings.map(\.pointer) == ["/entra"])
    #expect(judgement.findings.first?.message.contains("auth: { bearer: … }") == true)
    #expect(Judgement(#"{"entra":{}}"#, headers: ["x-gateway-token"]).facts != nil)
  }
}
