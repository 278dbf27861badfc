import ResponsesTransport
public import TransportSDK

extension AzureOpenAITransport {
  /// The dated versions that serve the Responses API and are still accepted, the newest first.
  static let servedDates = ["2025-04-01-preview", "2025-03-01-preview"]

  /// Names what people confuse: the v1 path and the dated one, the part `/openai`, the version, and
  /// what an API management gateway leaves of all that.
  ///
  /// - Parameter settings: An entry that does not work.
  /// - Returns: The likeliest first.
  public static func alternatives(to settings: TransportSettings) -> [SettingsAlternative] {
    var list = AlternativeList(to: settings, table: dialect.endpoints)
    guard let path = list.path else {
      proposeVersions(to: &list, v1: nil, dated: nil)
      return list.alternatives
    }
    let gateway = gatewayPath(of: path)
    let own = gateway + ["openai"]
    proposeVersions(to: &list, v1: own + ["v1"], dated: own)
    guard !gateway.isEmpty else { return list.alternatives }
    list.propose(path: gateway, "base_url ends where the gateway's own path ends")
    list.propose(path: gateway + ["v1"], "the gateway's own path is followed by /v1")
    list.propose(path: own, "the gateway's own path is followed by /openai")
    list.propose(
      path: gateway, version: servedDates[0],
      "options.api is \(servedDates[0]), right behind the gateway's own path")
    return list.alternatives
  }

  private static func proposeVersions(
    to list: inout AlternativeList, v1: [String]?, dated: [String]?
  ) {
    list.propose(
      path: v1, v1 == nil ? "options.api is left out" : "base_url ends in /openai/v1, undated")
    list.propose(
      path: dated, version: servedDates[0], "options.api is \(servedDates[0]), a dated path")
    list.propose(path: v1, version: "preview", "options.api is preview, on the v1 path")
    for date in servedDates.dropFirst() {
      list.propose(path: dated, version: date, "options.api is \(date), a dated path")
    }
  }

  /// What stands before the parts that belong to the upstream itself.
  private static func gatewayPath(of path: [String]) -> [String] {
    guard !path.starts(with: ["api", "projects"]) else { return [] }
    return Array(path.prefix { !["openai", "v1", "deployments"].contains($0) })
  }
}
