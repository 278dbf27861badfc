/// An option of curl and what it means for a provider entry.
///
/// - Source: curl(1), version 8.
struct CurlOption: Sendable {
  /// What is done with it.
  enum Meaning: Sendable {
    case method, header, url, getQuery, head
    case bodyText, bodyData, bodyBinary, bodyJSON
    case user, bearer, agent, referer, cookie
    /// Says something about curl's own run alone.
    case quiet
    /// Says something that Jackfield does in its own way; the note says which.
    case noted(String)
    /// Cannot be taken over.
    case refused(String)
  }

  /// With two hyphens in front.
  let name: String
  /// With one, or nil.
  let letter: Character?
  /// Whether a value follows.
  let takesValue: Bool
  let meaning: Meaning

  private init(_ name: String, _ letter: Character?, value: Bool, _ meaning: Meaning) {
    self.name = name
    self.letter = letter
    self.takesValue = value
    self.meaning = meaning
  }

  /// The option of a long name, without its hyphens.
  static func named(_ name: String) -> CurlOption? { all.first { $0.name == name } }

  /// The option of a letter.
  static func lettered(_ letter: Character) -> CurlOption? { all.first { $0.letter == letter } }

  private static let tls = "certificates are always verified; a private authority is set by"
  private static let clock = "timeouts are set under timeouts in the configuration."
  private static let proxy = "proxies are taken from the usual environment variables."
  private static let upload = "a provider's requests are JSON, not uploads."
  private static let multipart = "a provider's requests are JSON, not forms."

  /// Every option that is understood.
  private static let all: [CurlOption] = [
    CurlOption("request", "X", value: true, .method),
    CurlOption("header", "H", value: true, .header),
    CurlOption("url", nil, value: true, .url),
    CurlOption("get", "G", value: false, .getQuery),
    CurlOption("head", "I", value: false, .head),
    CurlOption("data", "d", value: true, .bodyData),
    CurlOption("data-ascii", nil, value: true, .bodyData),
    CurlOption("data-raw", nil, value: true, .bodyText),
    CurlOption("data-binary", nil, value: true, .bodyBinary),
    CurlOption("json", nil, value: true, .bodyJSON),
    CurlOption("user", "u", value: true, .user),
    CurlOption("oauth2-bearer", nil, value: true, .bearer),
    CurlOption("user-agent", "A", value: true, .agent),
    CurlOption("referer", "e", value: true, .referer),
    CurlOption("cookie", "b", value: true, .cookie),

    CurlOption("silent", "s", value: false, .quiet),
    CurlOption("show-error", "S", value: false, .quiet),
    CurlOption("include", "i", value: false, .quiet),
    CurlOption("show-headers", nil, value: false, .quiet),
    CurlOption("verbose", "v", value: false, .quiet),
    CurlOption("no-buffer", "N", value: false, .quiet),
    CurlOption("progress-bar", "#", value: false, .quiet),
    CurlOption("no-progress-meter", nil, value: false, .quiet),
    CurlOption("fail", "f", value: false, .quiet),
    CurlOption("fail-with-body", nil, value: false, .quiet),
    CurlOption("compressed", nil, value: false, .quiet),
    CurlOption("globoff", "g", value: false, .quiet),
    CurlOption("disable", "q", value: false, .quiet),
    CurlOption("ipv4", "4", value: false, .quiet),
    CurlOption("ipv6", "6", value: false, .quiet),
    CurlOption("output", "o", value: true, .quiet),
    CurlOption("remote-name", "O", value: false, .quiet),
    CurlOption("dump-header", "D", value: true, .quiet),
    CurlOption("write-out", "w", value: true, .quiet),
    CurlOption("trace", nil, value: true, .quiet),
    CurlOption("trace-ascii", nil, value: true, .quiet),
    CurlOption("http1.1", nil, value: false, .quiet),
    CurlOption("http2", nil, value: false, .quiet),
    CurlOption("http3", nil, value: false, .quiet),
    CurlOption("tlsv1.2", nil, value: false, .quiet),
    CurlOption("tlsv1.3", nil, value: false, .quiet),
    CurlOption("tcp-nodelay", nil, value: false, .quiet),

    CurlOption("insecure", "k", value: false, .noted("certificates are always verified.")),
    CurlOption("cacert", nil, value: true, .noted("\(tls) SSL_CERT_FILE.")),
    CurlOption("capath", nil, value: true, .noted("\(tls) SSL_CERT_DIR.")),
    CurlOption(
      "location", "L", value: false, .noted("redirects to another host get no credential.")),
    CurlOption(
      "location-trusted", nil, value: false, .noted("redirects to another host get no credential.")),
    CurlOption("max-time", "m", value: true, .noted(clock)),
    CurlOption("connect-timeout", nil, value: true, .noted(clock)),
    CurlOption("speed-limit", "Y", value: true, .noted(clock)),
    CurlOption("speed-time", "y", value: true, .noted(clock)),
    CurlOption("retry", nil, value: true, .noted("a call is one attempt.")),
    CurlOption("retry-delay", nil, value: true, .noted("a call is one attempt.")),
    CurlOption("retry-all-errors", nil, value: false, .noted("a call is one attempt.")),
    CurlOption("proxy", "x", value: true, .noted(proxy)),
    CurlOption("noproxy", nil, value: true, .noted(proxy)),

    CurlOption("data-urlencode", nil, value: true, .refused(multipart)),
    CurlOption("form", "F", value: true, .refused(multipart)),
    CurlOption("form-string", nil, value: true, .refused(multipart)),
    CurlOption("upload-file", "T", value: true, .refused(upload)),
    CurlOption("cert", "E", value: true, .refused("client certificates are not supported.")),
    CurlOption("key", nil, value: true, .refused("client certificates are not supported.")),
    CurlOption("config", "K", value: true, .refused("paste what the file says instead.")),
    CurlOption("netrc", "n", value: false, .refused("send the credential in a header instead.")),
    CurlOption("aws-sigv4", nil, value: true, .refused("requests are not signed.")),
    CurlOption("resolve", nil, value: true, .refused("names are resolved by the system.")),
    CurlOption("connect-to", nil, value: true, .refused("names are resolved by the system.")),
    CurlOption("unix-socket", nil, value: true, .refused("a provider is reached over TCP.")),
    CurlOption("next", ":", value: false, .refused("a provider entry is made of one request.")),
  ]
}
