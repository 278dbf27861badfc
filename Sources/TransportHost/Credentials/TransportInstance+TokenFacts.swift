internal import CTransportABI
internal import JSONText
internal import ProviderConfiguration

/// What a plugin says of a token credential for one provider.
struct TokenFacts: Sendable {
  /// The scope of a token for this provider, or empty.
  var scope = ""
  /// How long before its end a token is renewed; nil: the host chooses.
  var renewalBeforeEnd: Duration?
}

/// Why a plugin cannot use a token credential.
struct FlowRefused: Error, Sendable {
  /// What is wrong, with pointers into the credential; empty: the plugin does not know the flow.
  let findings: [SettingFinding]
}

extension TransportInstance {
  /// Has the plugin judge a token credential.
  ///
  /// - Throws: ``FlowRefused``.
  func tokenFacts(of flow: FlowEntry) throws(FlowRefused) -> TokenFacts {
    guard let table = unsafe library.auth else { throw FlowRefused(findings: []) }
    let collector = TokenFactsCollector()
    var arena = LendingArena()
    let settings = arena.add(flow.json)
    let status = withExtendedLifetime(collector) {
      arena.withLent { lent in
        var sink = unsafe collector.sink
        return unsafe table.pointee.describe(pointer, lent[settings], &sink)
      }
    }
    guard status == JF_OK, collector.findings.isEmpty else {
      throw FlowRefused(findings: collector.findings)
    }
    return collector.facts
  }
}

/// Takes what `describe` says.
private final class TokenFactsCollector {
  private(set) var facts = TokenFacts()
  private(set) var findings: [SettingFinding] = []

  var sink: jf_auth_facts_sink {
    unsafe jf_auth_facts_sink(
      struct_size: UInt32(MemoryLayout<jf_auth_facts_sink>.size), reserved: 0,
      context: sinkContext(self),
      scope: { unsafe sinkTarget($0, as: TokenFactsCollector.self)?.facts.scope = String($1) },
      refresh_before: {
        unsafe sinkTarget($0, as: TokenFactsCollector.self)?
          .facts.renewalBeforeEnd = .milliseconds(max(0, $1))
      },
      fail: {
        unsafe sinkTarget($0, as: TokenFactsCollector.self)?.findings.append(
          SettingFinding(
            pointer: String($1), message: String($2), suggestion: String($3)))
      })
  }
}

extension TransportLibrary {
  /// The token flows that the plugin knows, by the names of the configuration.
  var tokenFlows: [String] {
    let bytes = Array(manifest.utf8)
    guard let root = JSONValue(at: 0..<bytes.count, in: bytes.span),
      let flows = root.member("token_flows", in: bytes.span)
    else { return [] }
    var names: [String] = []
    var items = JSONItems(of: flows)
    while let item = items.next(in: bytes.span) {
      if let name = item.string(in: bytes.span) { names.append(name) }
    }
    return names
  }

  /// Why the plugin cannot use a flow that it does not know.
  func doesNotKnow(_ flow: String) -> String {
    let known = tokenFlows
    let list =
      known.isEmpty
      ? "it knows none" : "it knows \(known.map { "\"\($0)\"" }.joined(separator: ", "))"
    return "plugin \"\(id)\" knows no token flow \"\(flow)\"; \(list)"
  }
}
