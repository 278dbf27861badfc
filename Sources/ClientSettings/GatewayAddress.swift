/// Where a gateway listens, as clients reach it.
package struct GatewayAddress: Sendable, Hashable {
  /// The address without configuration: loopback alone.
  package static let standard = GatewayAddress(host: "127.0.0.1", port: 8787)

  /// A name or an address; one of IPv6 without its brackets.
  package let host: String
  /// 1 to 65535.
  package let port: Int

  /// An address whose parts are known.
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT`, as in `127.0.0.1:8787`, `[::1]:8787` or `gateway.internal:80`.
  ///
  /// - Parameter text: What somebody wrote.
  /// - Throws: ``GatewayAddressError`` with what is wrong.
  package init(parsing text: String) throws(GatewayAddressError) {
    guard let colon = text.lastIndex(of: ":") else { throw .missingPort(text) }
    let digits = text[text.index(after: colon)...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let port = Int(digits),
      1...65_535 ~= port
    else { throw .invalidPort(text) }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      guard host.contains(":") else { throw .invalidHost(text) }
    } else if host.contains(":") {
      throw .missingBrackets(text)
    }
    guard !host.isEmpty, host.unicodeScalars.allSatisfy(Self.isOfHost) else {
      throw .invalidHost(text)
    }
    self.init(host: String(host), port: port)
  }

  /// Scheme, host and port; where it listens on every interface, loopback is what a client takes.
  package var origin: String {
    let reachable = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
    return "http://\(reachable.contains(":") ? "[\(reachable)]" : reachable):\(port)"
  }

  /// The base URL of the API, without a slash at its end.
  package var baseURL: String { origin + "/v1" }

  private static func isOfHost(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || "0123456789-._:%".unicodeScalars.contains(scalar))
  }
}

/// Why a text is no address to listen on.
package enum GatewayAddressError: Error, Sendable, Hashable {
  /// There is no colon.
  case missingPort(String)
  /// What follows the colon is no number from 1 to 65535.
  case invalidPort(String)
  /// The host is empty or has what no host has.
  case invalidHost(String)
  /// An address of IPv6 without brackets.
  case missingBrackets(String)
}

extension GatewayAddressError: CustomStringConvertible {
  /// What is wrong and what to write.
  package var description: String {
    switch self {
    case .missingPort(let text): "\"\(text)\" has no port. Write HOST:PORT, as 127.0.0.1:8787."
    case .invalidPort(let text):
      "\"\(text)\" does not end in a port from 1 to 65535. Write HOST:PORT, as 127.0.0.1:8787."
    case .invalidHost(let text):
      "\"\(text)\" does not begin with a host. Write HOST:PORT, as 127.0.0.1:8787."
    case .missingBrackets(let text):
      "\"\(text)\" has several colons. Write an address of IPv6 in brackets, as [::1]:8787."
    }
  }
}
