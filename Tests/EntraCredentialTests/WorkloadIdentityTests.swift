import Testing
import TransportSDK

@Suite struct `Signing in with a workload identity` {
  private static func cluster() -> FakeHost {
    let host = FakeHost()
    host.variables = [
      "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c",
      "AZURE_FEDERATED_TOKEN_FILE": "/var/run/token",
      "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/",
    ]
    host.files = ["/var/run/token"]
    host.replies = [.token]
    return host
  }

  /// The form of B.3.
  @Test func `posts the cluster's token as the assertion of B.3`() {
    let run = SignIn(#"{"source":"workload_identity"}"#, on: Self.cluster())
    #expect(
      run.effects == [
        "variable AZURE_FEDERATED_TOKEN_FILE", "variable AZURE_TENANT_ID",
        "variable AZURE_CLIENT_ID", "variable AZURE_AUTHORITY_HOST",
        "secret {file: /var/run/token}",
        """
        POST
        https://login.microsoftonline.com/t/oauth2/v2.0/token
        content-type: application/x-www-form-urlencoded
        accept: application/json
        grant_type=client_credentials&client_id=c&scope=https%3A%2F%2Fai.azure.com%2F.default\
        &client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer\
        &client_assertion={100 form}
        """,
      ])
    #expect(run.token != nil)
    #expect(run.outcomes == ["workload_identity chosen"])
  }

  /// B.3: the cluster replaces the token in the file.
  @Test func `names the file again in each run (B.3)`() {
    let host = Self.cluster()
    for _ in 0..<3 { _ = SignIn(#"{"source":"workload_identity"}"#, on: host) }
    #expect(host.log.filter { $0 == "secret {file: /var/run/token}" }.count == 3)
  }

  @Test func `takes the entry before the variables`() {
    let host = Self.cluster()
    host.files = ["jwt"]
    let run = SignIn(
      """
      {"source":"workload_identity","tenant":"own","client_id":"mine","federated_token_file":"jwt",\
      "authority":"http://127.0.0.1:8443/login/"}
      """, on: host)
    #expect(run.effects.first == "secret {file: jwt}")
    #expect(run.exchanges.first?.hasPrefix("POST\nhttp://127.0.0.1:8443/login/own/oauth2/") == true)
    #expect(run.token != nil)
  }

  @Test func `fails where the file is named and not there`() {
    let host = Self.cluster()
    host.files = []
    let run = SignIn("{}", on: host)
    #expect(run.failure?.code == .configInvalid)
    #expect(run.failure?.pointer == "/entra/federated_token_file")
    #expect(
      run.failure?.message
        == "the file of federated_token_file cannot be read, \"/var/run/token\": it is not there or empty."
    )
    #expect(run.outcomes == ["workload_identity failed"])
  }

  @Test(arguments: [70_021, 700_211, 700_212, 700_213, 700_024])
  func `points to the file when its token does not fit (B.3)`(code: Int) {
    let host = Self.cluster()
    host.replies = [.json(401, #"{"error":"invalid_client","error_codes":[\#(code)]}"#)]
    let run = SignIn("{}", on: host)
    #expect(run.failure?.pointer == "/entra/federated_token_file")
    #expect(run.failure?.upstreamCode == "AADSTS\(code)")
    #expect(run.outcomes == ["workload_identity failed"])
  }
}
