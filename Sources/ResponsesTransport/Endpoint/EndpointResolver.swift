import TransportSDK

/// Finds the endpoint that a provider entry means, and says what is wrong with one that means none.
struct EndpointResolver {
  let table: EndpointTable
  let settings: TransportSettings

  /// Finds the endpoint.
  ///
  /// - Parameter report: Takes the failures and warnings, each with its place in the entry.
  /// - Returns: The endpoint.
  /// - Throws: `SettingsRefused` after a failure was reported.
  func resolve(into report: inout SettingsReport) throws(SettingsRefused) -> Endpoint {
    var base = try base(into: &report)
    try checkScheme(of: base, into: &report)
    removePastedOperation(from: &base, into: &report)
    let chosen = try chosenVersion(into: &report)
    guard let (row, match) = table.row(for: base) else {
      throw report.refuse("/base_url", "base_url \"\(settings.baseURL)\" fits no known path.")
    }
    switch row.parent {
    case .fixed(let path):
      base.path = parts(of: path)
      return Endpoint(parent: base, family: .v1, deployment: nil, project: nil)
    case .asItStands(let advice):
      if let advice { report.warn("/base_url", advice) }
      return try asItStands(base, chosen, into: &report)
    case .deployment(let path):
      return try deployment(base, path, match, chosen, into: &report)
    case .versioned(let v1, let dated):
      return try versioned(base, (v1, dated), match, chosen, into: &report)
    }
  }
}

extension SettingsReport {
  /// Reports a failure and gives what to throw.
  mutating func refuse(_ pointer: String, _ message: String, suggestion: String = "")
    -> SettingsRefused
  {
    fail(pointer, message, suggestion: suggestion)
    return SettingsRefused()
  }
}
