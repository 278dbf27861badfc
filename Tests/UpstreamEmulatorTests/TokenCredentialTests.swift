import Testing

@testable import UpstreamEmulator

private let project = "https://ai.azure.com"
private let resource = "https://cognitiveservices.azure.com"
private let body: JSON = ["model": "gpt-5", "input": "x"]

@Suite struct `B.1, B.2: a token counts at the resource it is for` {
  private let clock = StandingClock()
  private let issuer: TokenIssuer

  init() {
    issuer = TokenIssuer(clock: clock.clock)
  }

  private func emulation(_ upstream: EmulatedUpstream, _ quirks: [String] = []) throws -> Emulation
  {
    try Emulation(upstream) {
      $0.tokens = issuer
      $0.quirks = try quirks.map { try Quirk($0) }
    }
  }

  private func send(
    _ emulation: Emulation, _ headers: [(String, String)]
  ) throws -> WireReply {
    try emulation.send("POST", "\(emulation.base)/responses", body, headers: headers)
  }

  private func bearer(_ token: String) -> [(String, String)] {
    [("authorization", "Bearer \(token)")]
  }

  @Test(arguments: [(EmulatedUpstream.azureFoundry, project), (.azureOpenAI, resource)])
  func `a token of another audience is refused with the one that is expected`(
    upstream: EmulatedUpstream, audience: String
  ) throws {
    let emulation = try emulation(upstream)
    let other = audience == project ? resource : project
    #expect(try send(emulation, bearer(issuer.issue(audience: audience))).status == 200)
    #expect(try send(emulation, bearer(issuer.issue(audience: audience + "/"))).status == 200)
    let reply = try send(emulation, bearer(issuer.issue(audience: other)))
    #expect(reply.status == 401)
    #expect(
      reply.json == [
        "statusCode": 401,
        "message": .string(
          "Unauthorized. Access token is missing, invalid, audience is incorrect "
            + "(\(audience)), or have expired."),
      ])
  }

  @Test func `a token that has ended, was ended, or was never issued`() throws {
    let emulation = try emulation(.azureFoundry)
    let token = issuer.issue(audience: project, lifetime: .seconds(60))
    #expect(try send(emulation, bearer(token)).status == 200)
    clock.advance(by: .seconds(60))
    #expect(try send(emulation, bearer(token)).status == 401)
    let revoked = issuer.issue(audience: project)
    #expect(try send(emulation, bearer(revoked)).status == 200)
    issuer.revoke(revoked)
    let reply = try send(emulation, bearer(revoked))
    #expect(reply.status == 401)
    #expect(reply.text.contains("(https://ai.azure.com), or have expired."))
    #expect(try send(emulation, bearer("made.up.token")).status == 401)
  }

  @Test func `a resource of both audiences, and one of the newer only`() throws {
    let both = try emulation(.azureOpenAI, ["both-audiences"])
    for audience in [project, resource] {
      #expect(try send(both, bearer(issuer.issue(audience: audience))).status == 200)
    }
    let reply = try send(both, bearer("x"))
    #expect(
      reply.text.contains(
        "(https://cognitiveservices.azure.com/ or https://ai.azure.com/), or have expired."))
    let newer = try emulation(.azureOpenAI, ["project-audience"])
    #expect(try send(newer, bearer(issuer.issue(audience: resource))).status == 401)
    #expect(try send(newer, bearer(issuer.issue(audience: project))).status == 200)
  }

  @Test(arguments: [EmulatedUpstream.azureOpenAI, .azureFoundry])
  func `exactly one credential, and a key as before`(upstream: EmulatedUpstream) throws {
    let emulation = try emulation(upstream)
    let token = issuer.issue(audience: upstream == .azureFoundry ? project : resource)
    let key = emulation.listener.key
    #expect(try send(emulation, [("api-key", key)]).status == 200)
    #expect(try send(emulation, bearer(key)).status == 200)
    let both = try send(emulation, bearer(token) + [("api-key", key)])
    #expect(both.status == 401)
    #expect(both.message?.hasPrefix("Exactly one of the headers") == true)
    #expect(try send(emulation, []).status == 401)
    #expect(try send(emulation, [("api-key", token)]).status == 401)
    let strict = try self.emulation(upstream, ["key-header-only"])
    #expect(try send(strict, bearer(key)).status == 401)
    #expect(try send(strict, [("api-key", key)]).status == 200)
  }

  @Test func `a key as a bearer token on a dated path is not established`() throws {
    let emulation = try emulation(.azureOpenAI)
    let target = "/openai/responses?api-version=2025-04-01-preview"
    let key = emulation.listener.key
    let send = { (headers: [(String, String)]) in
      try emulation.send("POST", target, body, headers: headers).status
    }
    #expect(try send([("api-key", key)]) == 200)
    #expect(try send(bearer(key)) == 401)
    #expect(try send(bearer(issuer.issue(audience: resource))) == 200)
  }

  @Test func `without an issuer no token is good`() throws {
    let emulation = try Emulation(.azureFoundry)
    #expect(try send(emulation, bearer(issuer.issue(audience: project))).status == 401)
  }
}
