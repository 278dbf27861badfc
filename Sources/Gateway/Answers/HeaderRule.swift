/// Which headers of an upstream's answer reach the client.
enum HeaderRule {
  /// Those of an upstream's headers that the client gets.
  ///
  /// What `connection` names concerns that connection too; and one that could not be written would
  /// cost the client the whole answer.
  ///
  /// - Parameter headers: The headers, their names in lower case.
  /// - Returns: What is left of them, in their order.
  static func passed(
    _ headers: [(name: String, value: String)]
  ) -> [(name: String, value: String)] {
    var named: Set<String> = []
    for (name, value) in headers where name == "connection" {
      for option in value.split(whereSeparator: { $0 == "," || $0 == " " || $0 == "\t" }) {
        named.insert(option.lowercased())
      }
    }
    return headers.filter { header in
      passes(header.name) && !named.contains(header.name) && isToken(header.name)
        && isPlain(header.value)
    }
  }

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

  /// Whether a name can be that of a header.
  ///
  /// - Source: RFC 9110 section 5.6.2.
  private static func isToken(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
