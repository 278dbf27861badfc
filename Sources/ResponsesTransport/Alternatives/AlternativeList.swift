public import TransportSDK

/// Collects other settings for a provider entry, and keeps those that ask a URL of their own.
///
/// Each proposal is resolved as it will be later: one that the plugin would refuse, that leads where the
/// entry or an earlier proposal leads, or that leads to another host, is left out. Where an entry names its
/// endpoint twice, its base counts: the credential belongs to that host.
public struct AlternativeList {
  /// What is left of the entry's path without an operation that was pasted with it; nil where the
  /// entry names its endpoint by options, or has no base that can be read.
  public let path: [String]?
  /// The settings that were kept, in the order in which they were proposed.
  public private(set) var alternatives: [SettingsAlternative] = []

  private let settings: TransportSettings
  private let table: EndpointTable
  private let base: EndpointURL?
  private var seen: Set<String> = []

  /// Starts with the entry's own URL, which is no alternative.
  ///
  /// - Parameters:
  ///   - settings: The entry, which may be wrong in any way.
  ///   - table: How the plugin makes URLs.
  public init(to settings: TransportSettings, table: EndpointTable) {
    self.settings = settings
    self.table = table
    var base = try? EndpointURL(settings.baseURL)
    if let path = base?.path, let (parent, _) = OperationPath.pasted(in: path) {
      base?.path = parent
    }
    base?.query.removeAll { QueryText.name(of: $0) == APIVersion.parameter }
    self.base = base
    path = base?.path
    if let url = Self.url(of: settings, table) { seen.insert(url.text) }
  }

  /// Proposes settings.
  ///
  /// - Parameters:
  ///   - path: The base's path; nil: the endpoint is named as the entry names it.
  ///   - version: What `options.api` says; nil: it is left out.
  ///   - reason: What is different; completes "the upstream answers when …".
  public mutating func propose(
    path: [String]? = nil, version: String? = nil, _ reason: String
  ) {
    var options = settings.options
    if table.firstDate != nil { options["api"] = version }
    let isTwofold = base != nil && options.removeValue(forKey: "resource") != nil
    var text = ""
    if var base {
      if let path { base.path = path }
      text = base.text
    } else if path != nil {
      return
    }
    let other = TransportSettings(
      provider: settings.provider, baseURL: text, options: options,
      allowsHTTP: settings.allowsHTTP)
    guard let url = Self.url(of: other, table), base.map({ $0.host == url.host }) ?? true,
      seen.insert(url.text).inserted
    else { return }
    let words = isTwofold ? "options.resource is left out and \(reason)" : reason
    alternatives.append(SettingsAlternative(baseURL: text, options: options, reason: words))
  }

  /// Where a create would go; nil: the plugin refuses the settings.
  private static func url(of settings: TransportSettings, _ table: EndpointTable) -> EndpointURL? {
    var report = SettingsReport()
    var exchange = ExchangeDraft()
    guard
      let endpoint = try? EndpointResolver(table: table, settings: settings).resolve(into: &report),
      (try? endpoint.place(.create, responseID: "", query: [], into: &exchange)) != nil
    else { return nil }
    return try? EndpointURL(exchange.url)
  }
}
