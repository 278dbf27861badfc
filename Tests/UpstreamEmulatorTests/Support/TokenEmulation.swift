import Testing

@testable import UpstreamEmulator

/// One running token service and a plain client for it.
struct TokenEmulation {
  let emulator = UpstreamEmulator()
  let listener: UpstreamEmulator.TokenListener
  let clock = StandingClock()

  init(_ change: (inout TokenOptions) throws -> Void = { _ in }) throws {
    var options = TokenOptions()
    options.clock = clock.clock
    try change(&options)
    listener = try emulator.startTokens(options: options)
  }

  var secretForm: [(String, String)] {
    [
      ("grant_type", "client_credentials"), ("client_id", listener.clientID),
      ("client_secret", listener.clientSecret ?? ""),
      ("scope", "https://ai.azure.com/.default"),
    ]
  }

  func assertionForm(_ assertion: String) -> [(String, String)] {
    secretForm.filter { $0.0 != "client_secret" } + [
      ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
      ("client_assertion", assertion),
    ]
  }

  /// The claims that the documentation of certificate credentials asks for.
  var claims: JSON {
    let now = Int(clock.clock.now().components.seconds)
    return [
      "aud": .string(listener.tokenURL), "iss": .string(listener.clientID),
      "sub": .string(listener.clientID), "jti": "22b3bb26-e046-42df-9c96-65dbd72c1c81",
      "nbf": .integer(now), "exp": .integer(now + 600),
    ]
  }

  func login(
    _ form: [(String, String)], tenant: String? = nil, fault: String? = nil
  ) throws -> WireReply {
    let body = form.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
    var head = "POST /\(tenant ?? listener.tenant)/oauth2/v2.0/token HTTP/1.1\r\n"
    head += "host: 127.0.0.1:\(listener.port)\r\ncontent-length: \(body.utf8.count)\r\n"
    head += "content-type: application/x-www-form-urlencoded\r\n"
    if let fault { head += "x-emulate-fault: \(fault)\r\n" }
    return try exchange(head + "\r\n" + body)
  }

  func get(_ target: String, _ headers: [(String, String)]) throws -> WireReply {
    var head = "GET \(target) HTTP/1.1\r\nhost: 127.0.0.1:\(listener.port)\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    return try exchange(head + "\r\n")
  }

  func metadata(_ query: String, fault: String? = nil) throws -> WireReply {
    let fault = fault.map { [("x-emulate-fault", $0)] } ?? []
    return try get(
      "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://ai.azure.com\(query)",
      [("Metadata", "true")] + fault)
  }

  func exchange(_ text: String) throws -> WireReply {
    let client = try WireClient(port: listener.port)
    try client.send(text)
    return client.reply()
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
