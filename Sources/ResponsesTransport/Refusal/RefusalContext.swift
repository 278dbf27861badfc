import TransportSDK

/// What explanations must know of the provider entry.
struct RefusalContext: Sendable {
  /// The authority of the endpoint.
  let endpoint: String
  /// What people call it: the resource, the project of a resource, else the authority.
  let place: String
  /// The path below which its operations lie, as the entry leads to it.
  let path: String
  /// The path of v1 where the entry names none.
  let v1Path: String
  /// The shape of its path.
  let family: PathFamily
  /// Where the entry would say `v1`, and what; an empty value: it does, or nothing is known.
  let wayToV1: (setting: String, value: String)
  /// The audiences of tokens that may be asked for in place of a refused one, the usual one first.
  let audiences: [String]
  /// Whether a token can stand where the credential is placed.
  let takesTokens: Bool
  /// Whether later attempts may be amended.
  let amends: Bool

  /// Reads the entry.
  init(_ endpoint: Endpoint, _ dialect: ResponsesDialect, _ settings: TransportSettings) {
    self.endpoint = endpoint.parent.authority
    place = Self.name(of: endpoint, in: dialect.resourceDomains)
    path = Self.text(of: endpoint.parent.path)
    v1Path = Self.text(of: dialect.v1Path)
    family = endpoint.family
    wayToV1 = Self.wayToV1(from: endpoint, dialect, settings)
    audiences = dialect.audiences
    takesTokens =
      switch settings.authentication {
      case .bearer: true
      case .key: dialect.keyHeader == .bearer
      case .header(let name): name == "authorization"
      case .none: false
      }
    amends = settings.unsupported == .drop
  }

  private static func name(of endpoint: Endpoint, in domains: [String]) -> String {
    let host = endpoint.parent.host
    let resource = domains.lazy.compactMap { domain -> Substring? in
      guard host.hasSuffix("." + domain) else { return nil }
      return host.dropLast(domain.utf8.count + 1)
    }.first
    let home = resource.map { "resource `\($0)`" } ?? endpoint.parent.authority
    guard let project = endpoint.project else { return home }
    return "project `\(PercentEncoding.decode(project[...]))` of \(home)"
  }

  private static func wayToV1(
    from endpoint: Endpoint, _ dialect: ResponsesDialect, _ settings: TransportSettings
  ) -> (setting: String, value: String) {
    if endpoint.family == .dated, settings.options["api"] != nil { return ("/options/api", "v1") }
    guard endpoint.family != .v1, !isAnothers(endpoint, dialect) else { return ("", "") }
    var url = endpoint.parent
    url.query.removeAll { QueryText.name(of: $0) == APIVersion.parameter }
    // Whatever of the v1 path is there gives way to the whole, and so does a deployment's path.
    url.path = Array(url.path.prefix { $0 != "deployments" })
    while let last = url.path.last, dialect.v1Path.contains(last) { url.path.removeLast() }
    url.path += dialect.v1Path
    return url.path == endpoint.parent.path ? ("", "") : ("/base_url", url.text)
  }

  private static func text(of path: [String]) -> String { path.map { "/" + $0 }.joined() }

  /// Whether the path is one for which the plugin advises another plugin.
  private static func isAnothers(_ endpoint: Endpoint, _ dialect: ResponsesDialect) -> Bool {
    guard case .asItStands(let advice)? = dialect.endpoints.row(for: endpoint.parent)?.row.parent
    else { return false }
    return advice != nil
  }
}
