package import ProviderConfiguration

// What a server in front of a host needs to know of the host's file.
extension TransportHost {
  /// How the gateway listens, and whom it serves.
  package var gateway: GatewayEntry { document.gateway }
  /// What the gateway writes about what it does.
  package var observability: ObservabilityEntry { document.observability }
  /// Where the request log goes; nil: nowhere.
  package var requestLogPath: String? {
    document.observability.logPath.map { PluginSearch.absolute($0.value, besides: document.file) }
  }
  /// The first error of the file, which forbids to serve by it; nil when there is none.
  package var firstError: Diagnostic? { document.firstError }

  /// Whether a name leads to a model, by itself, as an alias or through a pattern.
  public func knowsModel(_ name: String) -> Bool { document.models.index(of: name) != nil }

  /// The secret that a client of the gateway shows.
  ///
  /// - Throws: `config_invalid` where it cannot be read.
  package func token(of client: GatewayClient) throws(CallError) -> String {
    let problem: String
    switch client.source {
    case .secret(let source):
      let reader = SecretReader(document: document, environment: options.environment)
      do throws(SecretUnavailable) {
        return try reader.secret(source, name: client.name).withValue(\.self)
      } catch {
        problem = error.message
      }
    default: problem = "its credential is not one that can be read. jackfield check says why."
    }
    throw CallError(
      .configInvalid, "the token of the client \"\(client.name)\" cannot be used: \(problem)",
      source: client.token?.mark ?? client.mark)
  }
}
