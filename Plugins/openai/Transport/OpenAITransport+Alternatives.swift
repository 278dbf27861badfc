import ResponsesTransport
public import TransportSDK

extension OpenAITransport {
  /// Names what people confuse: whether the base ends in `/v1`.
  ///
  /// - Parameter settings: An entry that does not work.
  /// - Returns: The likeliest first.
  public static func alternatives(to settings: TransportSettings) -> [SettingsAlternative] {
    var list = AlternativeList(to: settings, table: dialect.endpoints)
    guard let path = list.path else { return [] }
    if path.last == "v1" {
      list.propose(path: path.dropLast(), "base_url does not end in /v1")
    } else {
      list.propose(path: path + ["v1"], "base_url ends in /v1")
    }
    list.propose(path: ["v1"], "the path of base_url is /v1")
    return list.alternatives
  }
}
