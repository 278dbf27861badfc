/// Why TLS did not come about, in plain words.
///
/// - Source: the texts of OpenSSL 3 (X509_verify_cert_error_string(3), SSL reason strings) and of
///   libcurl's OpenSSL back end, which quotes them.
enum TLSProblem: CaseIterable {
  case noTLS, unknownAuthority, selfSigned, expired, notYetValid, wrongName, oldProtocol,
    noAuthorities

  /// Reads libcurl's text; nil for one that is not known.
  init?(_ text: String) {
    let text = text.lowercased()
    guard let found = Self.allCases.first(where: { $0.signs.contains { text.contains($0) } }) else {
      return nil
    }
    self = found
  }

  private var signs: [String] {
    switch self {
    case .noTLS: ["wrong version number", "packet length too long", "http request"]
    case .unknownAuthority: ["unable to get local issuer", "unable to get issuer"]
    case .selfSigned: ["self-signed", "self signed"]
    case .expired: ["has expired"]
    case .notYetValid: ["not yet valid"]
    case .wrongName: ["no alternative certificate subject name", "does not match target host"]
    case .oldProtocol: ["unsupported protocol", "protocol version", "handshake failure"]
    case .noAuthorities: ["error setting certificate"]
    }
  }

  /// The cause.
  var words: String {
    switch self {
    case .noTLS: "the other end does not speak TLS on this port"
    case .unknownAuthority:
      "the certificate is signed by an authority that this machine does not trust"
    case .selfSigned:
      "the certificate is signed by itself, or by an authority that is not trusted here"
    case .expired: "the certificate has expired"
    case .notYetValid: "the certificate is not valid yet"
    case .wrongName: "the certificate is for another host name"
    case .oldProtocol: "both ends have no version of TLS or no cipher in common"
    case .noAuthorities: "the file of trusted authorities cannot be read"
    }
  }

  /// What to do.
  var advice: String {
    switch self {
    case .noTLS: "Check the port; http:// is for this machine."
    case .unknownAuthority, .selfSigned:
      "Behind a company's proxy, name its authority's PEM file in SSL_CERT_FILE."
    case .expired, .notYetValid:
      "Check this machine's clock (jackfield doctor); else the upstream must renew it."
    case .wrongName: "Check the host in base_url."
    case .oldProtocol: "The upstream must offer TLS 1.2 or newer."
    case .noAuthorities: "jackfield doctor says which file it is."
    }
  }
}
