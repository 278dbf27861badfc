import JSONText
import TransportSDK

/// The token by which an application proves that it has a certificate's key.
///
/// Its thumbprint is `x5t#S256` with either algorithm: `x5t` would need SHA-1, and Entra ID takes this one
/// for both.
/// - Source: RFC 7523, section 3; RFC 7515, section 4.1.8; Microsoft's page on certificate credentials.
struct ClientAssertion {
  let application: EntraApplication
  /// SHA-256 of the certificate's DER.
  let thumbprint: [UInt8]
  /// Now, since the beginning of 1970.
  let time: Duration
  /// 16 bytes for the id.
  let randomness: [UInt8]

  /// How long it is valid, in seconds.
  private static let lifetime: Int64 = 600

  /// What a form says before an assertion, the value of the last pair left open.
  static let proof = [
    (
      name: "client_assertion_type",
      value: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    ), (name: "client_assertion", value: ""),
  ]

  /// Header and claims, as they are signed.
  func signedText(_ algorithm: SignatureAlgorithm) -> String {
    let header = Self.object([
      ("alg", Self.quoted(algorithm.rawValue)), ("typ", Self.quoted("JWT")),
      ("x5t#S256", Self.quoted(Base64.encodeURL(thumbprint))),
    ])
    let now = time.components.seconds
    let claims = Self.object([
      ("aud", Self.quoted(application.tokenEndpoint)), ("exp", "\(now + Self.lifetime)"),
      ("iat", "\(now)"), ("iss", Self.quoted(application.clientID)),
      ("jti", Self.quoted(uniqueID)), ("nbf", "\(now)"),
      ("sub", Self.quoted(application.clientID)),
    ])
    return "\(Base64.encodeURL(Array(header.utf8))).\(Base64.encodeURL(Array(claims.utf8)))"
  }

  /// A random UUID.
  /// - Source: RFC 9562, section 5.4.
  private var uniqueID: String {
    var bytes = randomness
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return text
  }

  private static func object(_ members: [(name: String, value: String)]) -> String {
    "{\(members.map { "\(quoted($0.name)):\($0.value)" }.joined(separator: ","))}"
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: JSONEscape.literal(text), as: UTF8.self)
  }
}
