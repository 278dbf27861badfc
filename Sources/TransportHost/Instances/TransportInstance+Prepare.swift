internal import CTransportABI
internal import JSONText
internal import Synchronization

extension TransportInstance {
  /// Asks the transport to describe one attempt, and checks what it says.
  ///
  /// - Returns: The plan, and what the transport remembers of the attempt.
  /// - Throws: What the transport reported, or `plugin_misbehaved` when it broke the contract.
  package func prepare(
    _ input: PrepareInput
  ) throws(ReportedFailure) -> (plan: ExchangePlan, exchange: TransportExchange) {
    let collector = ExchangeCollector(
      inputLength: input.body.count, ruleCount: unsafe Int(library.table.pointee.rule_count),
      credential: input.hasCredential ? Self.credential : 0)
    var remembered: OpaquePointer?
    let status = withExtendedLifetime(collector) {
      unsafe input.withRequest(credential: input.hasCredential ? Self.credential : 0) { request in
        var request = unsafe request
        var sink = unsafe collector.sink
        return unsafe library.table.pointee.prepare(pointer, &request, &sink, &remembered)
      }
    }
    let exchange = unsafe TransportExchange(self, remembered, for: input)
    if let breach = collector.breach { throw .misbehaved(library.id, breach) }
    if let failure = collector.failure {
      guard status == JF_FAILED else {
        throw .misbehaved(library.id, "prepare reported a failure and returned \(status)")
      }
      throw failure.named(library.id)
    }
    guard status == JF_OK else {
      throw .misbehaved(library.id, "prepare returned \(status) without reporting a failure")
    }
    if unsafe remembered != nil && library.table.pointee.exchange_destroy == nil {
      throw .misbehaved(library.id, "prepare set an exchange, and nothing is there to destroy it")
    }
    try check(collector.plan)
    return (collector.plan, exchange)
  }

  /// The one handle of a provider: it has at most one credential.
  private static var credential: jf_credential_handle { 1 }

  private func check(_ plan: ExchangePlan) throws(ReportedFailure) {
    guard !plan.method.isEmpty, !plan.url.isEmpty else {
      throw .misbehaved(library.id, "prepare stated no method or no URL")
    }
    let url = plan.url
    guard allowedURL.withLock({ $0 != url }) else { return }
    try check(url)
    allowedURL.withLock { $0 = url }
  }

  private func check(_ url: String) throws(ReportedFailure) {
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .misbehaved(
        library.id, "its URL holds a space, a control character or what must be percent-encoded")
    }
    guard let authority = URLAuthority(of: url) else {
      throw .misbehaved(
        library.id, "its URL is not absolute http or https, or it has user information")
    }
    guard facts.allows(host: authority.host) else {
      let allowed = facts.allowedHosts.joined(separator: ", ")
      throw .misbehaved(
        library.id,
        "it asked for the host \"\(authority.host)\" and may only go to \(allowed)")
    }
    guard authority.scheme == "https" || authority.isLoopback || allowsHTTP else {
      throw .misbehaved(library.id, "it asked for plain http to \"\(authority.host)\"")
    }
  }
}

/// Scheme and host of an absolute URL.
package struct URLAuthority: Sendable, Hashable {
  /// `http` or `https`.
  package let scheme: String
  /// Lower case; an IPv6 address without its brackets.
  package let host: String

  /// Whether the host is this machine: RFC 6761 section 6.3 for the name, RFC 5735 for 127/8.
  package var isLoopback: Bool {
    host == "localhost" || host == "::1"
      || host.hasPrefix("127.") && host.split(separator: ".").count == 4
        && host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
  }

  /// Reads a URL; nil unless it is absolute http or https, without user information.
  ///
  /// - Parameter url: ASCII: a combining character would hide the delimiter before it.
  package init?(of url: String) {
    let bytes = url.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      bytes[colon...].starts(with: "://".utf8)
    else { return nil }
    scheme = url[..<colon].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let authority = bytes[bytes.index(colon, offsetBy: 3)...].prefix { byte in
      byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
    }
    guard !authority.contains(UInt8(ascii: "@")), !authority.contains(UInt8(ascii: "\\")) else {
      return nil
    }
    let host =
      if authority.first == UInt8(ascii: "["),
        let bracket = authority.firstIndex(of: UInt8(ascii: "]"))
      {
        authority[authority.index(after: authority.startIndex)..<bracket]
      } else {
        authority.prefix { $0 != UInt8(ascii: ":") }
      }
    guard !host.isEmpty else { return nil }
    self.host = Substring(host).lowercased()
  }
}
