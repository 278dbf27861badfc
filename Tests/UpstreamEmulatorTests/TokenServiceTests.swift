import Testing

@testable import UpstreamEmulator

/// The facts of B.3, each flow as a client sends it.
@Suite struct `B.3: the token service issues to those who prove what they are` {
  @Test func `a client secret gets a token of its scope's audience`() throws {
    let emulation = try TokenEmulation()
    let reply = try emulation.login(emulation.secretForm)
    #expect(reply.status == 200)
    #expect(
      reply.json.members.map(\.name) == [
        "token_type", "expires_in", "ext_expires_in", "access_token",
      ])
    #expect(reply.json["expires_in"] == 3599)
    let token = try #require(reply.json["access_token"]?.text)
    #expect(token.split(separator: ".").count == 3)
    let issuer = emulation.listener.issuer
    #expect(issuer.verdict(on: token, audiences: ["https://ai.azure.com"]) == .valid)
    #expect(
      issuer.verdict(on: token, audiences: ["https://cognitiveservices.azure.com"])
        == .wrongAudience("https://ai.azure.com"))
    let again = try emulation.login(emulation.secretForm)
    #expect(again.json["access_token"]?.text != token)
    #expect(emulation.listener.requestCount(.login) == 2)
    #expect(emulation.listener.requests[0].parameter("scope") == "https://ai.azure.com/.default")
  }

  @Test func `a token ends, and can be ended`() throws {
    let emulation = try TokenEmulation { $0.lifetime = .seconds(60) }
    let issuer = emulation.listener.issuer
    let audience = ["https://ai.azure.com/"]
    let reply = try emulation.login(emulation.secretForm).json
    #expect(reply["expires_in"] == 60)
    let token = try #require(reply["access_token"]?.text)
    emulation.clock.advance(by: .seconds(59))
    #expect(issuer.verdict(on: token, audiences: audience) == .valid)
    emulation.clock.advance(by: .seconds(1))
    #expect(issuer.verdict(on: token, audiences: audience) == .expired)
    issuer.revokeAll()
    #expect(issuer.verdict(on: token, audiences: audience) == .revoked)
    #expect(issuer.verdict(on: "made.up.token", audiences: audience) == .unknown)
    #expect(issuer.issued == [token])
  }

  @Test func `a wrong secret, in the words of the directory`() throws {
    let emulation = try TokenEmulation()
    let form = emulation.secretForm.map { $0.0 == "client_secret" ? ($0.0, "wrong") : $0 }
    let reply = try emulation.login(form)
    #expect(reply.status == 401)
    #expect(reply.json["error"] == "invalid_client")
    #expect(reply.json["error_codes"] == [7_000_215])
    #expect(
      reply.json["error_description"]?.text?.hasPrefix(
        "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the "
          + "request is the client secret value, not the client secret ID, for a secret added to "
          + "app '\(emulation.listener.clientID)'. Trace ID: ") == true)
    #expect(!reply.text.contains("wrong"))
  }

  @Test(arguments: [
    ("grant_type", "password", 400, 70003), ("grant_type", nil, 400, 900_144),
    ("client_id", "someone-else", 400, 700_016), ("client_id", nil, 400, 900_144),
    ("scope", "https://ai.azure.com", 400, 1_002_012),
    ("scope", "https://nowhere.example/.default", 400, 500_011), ("scope", nil, 400, 900_144),
    ("client_secret", nil, 401, 7_000_218),
  ])
  func `a form that is not in order`(
    name: String, value: String?, status: Int, number: Int
  ) throws {
    let emulation = try TokenEmulation()
    let rest = emulation.secretForm.filter { $0.0 != name }
    let reply = try emulation.login(rest + (value.map { [(name, $0)] } ?? []))
    #expect(reply.status == status)
    #expect(reply.json["error_codes"] == [.integer(number)])
    #expect(emulation.listener.issuer.issued.isEmpty)
  }

  @Test func `a directory that does not exist, and two proofs at once`() throws {
    let emulation = try TokenEmulation()
    let unknown = try emulation.login(emulation.secretForm, tenant: "nowhere")
    #expect(unknown.status == 400)
    #expect(
      unknown.json["error_description"]?.text?.hasPrefix("AADSTS90002: Tenant 'nowhere' not found.")
        == true)
    let both = try emulation.login(emulation.secretForm + [("client_assertion", "x")])
    #expect(both.json["error"] == "invalid_request")
    let twice = try emulation.login(emulation.secretForm + [("client_id", "x")])
    #expect(twice.json["error"] == "invalid_request")
    let get = try emulation.get("/\(emulation.listener.tenant)/oauth2/v2.0/token", [])
    #expect(get.json["error_codes"] == [900_561])
    #expect(try emulation.get("/elsewhere", []).status == 404)
  }

  @Test(arguments: ["PS256", "RS256"])
  func `a certificate signs for its application`(algorithm: String) throws {
    let key = try SigningKey()
    let emulation = try TokenEmulation { $0.certificate = key.certificate }
    let header: JSON = [
      "alg": .string(algorithm), "typ": "JWT", "x5t#S256": .string(key.thumbprint),
    ]
    let older: JSON = ["alg": "RS256", "typ": "JWT", "x5t": .string(key.olderThumbprint)]
    for header in [header] + (algorithm == "RS256" ? [older] : []) {
      let assertion = try key.sign(header, emulation.claims)
      let reply = try emulation.login(emulation.assertionForm(assertion))
      #expect(reply.status == 200, "\(reply.text)")
    }
  }

  @Test func `an assertion that is not in order`() throws {
    let key = try SigningKey()
    let other = try SigningKey()
    let emulation = try TokenEmulation { $0.certificate = key.certificate }
    let header: JSON = ["alg": "PS256", "typ": "JWT", "x5t#S256": .string(key.thumbprint)]
    let claims = emulation.claims
    let now = Int(emulation.clock.clock.now().components.seconds)
    let rows: [(String, Int)] = try [
      ("no JWT", 50027), (key.sign(header, claims.without("jti")), 50027),
      (key.sign(header.with("alg", "none"), claims), 5_002_738),
      (key.sign(header.without("x5t#S256"), claims), 700_027),
      (key.sign(header.with("x5t#S256", .string(other.thumbprint)), claims), 700_027),
      (
        key.sign(header.without("x5t#S256").with("x5t", .string(key.olderThumbprint)), claims),
        700_027
      ),
      (other.sign(header, claims), 700_027),
      (key.sign(header, claims) + "AAAA", 700_027),
      (key.sign(header, claims.with("sub", "x")), 700_021),
      (key.sign(header, claims.with("iss", "x")), 700_021),
      (key.sign(header, claims.with("aud", "http://127.0.0.1/x")), 700_023),
      (key.sign(header, claims.with("exp", .integer(now - 300))), 700_024),
      (key.sign(header, claims.with("nbf", .integer(now + 301))), 700_024),
      (key.sign(header, claims.without("exp")), 700_024),
    ]
    for (assertion, number) in rows {
      let reply = try emulation.login(emulation.assertionForm(assertion))
      #expect(reply.status == 401)
      #expect(reply.json["error_codes"] == [.integer(number)], "\(number): \(reply.text)")
    }
    let signature = try key.sign(header.with("alg", "RS256"), claims).split(separator: ".")[2]
    let mixed = try key.sign(header, claims).split(separator: ".").prefix(2) + [signature]
    let reply = try emulation.login(emulation.assertionForm(mixed.joined(separator: ".")))
    #expect(reply.json["error_codes"] == [700_027])
    let untyped = emulation.assertionForm(try key.sign(header, claims))
      .filter { $0.0 != "client_assertion_type" }
    #expect(try emulation.login(untyped).json["error_codes"] == [900_144])
  }

  @Test func `a foreign token is taken as it stands now`() throws {
    let emulation = try TokenEmulation { $0.federatedAssertion = { "eyJ.first.x" } }
    #expect(try emulation.login(emulation.assertionForm("eyJ.first.x")).status == 200)
    let stale = try emulation.login(emulation.assertionForm("eyJ.second.x"))
    #expect(stale.status == 401)
    #expect(stale.json["error_codes"] == [70021])
  }

  @Test func `what is no certificate of RSA is refused at once`() {
    let error = #expect(throws: EmulatorError.self) {
      try TokenEmulation { $0.certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n" }
    }
    #expect(error == .badCertificate)
  }
}
