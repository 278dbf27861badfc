internal import CTransportABI

/// What a transport says of one provider.
package struct InstanceFacts: Sendable, Hashable {
  /// The base that operations are joined to, for people.
  package var endpoint = ""
  /// Hosts that exchanges may go to.
  package var allowedHosts: [String] = []
  /// Lower-case names of headers in which a credential is placed.
  package var credentialHeaders: [String] = []
  /// Lower-case names of response headers that identify a request.
  package var requestIDHeaders: [String] = []
  /// Who can read the ids and ciphertexts of this upstream.
  package var stateBoundary = ""
  /// How long after its making stored state may not be readable yet; zero: it is readable at once.
  package var stateLag = Duration.zero

  /// Whether exchanges may go to a host; `host` is in lower case.
  func allows(host: String) -> Bool {
    allowedHosts.contains { $0 == host || $0.lowercased() == host }
  }

  init(describing instance: OpaquePointer, of library: TransportLibrary) {
    let collector = FactsCollector()
    var sink = unsafe jf_describe_sink(
      struct_size: UInt32(MemoryLayout<jf_describe_sink>.size), reserved: 0,
      context: sinkContext(collector),
      endpoint: { unsafe sinkTarget($0, as: FactsCollector.self)?.facts.endpoint = String($1) },
      allowed_host: {
        unsafe sinkTarget($0, as: FactsCollector.self)?.facts.allowedHosts.append(String($1))
      },
      credential_header: {
        unsafe sinkTarget($0, as: FactsCollector.self)?.facts.credentialHeaders.append(String($1))
      },
      request_id_header: {
        unsafe sinkTarget($0, as: FactsCollector.self)?.facts.requestIDHeaders.append(String($1))
      },
      state_boundary: {
        unsafe sinkTarget($0, as: FactsCollector.self)?.facts.stateBoundary = String($1)
      },
      state_lag: {
        unsafe sinkTarget($0, as: FactsCollector.self)?.facts.stateLag = .milliseconds(max(0, $1))
      })
    withExtendedLifetime(collector) {
      unsafe library.table.pointee.describe(instance, &sink)
    }
    self = collector.facts
  }

  fileprivate init() {}
}

private final class FactsCollector {
  var facts = InstanceFacts()
}
