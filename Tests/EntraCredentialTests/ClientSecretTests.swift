import Testing
import TransportSDK

@Suite struct `Signing in with a client secret` {
  /// The form of B.3.
  @Test func `posts the form of B.3, with the secret placed and never seen`() {
    let host = FakeHost()
    host.replies = [.token]
    let run = SignIn(ClientSecretSettings.settings, on: host)
    #expect(
      run.effects == [
        "variable AZURE_AUTHORITY_HOST",
        """
        POST
        https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token
        content-type: application/x-www-form-urlencoded
        accept: application/json
        grant_type=client_credentials&client_id=11-22\
        &scope=https%3A%2F%2Fai.azure.com%2F.default&client_secret={7 form}
        """,
      ])
    #expect(run.token == IssuedToken(at: "/access_token", lifetime: .seconds(3599)))
    #expect(run.failure == nil)
    #expect(run.outcomes == ["client_secret chosen"])
    #expect(
      run.report.first?.reason
        == "application 11-22 of tenant contoso.com, at login.microsoftonline.com")
  }

  @Test func `takes from the environment what the entry lacks`() {
    let host = FakeHost()
    host.variables = [
      "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "hidden",
      "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.us/",
    ]
    host.replies = [.token]
    let run = SignIn(#"{"source":"client_secret"}"#, on: host)
    #expect(
      run.effects.dropLast() == [
        "secret {env: AZURE_CLIENT_SECRET}", "variable AZURE_TENANT_ID", "variable AZURE_CLIENT_ID",
        "variable AZURE_AUTHORITY_HOST",
      ])
    let request = run.exchanges.first ?? ""
    #expect(request.hasPrefix("POST\nhttps://login.microsoftonline.us/t/oauth2/v2.0/token\n"))
    #expect(request.hasSuffix("&client_secret={100 form}"))
    #expect(run.token != nil)
  }

  /// B.2: other clouds have other authorities and scopes.
  @Test func `asks the authority and the scope that the entry names (B.2)`() {
    let host = FakeHost()
    host.replies = [.token]
    let run = SignIn(
      """
      {"tenant":"t","client_id":"c","client_secret":{"$secret":7},\
      "authority":"login.partner.microsoftonline.cn",\
      "scope":"https://cognitiveservices.azure.cn/.default"}
      """, on: host)
    let request = run.exchanges.first ?? ""
    #expect(request.hasPrefix("POST\nhttps://login.partner.microsoftonline.cn/t/oauth2/v2.0/token"))
    #expect(request.contains("&scope=https%3A%2F%2Fcognitiveservices.azure.cn%2F.default&"))
  }

  /// B.2: after a 401 that names another audience, the host asks for that one.
  @Test func `asks for the scope that the host names before the entry's own (B.2)`() {
    let host = FakeHost()
    host.replies = [.token]
    let run = SignIn(
      #"{"tenant":"t","client_id":"c","client_secret":{"$secret":7},"scope":"https://a/.default"}"#,
      on: host, scope: "https://cognitiveservices.azure.com/.default")
    #expect(
      run.exchanges.first?.contains("scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default&")
        == true)
  }

  @Test(arguments: [
    ("{\"source\":\"client_secret\"}", "client_secret", "AZURE_CLIENT_SECRET"),
    ("{\"client_secret\":{\"$secret\":7}}", "tenant", "AZURE_TENANT_ID"),
    ("{\"client_secret\":{\"$secret\":7},\"tenant\":\"t\"}", "client_id", "AZURE_CLIENT_ID"),
  ])
  func `names the key and the variable of what is missing`(
    settings: String, key: String, variable: String
  ) {
    let run = SignIn(settings, on: FakeHost())
    #expect(run.failure?.code == .configInvalid)
    #expect(run.failure?.retry == .no)
    #expect(run.failure?.pointer == "/entra/\(key)")
    #expect(
      run.failure?.message
        == "no way to sign in is set up on this machine. client_secret: the entry has no \(key), and "
        + "\(variable) is not set.")
    #expect(run.outcomes == ["client_secret skipped"])
  }

  @Test(arguments: [
    ("AZURE_TENANT_ID", "a/b?c", "tenant"), ("AZURE_CLIENT_ID", "x y", "client_id"),
  ])
  func `refuses a variable that could not stand in a URL`(
    variable: String, value: String, key: String
  ) {
    let host = FakeHost()
    host.variables = ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c"]
    host.variables[variable] = value
    let run = SignIn(#"{"client_secret":{"$secret":7}}"#, on: host)
    #expect(run.failure?.pointer == "/entra/\(key)")
    #expect(run.failure?.message == "\(variable) holds no id or domain.")
    #expect(run.exchanges.isEmpty)
  }

  @Test(arguments: ["http://login.example", "ftp://login.example", "https://u@login.example", "?"])
  func `sends no secret to an authority that a variable states wrongly`(value: String) {
    let host = FakeHost()
    host.variables = ["AZURE_AUTHORITY_HOST": value]
    let run = SignIn(ClientSecretSettings.settings, on: host)
    #expect(run.failure?.pointer == "/entra/authority")
    #expect(run.exchanges.isEmpty)
  }
}
