/// Which headers of an upstream's answer reach the client.
enum HeaderRule {
  /// Whether a header, by its name in lower case, is passed on.
  ///
  /// Kept back is what concerns one connection only (RFC 9110 section 7.6.1), what was true of the
  /// body as it came (its length and coding), and what would tell a browser something about this host
  /// in the name of another one.
  static func passes(_ name: String) -> Bool {
    switch name {
    case "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
      "upgrade", "proxy-authenticate", "proxy-authentication-info", "content-length",
      "content-encoding", "set-cookie", "strict-transport-security", "alt-svc", "clear-site-data":
      false
    default: !name.hasPrefix("access-control-")
    }
  }

  /// Whether a value can stand in a header.
  static func isPlain(_ value: String) -> Bool {
    value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }
  }
}
