import Testing

@testable import UpstreamEmulator

@Suite struct `B.3: a machine asks for its own identity` {
  private let version = "api-version=2018-02-01"
  private let resource = "resource=https%3A%2F%2Fai.azure.com"

  @Test func `the metadata service answers with text for numbers`() throws {
    let emulation = try TokenEmulation()
    let reply = try emulation.metadata("")
    #expect(reply.status == 200)
    let now = Int(emulation.clock.clock.now().components.seconds)
    #expect(reply.json["expires_in"] == "3599")
    #expect(reply.json["expires_on"] == .string(String(now + 3599)))
    #expect(reply.json["resource"] == "https://ai.azure.com")
    let token = try #require(reply.json["access_token"]?.text)
    #expect(
      emulation.listener.issuer.verdict(on: token, audiences: ["https://ai.azure.com"]) == .valid)
    #expect(emulation.listener.requestCount(.imds) == 1)
    #expect(emulation.listener.requestCount(.login) == 0)
    #expect(emulation.listener.requestCount == 1)
  }

  @Test func `it demands its header, a version and a resource`() throws {
    let emulation = try TokenEmulation()
    let path = "/metadata/identity/oauth2/token"
    let right = [("Metadata", "true")]
    let rows: [(String, [(String, String)], String)] = [
      ("\(version)&\(resource)", [], "metadata header"),
      ("\(version)&\(resource)", [("Metadata", "false")], "metadata header"),
      ("\(version)&\(resource)", right + [("x-forwarded-for", "::1")], "metadata header"),
      (resource, right, "api-version was not specified"),
      ("api-version=2017-01-01&\(resource)", right, "api-version is invalid"),
      (version, right, "'resource' is missing"),
      ("\(version)&resource=https%3A%2F%2Fai.azure.com%2F.default", right, "AADSTS500011"),
      ("\(version)&\(resource)&mi_res_id=x", right, "'mi_res_id' is not known here"),
    ]
    for (query, headers, words) in rows {
      let reply = try emulation.get("\(path)?\(query)", headers)
      #expect(reply.status == 400)
      #expect(reply.text.contains(words), "\(reply.text)")
    }
  }

  @Test(arguments: ["client_id", "object_id", "msi_res_id"])
  func `it knows an identity by each of its names`(name: String) throws {
    let emulation = try TokenEmulation()
    let identity = TokenOptions.Identity.userAssigned
    let value =
      switch name {
      case "client_id": identity.clientID
      case "object_id": identity.objectID
      default: identity.resourceID
      }
    let reply = try emulation.metadata("&\(name)=\(value)")
    #expect(reply.json["client_id"]?.text == identity.clientID)
    #expect(try emulation.metadata("&\(name)=x").text.contains("Identity not found"))
    let two = try emulation.metadata("&\(name)=\(value)&client_id=x&object_id=y")
    #expect(two.text.contains("Identity not found"))
  }

  @Test func `a machine without an identity of its own must name one`() throws {
    let emulation = try TokenEmulation { $0.hasSystemIdentity = false }
    #expect(try emulation.metadata("").text.contains("Identity not found"))
    let client = TokenOptions.Identity.userAssigned.clientID
    #expect(try emulation.metadata("&client_id=\(client)").status == 200)
  }

  @Test func `an app's endpoint demands its own header, version and names`() throws {
    let emulation = try TokenEmulation()
    let secret = ("X-IDENTITY-HEADER", emulation.listener.identityHeader)
    let right = "/msi/token?api-version=2019-08-01&\(resource)"
    let reply = try emulation.get(right, [secret])
    #expect(reply.status == 200)
    #expect(reply.json["expires_in"] == nil)
    let now = Int(emulation.clock.clock.now().components.seconds)
    #expect(reply.json["expires_on"] == .string(String(now + 3599)))
    let identity = TokenOptions.Identity.userAssigned
    let named = try emulation.get("\(right)&mi_res_id=\(identity.resourceID)", [secret])
    #expect(named.json["client_id"]?.text == identity.clientID)
    #expect(try emulation.get(right, []).status == 401)
    #expect(try emulation.get(right, [("X-IDENTITY-HEADER", "x")]).status == 401)
    for target in [
      "/msi/token?\(version)&\(resource)", "/msi/token?api-version=2019-08-01",
      "\(right)&client_id=x", "\(right)&msi_res_id=\(identity.resourceID)",
    ] {
      #expect(try emulation.get(target, [secret]).status == 400, "\(target)")
    }
    #expect(emulation.listener.requestCount(.appService) == 8)
  }
}
