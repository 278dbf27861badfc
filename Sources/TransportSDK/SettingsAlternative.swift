/// Other settings for a provider entry, under which the same account may answer.
///
/// What is not stated here stays as the entry has it: the credential, the state, the headers.
public struct SettingsAlternative: Sendable, Hashable {
  /// `base_url`, or empty where options say it.
  public var baseURL: String
  /// The whole of `options`.
  public var options: [String: String]
  /// What is different; completes "the upstream answers when …".
  public var reason: String

  /// States an alternative.
  public init(baseURL: String = "", options: [String: String] = [:], reason: String) {
    self.baseURL = baseURL
    self.options = options
    self.reason = reason
  }
}
