import TransportSDK

/// Which of an upstream's shapes of path an endpoint has.
public enum PathFamily: Sendable, Hashable {
  /// The path that ends in `v1`.
  case v1
  /// The path with a dated version in the query.
  case dated
  /// Whatever the configuration says.
  case asItStands
}

/// The URL below which the operations of one provider lie.
public struct Endpoint: Sendable, Hashable {
  /// The parent of `/responses`, with the query that every request has.
  public let parent: EndpointURL
  /// The shape of its path.
  public let family: PathFamily
  /// The deployment that the path named, decoded; nil: none.
  public let deployment: String?
  /// The project, percent-encoded; nil: none.
  public let project: String?

  /// The URL of an operation.
  ///
  /// - Parameters:
  ///   - operation: What is asked.
  ///   - responseID: The response it is about, where it is about one.
  ///   - query: Decoded pairs of the caller.
  ///   - dropsVersion: Whether the version goes, since the upstream refused it.
  ///   - exchange: Takes the URL, and a warning when a pair of the caller had to go.
  /// - Throws: ``TransportFailure`` when the id cannot stand in a path.
  func place(
    _ operation: Operation, responseID: String, query: [QueryPair], dropsVersion: Bool = false,
    into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    var url = parent
    url.path += try OperationPath.parts(of: operation, responseID: responseID)
    for pair in query {
      if isVersion(pair), !takesVersion {
        exchange.warn(
          "the query pair \(pair.name)=\(pair.value) is not sent: providers.yaml decides the version"
        )
      } else {
        url.query.append(
          "\(PercentEncoding.encode(pair.name))=\(PercentEncoding.encode(pair.value))")
      }
    }
    if dropsVersion, url.dropVersion() {
      exchange.warn(
        "the api-version is not sent, because \(parent.authority) refused it; take it out of "
          + "providers.yaml")
    }
    exchange.url = url.text
    if url.hasVersion { exchange.note(possible: .dropVersion) }
  }

  /// A version of the caller's stands only where the path is the configuration's and names none.
  private var takesVersion: Bool {
    family == .asItStands
      && !parent.query.contains { QueryText.name(of: $0) == APIVersion.parameter }
  }

  private func isVersion(_ pair: QueryPair) -> Bool {
    pair.name.lowercased() == APIVersion.parameter
  }
}

extension EndpointURL {
  /// Whether the query has a version.
  fileprivate var hasVersion: Bool {
    query.contains { QueryText.name(of: $0) == APIVersion.parameter }
  }

  /// Takes the version out of the query; false when there is none.
  fileprivate mutating func dropVersion() -> Bool {
    guard hasVersion else { return false }
    query.removeAll { QueryText.name(of: $0) == APIVersion.parameter }
    return true
  }
}

/// Reads pairs of a query as written.
enum QueryText {
  /// The decoded name in lower case.
  static func name(of pair: String) -> String {
    PercentEncoding.decode(pair.prefix { $0 != "=" }).lowercased()
  }

  /// The decoded value.
  static func value(of pair: String) -> String {
    PercentEncoding.decode(pair.drop { $0 != "=" }.dropFirst())
  }
}
