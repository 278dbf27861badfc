import Testing
import TransportSDK

/// B.3: the instance metadata service of a virtual machine.
@Suite struct `Signing in with a managed identity of a machine` {
  private static let settings = #"{"source":"managed_identity"}"#
  private static let path =
    "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
    + "&resource=https%3A%2F%2Fai.azure.com"
  private static let probe = "GET\n\(path)\ntimeout=1\nno-proxy"

  private static func run(_ settings: String = settings, _ replies: EffectResult...) -> SignIn {
    let host = FakeHost()
    host.replies = [.probed] + replies
    return SignIn(settings, on: host)
  }

  @Test func `probes for a second without the header, and then asks as B.3 says`() {
    let run = Self.run(
      Self.settings,
      .json(200, #"{"access_token":"t","expires_in":"86399","expires_on":"1800086399"}"#))
    #expect(
      run.effects == [
        "variable IDENTITY_ENDPOINT", "variable AZURE_POD_IDENTITY_AUTHORITY_HOST", Self.probe,
        "variable AZURE_CLIENT_ID", "GET\n\(Self.path)\nmetadata: true\nno-proxy",
      ])
    #expect(run.token == IssuedToken(at: "/access_token", lifetime: .seconds(86399)))
    #expect(run.outcomes == ["managed_identity chosen"])
    #expect(
      run.report.first?.reason == "the machine's own identity, by the instance metadata service")
  }

