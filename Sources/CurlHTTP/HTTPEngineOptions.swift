import Glibc

/// Which versions of HTTP an engine speaks.
package enum HTTPVersionPolicy: Sendable, Hashable {
  /// HTTP/2 where TLS negotiates it (ALPN), HTTP/1.1 otherwise.
  case negotiated
  /// HTTP/1.1 only.
  case http1
  /// HTTP/2 only, without TLS too (prior knowledge, RFC 9113 section 3.3).
  case http2
}

/// How an engine connects.
///
/// TLS verification is no option.
package struct HTTPEngineOptions: Sendable {
  /// The versions to speak.
  package var versions: HTTPVersionPolicy
  /// A PEM file of trusted authorities, in place of those of the environment and of the system.
  package var caFile: String?
  /// The most idle connections that are kept, over all upstreams; at least 1.
  package var idleConnections: Int
  /// How many body bytes may wait for a consumer before the connection is paused, at least 1.
  ///
  /// libcurl may overshoot it by 16 KiB. 256 KiB by default: our choice.
  package var bufferLimit: Int
  /// Where proxies and trust come from unless set here.
  package var environment: HTTPEnvironment

  /// Sets options.
  package init(
    versions: HTTPVersionPolicy = .negotiated, caFile: String? = nil, idleConnections: Int = 256,
    bufferLimit: Int = 256 << 10, environment: HTTPEnvironment = .process
  ) {
    self.versions = versions
    self.caFile = caFile
    self.idleConnections = max(1, idleConnections)
    self.bufferLimit = max(1, bufferLimit)
    self.environment = environment
  }
}

/// The variables that every HTTP client obeys, read once when an engine starts: libcurl would
/// search the environment for each request, while other threads may change it.
package struct HTTPEnvironment: Sendable {
  /// The proxy for `http` URLs.
  ///
  /// Read in lower case only: `HTTP_PROXY` can come from a request in CGI.
  let httpProxy: String?
  /// The proxy for `https` URLs.
  let httpsProxy: String?
  /// The hosts that are asked directly, in libcurl's syntax.
  let noProxy: String?
  /// A PEM file of trusted authorities.
  package let caFile: String?
  /// A directory of hashed certificates.
  package let caDirectory: String?

  /// Reads `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`, `CURL_CA_BUNDLE`, `SSL_CERT_FILE`
  /// and `SSL_CERT_DIR`; all proxies but the first in capitals too, lower case winning.
  ///
  /// Empty is unset.
  package init(_ value: (String) -> String?) {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap(value).first { !$0.isEmpty }
    }
    let all = first("all_proxy", "ALL_PROXY")
    httpProxy = first("http_proxy") ?? all
    httpsProxy = first("https_proxy", "HTTPS_PROXY") ?? all
    noProxy = first("no_proxy", "NO_PROXY")
    caFile = first("CURL_CA_BUNDLE", "SSL_CERT_FILE")
    caDirectory = first("SSL_CERT_DIR")
  }

  /// The variables of this process, as they are now.
  package static var process: HTTPEnvironment {
    HTTPEnvironment { name in unsafe getenv(name).map { unsafe String(cString: $0) } }
  }
}
