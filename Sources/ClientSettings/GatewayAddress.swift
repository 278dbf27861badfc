/// Where a gateway listens, as clients reach it.
package struct GatewayAddress: Sendable, Hashable {
  /// A name or an address; one of IPv6 without its brackets.
  package let host: String
  /// 1 to 65535.
  package let port: Int

  /// An address whose parts are known.
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Scheme, host and port; where it listens on every interface, loopback is what a client takes.
  package var origin: String {
    let reachable = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
    return "http://\(reachable.contains(":") ? "[\(reachable)]" : reachable):\(port)"
  }

  /// The base URL of the API, without a slash at its end.
  package var baseURL: String { origin + "/v1" }
}