  @Test(arguments: [
    (#""client_id":"c-1""#, "&client_id=c-1"), (#""object_id":"o-1""#, "&object_id=o-1"),
    (
      #""resource_id":"/subscriptions/s/x y""#, "&msi_res_id=%2Fsubscriptions%2Fs%2Fx%20y"
    ),
  ])
  func `chooses an identity by the names of B.3`(member: String, query: String) {
    let run = Self.run(#"{"source":"managed_identity",\#(member)}"#, .token)
    #expect(run.exchanges == [Self.probe, "GET\n\(Self.path)\(query)\nmetadata: true\nno-proxy"])
  }

  @Test func `asks where the entry or the variable says`() {
    let host = FakeHost()
    host.replies = [.probed, .token]
    let own = SignIn(
      #"{"source":["managed_identity"],"imds_endpoint":"http://127.0.0.1:8080/"}"#, on: host)
    #expect(own.exchanges.last?.hasPrefix("GET\nhttp://127.0.0.1:8080/metadata/identity/") == true)
    let other = FakeHost()
    other.variables = ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://pod.internal"]
    other.replies = [.probed, .token]
    let pod = SignIn(Self.settings, on: other)
    #expect(pod.exchanges.last?.hasPrefix("GET\nhttp://pod.internal/metadata/identity/") == true)
  }

  @Test func `is not available where nothing answers the probe`() {
    let host = FakeHost()
    let run = SignIn(Self.settings, on: host)
    #expect(run.exchanges == [Self.probe])
    #expect(run.outcomes == ["managed_identity skipped"])
    #expect(
      run.failure?.message
        == "no way to sign in is set up on this machine. managed_identity: no instance metadata service "
        + "at 169.254.169.254: connection refused.")
  }

  @Test(arguments: [401, 403, 404, 405])
  func `is not available where another cloud's service answers the probe`(status: Int) {
    let host = FakeHost()
    host.replies = [.page(status)]
    let run = SignIn(Self.settings, on: host)
    #expect(run.exchanges == [Self.probe])
    #expect(run.outcomes == ["managed_identity skipped"])
  }

  @Test(arguments: [
    EffectResult.json(404, "{}", headers: [(name: "server", value: "IMDS/150.870.65.1")]),
    .json(404, #"{"error":"temporarily_unavailable"}"#), .json(429, "{}"), .page(503), .page(200),
  ])
  func `is available where the service itself answers the probe, whatever it says`(
    answer: EffectResult
  ) {
    let host = FakeHost()
    host.replies = [answer, .token]
    #expect(SignIn(Self.settings, on: host).token != nil)
  }

  @Test(arguments: [404, 408, 429, 500, 503])
  func `tries three times more, after 1, 2 and 4 seconds (B.3)`(status: Int) {
    let good = Self.run(
      Self.settings, .json(status, "{}"), .json(status, "{}"), .json(status, "{}"), .token)
    #expect(good.waits == ["sleep 1", "sleep 2", "sleep 4"])
    #expect(good.token != nil)
    let bad = Self.run(Self.settings, .json(status, "{}"))
    #expect(bad.waits == ["sleep 1", "sleep 2", "sleep 4"])
    #expect(bad.failure?.code == (status == 429 ? .rateLimited : .upstreamFailed))
    #expect(bad.failure?.retry == .yes)
    #expect(bad.outcomes == ["managed_identity failed"])
  }

  @Test func `tries seven times more after a 410, ten seconds apart, in at most 64 steps (B.3)`() {
    let bad = Self.run(Self.settings, .json(410, ""))
    #expect(bad.waits == [String](repeating: "sleep 10", count: 7))
    #expect(bad.failure?.code == .upstreamFailed)
    #expect(bad.steps < 64)
    let good = Self.run(
      Self.settings, .json(410, ""), .json(410, ""), .json(410, ""), .json(410, ""),
      .json(410, ""), .json(410, ""), .json(410, ""), .token)
    #expect(good.token != nil)
  }

  @Test(arguments: [400, 401, 403])
  func `does not try again what is refused (B.3)`(status: Int) {
    let run = Self.run(
      Self.settings, .json(status, #"{"error":"invalid_request","error_description":"Multiple."}"#))
    #expect(run.waits.isEmpty && run.exchanges.count == 2)
    #expect(run.failure?.code == .auth)
    #expect(run.failure?.retry == .no)
    #expect(run.failure?.pointer == "/entra/client_id")
    #expect(
      run.failure?.message
        == "the instance metadata service gives no token for the machine's own identity: "
        + "invalid_request: Multiple. Check that the identity is assigned to this machine, and client_id, "
        + "object_id or resource_id where there are several.")
  }

  private static let notFound = EffectResult.json(
    400, #"{"error":"invalid_request","error_description":"Identity not found"}"#)

  @Test func `is not available on a machine that has none`() {
    let run = Self.run(Self.settings, Self.notFound)
    #expect(run.outcomes == ["managed_identity skipped"])
    #expect(run.failure?.code == .configInvalid)
  }

  @Test func `is not available where only AZURE_CLIENT_ID names one that is not assigned`() {
    let host = FakeHost()
    host.variables = ["AZURE_CLIENT_ID": "for-another-source"]
    host.replies = [.probed, Self.notFound]
    let run = SignIn(Self.settings, on: host)
    #expect(run.exchanges.last?.contains("&client_id=for-another-source\n") == true)
    #expect(run.outcomes == ["managed_identity skipped"])
  }

  @Test func `is refused where the entry names one that is not assigned`() {
    let run = Self.run(
      #"{"source":["managed_identity","azure_cli"],"client_id":"c"}"#, Self.notFound)
    #expect(run.outcomes == ["managed_identity failed"])
    #expect(run.failure?.code == .auth)
    #expect(run.failure?.message.contains("the identity with client id c") == true)
  }

  @Test func `points to the scope when the resource is unknown`() {
    let run = Self.run(
      Self.settings,
      .json(400, #"{"error":"invalid_resource","error_description":"AADSTS500011: No."}"#))
    #expect(run.failure?.pointer == "/entra/scope")
    let plain = Self.run(
      Self.settings, .json(400, #"{"error":"invalid_resource","error_description":"No."}"#))
    #expect(plain.failure?.pointer == "/entra/scope")
    #expect(plain.failure?.message.hasSuffix("invalid_resource: No. Check scope.") == true)
  }

  @Test(arguments: [EffectResult.page(200), EffectResult(status: 200), EffectResult.page(400)])
  func `says so when the answer is no token`(reply: EffectResult) {
    let run = Self.run(Self.settings, reply)
    #expect(run.failure?.code == .protocolError)
  }
}

/// B.3: the identity endpoint of an app service.
@Suite struct `Signing in with a managed identity of an app service` {
  private static func service() -> FakeHost {
    let host = FakeHost()
    host.variables = [
      "IDENTITY_ENDPOINT": "http://127.0.0.1:41056/MSI/token/", "IDENTITY_HEADER": "hidden",
    ]
    host.replies = [.json(200, #"{"access_token":"t","expires_on":"1800000600"}"#)]
    return host
  }

  private static let settings = #"{"source":"managed_identity"}"#
  private static let start =
    "GET\nhttp://127.0.0.1:41056/MSI/token/?api-version=2019-08-01&resource=https%3A%2F%2Fai.azure.com"

  @Test func `asks its endpoint with the header placed, as B.3 says, and probes nothing`() {
    let run = SignIn(Self.settings, on: Self.service())
    #expect(
      run.effects == [
        "variable IDENTITY_ENDPOINT", "secret {env: IDENTITY_HEADER}", "variable AZURE_CLIENT_ID",
        "\(Self.start)\nx-identity-header: {100}\nno-proxy",
      ])
    #expect(run.token == IssuedToken(at: "/access_token", lifetime: .seconds(600)))
    #expect(
      run.report.map(\.reason) == [
        "the machine's own identity, by the identity endpoint of App Service"
      ])
  }

  @Test(arguments: [
    (#""client_id":"c-1""#, "&client_id=c-1"), (#""object_id":"o-1""#, "&object_id=o-1"),
    (#""resource_id":"/s/x""#, "&mi_res_id=%2Fs%2Fx"),
  ])
  func `chooses an identity by the names of B.3`(member: String, query: String) {
    let run = SignIn(#"{"source":"managed_identity",\#(member)}"#, on: Self.service())
    #expect(run.exchanges == ["\(Self.start)\(query)\nx-identity-header: {100}\nno-proxy"])
  }

  @Test(arguments: [404, 408, 429, 500, 503, 504])
  func `tries three times more, a second apart (B.3)`(status: Int) {
    let host = Self.service()
    host.replies = [.json(status, "")]
    let run = SignIn(Self.settings, on: host)
    #expect(run.waits == ["sleep 1", "sleep 1", "sleep 1"])
    #expect(run.exchanges.count == 4)
    #expect(run.failure?.retry == .yes)
  }

  @Test(arguments: [400, 410, 501, 502])
  func `does not try again after other answers (B.3)`(status: Int) {
    let host = Self.service()
    host.replies = [.json(status, #"{"statusCode":400,"message":"No managed identity."}"#)]
    let run = SignIn(Self.settings, on: host)
    #expect(run.waits.isEmpty && run.exchanges.count == 1)
    #expect(run.failure != nil)
  }

  @Test func `joins a query to an endpoint that has one`() {
    let host = Self.service()
    host.variables["IDENTITY_ENDPOINT"] = "http://127.0.0.1/t?x=1"
    let run = SignIn(Self.settings, on: host)
    #expect(run.exchanges.first?.hasPrefix("GET\nhttp://127.0.0.1/t?x=1&api-version=") == true)
  }

  @Test(arguments: [
    "/MSI/token", "http://", "http://u:p@127.0.0.1/t", "file:///t", "http://h/t\r\nx: 1",
  ])
  func `does not ask at what is no URL`(endpoint: String) {
    let host = Self.service()
    host.variables["IDENTITY_ENDPOINT"] = endpoint
    let run = SignIn(Self.settings, on: host)
    #expect(run.exchanges.isEmpty)
    #expect(run.failure?.message == "IDENTITY_ENDPOINT holds no URL of a service.")
  }

  @Test func `needs both variables (B.3)`() {
    let host = Self.service()
    host.variables["IDENTITY_HEADER"] = nil
    let run = SignIn(Self.settings, on: host)
    #expect(run.exchanges.first?.hasPrefix("GET\nhttp://169.254.169.254/metadata/") == true)
  }
}
