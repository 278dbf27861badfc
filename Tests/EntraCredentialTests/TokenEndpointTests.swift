import Testing
import TransportSDK

/// B.3: what the token endpoint may answer.
@Suite struct `A token endpoint that gives no token (B.3)` {
  private static func run(_ replies: EffectResult...) -> SignIn {
    let host = FakeHost()
    host.replies = replies
    return SignIn(ClientSecretSettings.settings, on: host)
  }

  private static func refusal(_ code: Int, _ name: String, _ words: String) -> EffectResult {
    .json(
      401,
      #"""
      {"error":"\#(name)","error_description":"AADSTS\#(code): \#(words) Trace ID: x\r\nTimestamp: y",
       "error_codes":[\#(code)],"trace_id":"0000aaaa-11bb-cccc-dd22-eeeeee333333"}
      """#)
  }

  @Test(arguments: [
    (7_000_215, "client_secret", "the client secret is wrong."),
    (7_000_222, "client_secret", "the client secret has expired."),
    (700_016, "client_id", "the tenant has no such application."),
    (90_002, "tenant", "there is no such tenant."),
    (900_023, "tenant", "the tenant is neither an id nor a domain."),
    (500_011, "scope", "the tenant does not know what the token is for."),
    (1_002_012, "scope", "the scope is malformed;"),
  ])
  func `ends the flow at a definite refusal, with the cause and the key (B.3)`(
    code: Int, key: String, cause: String
  ) throws {
    let run = Self.run(Self.refusal(code, "invalid_client", "Something."))
    let failure = try #require(run.failure)
    #expect(run.exchanges.count == 1)
    #expect(failure.code == .auth)
    #expect(failure.scope == .credential)
    #expect(failure.retry == .no)
    #expect(failure.pointer == "/entra/\(key)")
    #expect(failure.upstreamCode == "AADSTS\(code)")
    #expect(
      failure.message.hasPrefix(
        "cannot sign in as application 11-22 of tenant contoso.com, at login.microsoftonline.com: "
          + cause))
    #expect(
      failure.message.hasSuffix("(AADSTS\(code)) Trace id: 0000aaaa-11bb-cccc-dd22-eeeeee333333."))
    #expect(run.outcomes == ["client_secret failed"])
  }

  @Test(arguments: [
    ("invalid_client", "client_secret"), ("unauthorized_client", "client_id"),
    ("invalid_scope", "scope"), ("invalid_request", "client_secret"),
  ])
  func `judges a refusal without a known number by its name (B.3)`(name: String, key: String) {
    let run = Self.run(
      .json(400, #"{"error":"\#(name)","error_description":"AADSTS1: No.\r\nmore"}"#))
    #expect(run.failure?.code == .auth)
    #expect(run.failure?.retry == .no)
    #expect(run.failure?.pointer == "/entra/\(key)")
    #expect(run.failure?.upstreamCode == name)
    #expect(run.failure?.message.hasSuffix(": \(name): AADSTS1: No. Check \(key).") == true)
  }

  @Test func `finds the number in the text where there is no list of numbers`() {
    let run = Self.run(
      .json(400, #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid."}"#))
    #expect(run.failure?.upstreamCode == "AADSTS7000215")
  }

  @Test func `tries once more a second after a 5xx (B.3)`() {
    let good = Self.run(.json(503, "{}"), .token)
    #expect(good.exchanges.count == 2 && good.waits == ["sleep 1"])
    #expect(good.token != nil)
    #expect(good.outcomes == ["client_secret chosen"])
    let bad = Self.run(.page(500), .page(502), .token)
    #expect(bad.exchanges.count == 2 && bad.waits == ["sleep 1"])
    #expect(bad.failure?.code == .upstreamFailed)
    #expect(bad.failure?.retry == .yes)
    #expect(
      bad.failure?.message == "login.microsoftonline.com gave no token: it failed with status 502.")
  }

  @Test func `does not try again after a 5xx with Retry-After, and passes the delay on (B.3)`() {
    let run = Self.run(.json(503, "", headers: [(name: "retry-after", value: "17")]), .token)
    #expect(run.exchanges.count == 1)
    #expect(run.failure?.code == .upstreamFailed)
    #expect(run.failure?.retryAfter == .seconds(17))
  }

  @Test(arguments: [("30", Duration.seconds(30)), ("soon", nil), ("-1", nil), ("99999999", nil)])
  func `passes a 429 on with its delay`(header: String, delay: Duration?) {
    let run = Self.run(.json(429, "{}", headers: [(name: "retry-after", value: header)]), .token)
    #expect(run.exchanges.count == 1)
    #expect(run.failure?.code == .rateLimited)
    #expect(run.failure?.retryAfter == delay)
  }

  @Test(arguments: [
    (EffectResult.page(200), "status 200 and a body of type text/html"),
    (EffectResult.page(403), "status 403 and a body of type text/html"),
    (EffectResult.page(302), "status 302 and a body of type text/html"),
    (EffectResult(status: 200), "status 200 and an empty body"),
    (EffectResult(status: 404), "status 404 and an empty body"),
    (EffectResult.json(200, "[]"), "status 200 and a body of type application/json"),
    (EffectResult.json(200, #"{"access_token":""}"#), "status 200 and a body"),
    (EffectResult.json(200, #"{"access_token":7}"#), "status 200 and a body"),
    (EffectResult.json(200, #"{"error":"invalid_client"}"#), "status 200 and a body"),
    (EffectResult.json(400, "{}"), "status 400 and a body"),
    (EffectResult.json(200, #"{"access_token":"t""#), "status 200 and a body"),
  ])
  func `says so when the answer is no reply of a token endpoint`(
    reply: EffectResult, words: String
  ) {
    let run = Self.run(reply)
    #expect(run.failure?.code == .protocolError)
    #expect(run.failure?.message.contains("answered with \(words)") == true)
    #expect(run.token == nil && run.exchanges.count == 1)
  }

  @Test func `keeps messages short whatever the answer`() {
    let huge = String(repeating: "x y ", count: 1_000_000)
    let page = Self.run(.page(400, huge))
    #expect((page.failure?.message.count ?? .max) < 500)
    let json = Self.run(.json(400, #"{"error":"invalid_grant","error_description":"\#(huge)"}"#))
    #expect((json.failure?.message.count ?? .max) < 500)
    let name = Self.run(.json(400, #"{"error":"\#(huge)","error_description":"No."}"#))
    #expect((name.failure?.message.count ?? .max) < 500)
  }

  @Test func `finds the token in a huge answer`() {
    let padding = String(repeating: " ", count: 2_000_000)
    let run = Self.run(.json(200, #"{"a":"b",\#(padding)"access_token":"t","expires_in":"60"}"#))
    #expect(run.token == IssuedToken(at: "/access_token", lifetime: .seconds(60)))
  }

  @Test func `blames the network when it cannot be reached`() {
    let run = Self.run(EffectResult(problem: "could not resolve the host"))
    #expect(run.failure?.code == .upstreamFailed)
    #expect(run.failure?.scope == .network)
    #expect(
      run.failure?.message
        == "cannot ask login.microsoftonline.com for a token: could not resolve the host.")
  }
}

/// Settings that more than one suite uses.
enum ClientSecretSettings {
  static let settings =
    #"{"tenant":"contoso.com","client_id":"11-22","client_secret":{"$secret":7}}"#
}
