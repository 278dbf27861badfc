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
  /// The parent without its query as text, which every call begins its URL with.
  private let lead: String

  init(parent: EndpointURL, family: PathFamily, deployment: String?, project: String?) {
    self.parent = parent
    self.family = family
    self.deployment = deployment
    self.project = project
    lead = parent.textBeforeQuery
  }

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
    var url = lead
    for part in try OperationPath.parts(of: operation, responseID: responseID) {
      url += "/"
      url += part
    }
    var pairs = parent.query
    for pair in query {
      if isVersion(pair), !takesVersion {
        exchange.warn(
          "the query pair \(pair.name)=\(pair.value) is not sent: providers.yaml decides the version"
        )
      } else {
        pairs.append("\(PercentEncoding.encode(pair.name))=\(PercentEncoding.encode(pair.value))")
      }
    }
    if dropsVersion, pairs.contains(where: QueryText.isVersion) {
      pairs.removeAll(where: QueryText.isVersion)
      exchange.warn(
        "the api-version is not sent, because \(parent.authority) refused it; take it out of "
          + "providers.yaml")
    }
    for (index, pair) in pairs.enumerated() { url += (index == 0 ? "?" : "&") + pair }
    exchange.url = url
    if pairs.contains(where: QueryText.isVersion) { exchange.note(possible: .dropVersion) }
  }

  /// A version of the caller's stands only where the path is the configuration's and names none.
  private var takesVersion: Bool {
    family == .asItStands
      && !parent.query.contains(where: QueryText.isVersion)
  }

  private func isVersion(_ pair: QueryPair) -> Bool {
    pair.name.lowercased() == APIVersion.parameter
  }
}

/// Reads pairs of a query as written.
enum QueryText {
  /// The decoded name in lower case.
  static func name(of pair: String) -> String {
    PercentEncoding.decode(pair.prefix { $0 != "=" }).lowercased()
  }

  /// Whether the pair names a version.
  static func isVersion(_ pair: String) -> Bool { name(of: pair) == APIVersion.parameter }

  /// The decoded value.
  static func value(of pair: String) -> String {
    PercentEncoding.decode(pair.drop { $0 != "=" }.dropFirst())
  }
}
