internal import YAML

/// Where a server listens: a host and a port.
package struct ListenAddress: Sendable, Hashable {
  /// A name or a numeric address, without brackets.
  package let host: String
  /// 0 lets the system choose.
  package let port: UInt16

  /// States an address.
  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT`, where a numeric address of IPv6 stands in brackets.
  ///
  /// nil for anything else.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = Self.port(text[text.index(after: colon)...])
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      // One colon alone is that of a port.
      guard host.utf8.count(where: { $0 == UInt8(ascii: ":") }) > 1,
        host.utf8.allSatisfy(Self.isAddressByte)
      else { return nil }
    } else {
      guard !host.isEmpty, host.utf8.allSatisfy(Self.isNameByte) else { return nil }
    }
    self.init(host: String(host), port: port)
  }

  /// What stands where nothing is written.
  package static let builtIn = ListenAddress(host: "127.0.0.1", port: 8787)

  /// Whether only programs of the same machine reach it.
  ///
  /// Source: RFC 6890, 127.0.0.0/8 and ::1; RFC 6761 section 6.3, `localhost`.
  package var isLoopback: Bool {
    let octets = host.split(separator: ".", omittingEmptySubsequences: false)
    let isNumeric = octets.count == 4 && octets.allSatisfy { UInt8($0) != nil }
    return host.lowercased() == "localhost" || host == "::1" || isNumeric && octets[0] == "127"
  }

  /// As it is written and as it stands in a URL.
  package var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  private static func port(_ text: Substring) -> UInt16? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt16(text)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  private static func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: ":"), UInt8(ascii: "."): true
    default: false
    }
  }
}

extension ConfigurationType where Value == ListenAddress {
  /// `HOST:PORT`.
  static var address: ConfigurationType {
    let shape = TypeShape.text(
      "address, HOST:PORT", pattern: #"^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+):[0-9]{1,5}$"#,
      hasVariables: true)
    return ConfigurationType(shape: shape) { node, reading in
      let port = node.scalar.flatMap { $0.kind == .integer ? $0.text : nil }
      guard let text = port ?? reading.expanded(node, wanted: "an address, HOST:PORT") else {
        return nil
      }
      if let address = ListenAddress(text) { return address }
      reading.report(
        .invalidListen, "\(reading.place) cannot be \(reading.quote(text))", at: node.span,
        help: "It is HOST:PORT, such as \(ListenAddress.builtIn.text); IPv6 stands in brackets.",
        suggestion: correction(of: text).map { ($0, node.span) })
      return nil
    }
  }

  /// What was probably meant by `8787`, `:8787`, `127.0.0.1`, `http://127.0.0.1:8787/v1` or `::1`.
  private static func correction(of text: String) -> String? {
    var bare = text[...]
    if let scheme = bare.firstRange(of: "://") { bare = bare[scheme.upperBound...] }
    bare = bare.prefix { $0 != "/" }
    let builtIn = ListenAddress.builtIn
    let candidates = [
      String(bare), "\(builtIn.host)\(bare)", "\(builtIn.host):\(bare)", "\(bare):\(builtIn.port)",
      "[\(bare)]:\(builtIn.port)",
    ]
    let meant = candidates.lazy.compactMap { ListenAddress($0) }.first
    return meant.map { YAMLText.scalar($0.text) }
  }
}
