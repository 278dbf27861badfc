import Foundation
import Testing
import TransportSDK

@Suite struct `Signing in with a certificate` {
  private static let settings =
    #"{"tenant":"t","client_id":"11-22","certificate":{"$secret":9}}"#

  private static func decoded(_ part: Substring) throws -> [String: Any] {
    var text = part.replacingOccurrences(of: "-", with: "+").replacingOccurrences(
      of: "_", with: "/")
    while text.count % 4 != 0 { text += "=" }
    let data = try #require(Data(base64Encoded: text))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// B.3: the header and the claims of a client assertion.
  @Test func `signs an assertion with the header and the claims of B.3`() throws {
    let host = FakeHost()
    host.replies = [.token]
    let run = SignIn(Self.settings, on: host)
    #expect(
      run.effects.dropLast() == [
        "variable AZURE_AUTHORITY_HOST", "certificate 9", "sign PS256 9",
      ])
    #expect(run.token?.pointer == "/access_token")
    let parts = try #require(host.signed.first).split(separator: ".")
    #expect(parts.count == 2)
    let header = try Self.decoded(parts[0])
    #expect(header.count == 3)
    #expect(header["alg"] as? String == "PS256")
    #expect(header["typ"] as? String == "JWT")
    // The certificate's DER is the three bytes "abc", whose digest is the standard's own example.
    #expect(header["x5t#S256"] as? String == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
    let claims = try Self.decoded(parts[1])
    #expect(claims.count == 7)
    #expect(claims["aud"] as? String == "https://login.microsoftonline.com/t/oauth2/v2.0/token")
    #expect(claims["iss"] as? String == "11-22")
    #expect(claims["sub"] as? String == "11-22")
    #expect(claims["nbf"] as? Int == 1_800_000_000)
    #expect(claims["iat"] as? Int == 1_800_000_000)
    #expect(claims["exp"] as? Int == 1_800_000_600)
    #expect(claims["jti"] as? String == "0f1f2f3f-4f5f-4f7f-8f9f-afbfcfdfefff")
  }

  @Test func `posts the assertion with its signature`() throws {
    let host = FakeHost()
    host.replies = [.token]
    let run = SignIn(Self.settings, on: host)
    let input = try #require(host.signed.first)
    #expect(
      run.exchanges == [
        """
        POST
        https://login.microsoftonline.com/t/oauth2/v2.0/token
        content-type: application/x-www-form-urlencoded
        accept: application/json
        grant_type=client_credentials&client_id=11-22\
        &scope=https%3A%2F%2Fai.azure.com%2F.default\
        &client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer\
        &client_assertion=\(input).c2lnbmVk
        """
      ])
  }

  /// B.3: a key that cannot do PSS signs the older way, and the thumbprint stays SHA-256.
  @Test func `falls back to RS256 (B.3)`() throws {
    let host = FakeHost()
    host.algorithms = [.rs256]
    host.replies = [.token]
    let run = SignIn(Self.settings, on: host)
    #expect(run.effects.filter { $0.hasPrefix("sign") } == ["sign PS256 9", "sign RS256 9"])
    let parts = try #require(host.signed.last).split(separator: ".")
    let header = try Self.decoded(parts[0])
    #expect(header["alg"] as? String == "RS256")
    #expect(header["x5t#S256"] as? String == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
    #expect(header["x5t"] == nil)
    #expect(run.exchanges.first?.contains(host.signed.last ?? "?") == true)
    #expect(run.token != nil)
  }

  @Test func `says what the file must hold when its key cannot sign`() {
    let host = FakeHost()
    host.algorithms = []
    let run = SignIn(Self.settings, on: host)
    #expect(run.failure?.code == .configInvalid)
    #expect(run.failure?.pointer == "/entra/certificate")
    #expect(
      run.failure?.message
        == "the private key of certificate cannot sign; it must be an RSA key: the key is not made for "
        + "RS256.")
    #expect(run.exchanges.isEmpty)
  }

  @Test(arguments: [
    "", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
    "-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----\n",
    "-----BEGIN CERTIFICATE-----\nYWJj\n",
    "-----BEGIN PRIVATE KEY-----\nYWJj\n-----END PRIVATE KEY-----\n",
  ])
  func `says what the file must hold when there is no certificate in it`(pem: String) {
    let host = FakeHost()
    host.pem = pem
    let run = SignIn(Self.settings, on: host)
    #expect(run.failure?.pointer == "/entra/certificate")
    #expect(
      run.failure?.message
        == "certificate must be a PEM file with the certificate and its private key: there is none in it."
    )
    #expect(run.exchanges.isEmpty)
  }

  @Test func `takes the first of several certificates, whatever stands around it`() throws {
    let host = FakeHost()
    host.pem =
      "Bag Attributes\r\n  x: y\r\n-----BEGIN CERTIFICATE-----\r\nYW\r\nJj\r\n"
      + "-----END CERTIFICATE-----\r\n-----BEGIN CERTIFICATE-----\nZGVm\n-----END CERTIFICATE-----\n"
    host.replies = [.token]
    _ = SignIn(Self.settings, on: host)
    let header = try Self.decoded(try #require(host.signed.first).split(separator: ".")[0])
    #expect(header["x5t#S256"] as? String == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
  }

  @Test func `finds the file by its variable, and asks for it anew in each run`() {
    let host = FakeHost()
    host.variables = [
      "AZURE_CLIENT_CERTIFICATE_PATH": "/run/client.pem", "AZURE_TENANT_ID": "t",
      "AZURE_CLIENT_ID": "c",
    ]
    host.files = ["/run/client.pem"]
    host.replies = [.token]
    for _ in 0..<2 {
      #expect(SignIn(#"{"source":"certificate"}"#, on: host).token != nil)
    }
    #expect(host.log.filter { $0 == "secret {file: /run/client.pem}" }.count == 2)
    #expect(host.log.contains("sign PS256 100"))
  }

  @Test func `is blamed by number when the application does not know it`() {
    let host = FakeHost()
    host.replies = [.json(401, #"{"error":"invalid_client","error_codes":[700027]}"#)]
    let run = SignIn(Self.settings, on: host)
    #expect(run.failure?.pointer == "/entra/certificate")
    #expect(run.failure?.upstreamCode == "AADSTS700027")
  }

  @Test(arguments: [
    ("YQ==", "ypeBEsobvcr6wjGzmiPcTaeG7_gUfE5yuYB3ha_uSLs"),
    ("YWI=", "-44g_C5MPySMYMOb1lLzwTRymLuXe4tNWQO4UFViBgM"),
  ])
  func `reads a certificate whatever its padding`(base64: String, thumbprint: String) throws {
    let host = FakeHost()
    host.pem = "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----"
    host.replies = [.token]
    _ = SignIn(Self.settings, on: host)
    let header = try Self.decoded(try #require(host.signed.first).split(separator: ".")[0])
    #expect(header["x5t#S256"] as? String == thumbprint)
  }
}
