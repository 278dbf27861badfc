internal import Cassettes
internal import ProviderConfiguration

/// Who may ask, by the token that each shows.
struct ClientTable: Sendable {
  /// Somebody who may ask.
  struct Client: Sendable {
    let name: String
    let entry: GatewayClient?

    /// Whether the client may use a model, by the name that the request has for it.
    func mayUse(_ model: String) -> Bool { entry?.mayUse(model) ?? true }
  }

  private let clients: [(token: [UInt8], client: Client)]

  /// States who may ask; with nobody, whoever does.
  init(_ clients: [(token: String, client: Client)]) {
    self.clients = clients.map { (Array($0.token.utf8), $0.client) }
  }

  /// Whether a token is needed.
  var isProtected: Bool { !clients.isEmpty }

  /// Who shows a token; nil: nobody who may ask.
  ///
  /// Each token is compared with all of it, so that the time tells nothing of how much was right.
  func client(showing token: String?) -> Client? {
    guard isProtected else { return .anybody }
    guard let token else { return nil }
    var found: Client?
    for (expected, client) in clients where Self.isSame(expected, token) { found = client }
    return found
  }

  private static func isSame(_ expected: [UInt8], _ token: String) -> Bool {
    guard !expected.isEmpty else { return false }
    let shown = token.utf8
    var difference = UInt64(expected.count ^ shown.count)
    var index = 0
    for byte in shown {
      difference |= UInt64(byte ^ expected[index % expected.count])
      index += 1
    }
    return difference == 0
  }
}

extension ClientTable {
  /// The token of a request's headers, from where clients of this API put it.
  static func token(in headers: some Sequence<(name: String, value: String)>) -> String? {
    for (name, value) in headers {
      if HeaderField.isNamed(name, "authorization") {
        if let token = token(ofAuthorization: value) { return token }
      } else if HeaderField.isNamed(name, "api-key") || HeaderField.isNamed(name, "x-api-key") {
        return value
      }
    }
    return nil
  }

  /// The token behind `Bearer`, or the password behind `Basic`, by which a browser opens the status page;
  /// the name beside that is anybody's.
  ///
  /// - Source: RFC 6750 section 2.1; RFC 7617 section 2.
  private static func token(ofAuthorization value: String) -> String? {
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let rest = String(parts[1].drop { $0 == " " })
    switch parts[0].lowercased() {
    case "bearer": return rest
    case "basic":
      guard let pair = Base64.bytes(rest), let colon = pair.firstIndex(of: UInt8(ascii: ":"))
      else { return nil }
      return String(decoding: pair[(colon + 1)...], as: UTF8.self)
    default: return nil
    }
  }
}
