import CCurl

/// The libcurl that this program runs with.
package struct HTTPLibrary: Sendable, Hashable {
  /// Its version: `7.88.1`.
  package let version: String
  /// Its TLS library with version: `OpenSSL/3.0.17`; empty where it has none.
  package let tls: String
  /// Whether it speaks HTTP/2.
  package let speaksHTTP2: Bool
  /// The file of trusted authorities that it was built with; nil where it has none.
  package let caFile: String?
  /// The directory of hashed certificates that it was built with; nil where it has none.
  package let caDirectory: String?

  /// The library of this process.
  package static var current: HTTPLibrary {
    // SAFETY: libcurl's description of itself is static; its texts are NUL-terminated or nil. The seventh
    // edition (7.70) is the first with all fields that are read here.
    let facts = unsafe curl_version_info(CURLVERSION_SEVENTH).pointee
    func text(_ pointer: UnsafePointer<CChar>?) -> String? {
      unsafe pointer.map { unsafe String(cString: $0) }
    }
    return unsafe HTTPLibrary(
      version: text(facts.version) ?? "", tls: text(facts.ssl_version) ?? "",
      speaksHTTP2: facts.features & CURL_VERSION_HTTP2 != 0, caFile: text(facts.cainfo),
      caDirectory: text(facts.capath))
  }
}
