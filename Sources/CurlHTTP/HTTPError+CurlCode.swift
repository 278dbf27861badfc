import CCurl

extension HTTPError {
  /// Makes an error of what libcurl reported.
  ///
  /// - Parameters:
  ///   - code: The result of the exchange, not `CURLE_OK`.
  ///   - detail: libcurl's text for this exchange, possibly empty.
  ///   - proxyStatus: The status with which a proxy answered `CONNECT`, or 0.
  init(_ code: CURLcode, detail: String, proxyStatus: Int) {
    var kind = Self.kind(of: code)
    // libcurl 7.88 reports a refused tunnel as a failed receive.
    if proxyStatus != 0, !(200...299).contains(proxyStatus) { kind = .connect }
    let text = detail.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : detail
    self.init(kind, Self.withoutUserInformation(text), curlCode: Int32(bitPattern: code.rawValue))
  }

  /// The kind that stands for a code.
  ///
  /// Source: libcurl-errors(3), with 7.88's actual use of the codes.
  private static func kind(of code: CURLcode) -> Kind {
    switch code {
    case CURLE_URL_MALFORMAT: .badURL
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .dns
    case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED, CURLE_NO_CONNECTION_AVAILABLE:
      .connect
    // The only limit that libcurl is told is the one for connecting.
    case CURLE_OPERATION_TIMEDOUT: .connectTimeout
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
      CURLE_SSL_CLIENTCERT, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
      CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED:
      .tls
    case CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND, CURLE_READ_ERROR: .sendFailed
    case CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2, CURLE_HTTP2_STREAM: .receiveFailed
    case CURLE_PARTIAL_FILE: .truncated
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
      CURLE_WRITE_ERROR:
      .protocol
    default: .engine
    }
  }

  /// Cuts what stands before an `@` in a word: libcurl quotes a proxy's URL as it was written.
  static func withoutUserInformation(_ text: String) -> String {
    guard text.contains("@") else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false)
      .map { word in
        guard let at = word.lastIndex(of: "@") else { return word }
        return "…" + word[at...]
      }
      .joined(separator: " ")
  }
}
