/// What a transport is created from.
package struct InstanceSettings: Sendable {
  /// The provider id.
  package var provider: String
  /// `base_url`, or empty.
  package var baseURL: String
  /// `options` as JSON.
  package var options: [UInt8]
  /// `none`, `key`, `bearer` or `header`.
  package var authentication: String
  /// The lower-case header for the latter, or empty.
  package var authenticationHeader: String
  /// `as_sent`, `stateless` or `stored`.
  package var state: String
  /// `drop`, `error` or `pass`.
  package var unsupported: String
  /// Whether plain http is allowed to any host.
  package var allowsHTTP: Bool

  /// States settings.
  package init(
    provider: String, baseURL: String = "", options: [UInt8] = Array("{}".utf8),
    authentication: String = "none", authenticationHeader: String = "", state: String = "as_sent",
    unsupported: String = "drop", allowsHTTP: Bool = false
  ) {
    self.provider = provider
    self.baseURL = baseURL
    self.options = options
    self.authentication = authentication
    self.authenticationHeader = authenticationHeader
    self.state = state
    self.unsupported = unsupported
    self.allowsHTTP = allowsHTTP
  }
}

/// A finding of a plugin about a provider entry.
package struct SettingFinding: Sendable, Hashable {
  /// RFC 6901 into the entry.
  package let pointer: String
  /// Why, and what to do.
  package let message: String
  /// The value that would be right, or empty.
  package let suggestion: String
}

/// An entry that a plugin refused.
package struct SettingsRefused: Error, Sendable {
  /// At least one.
  package let findings: [SettingFinding]
}
