import TransportSDK

extension EndpointResolver {
  /// What `options.api` says.
  func chosenVersion(
    into report: inout SettingsReport
  ) throws(SettingsRefused) -> APIVersion? {
    guard table.firstDate != nil, let text = settings.options["api"] else { return nil }
    return try version(text, at: "/options/api", called: "options.api", into: &report)
  }

  private func version(
    _ text: String, at pointer: String, called name: String, into report: inout SettingsReport
  ) throws(SettingsRefused) -> APIVersion {
    guard let version = APIVersion(text), version != .preview || table.hasPreview else {
      let known = table.hasPreview ? "v1, preview or a date" : "v1 or a date"
      throw report.refuse(
        pointer,
        "\(name) \"\(text)\" is no version of this upstream. It is \(known) such as "
          + "2025-04-01-preview; leave it out for v1.",
        suggestion: pointer == "/options/api" ? "v1" : "")
    }
    return version
  }

  /// Warns of a version that is sent and cannot be served.
  func warnOfAge(_ date: String, at pointer: String, into report: inout SettingsReport) {
    guard let first = table.firstDate, date < first else { return }
    report.warn(
      pointer,
      "the version \(date) is older than \(first), the first that knows the Responses API; expect a "
        + "404. Leave it out for v1.")
  }

  /// The version of the entry, which may stand in the query of the base; takes it out there.
  func version(
    of base: inout EndpointURL, _ match: PathMatch, _ chosen: APIVersion?,
    into report: inout SettingsReport
  ) throws(SettingsRefused) -> (version: APIVersion, pointer: String) {
    guard let pair = base.query.first(where: isVersion) else {
      return (chosen ?? .v1, "/options/api")
    }
    base.query.removeAll(where: isVersion)
    let text = QueryText.value(of: pair)
    if table.refusesVersionOnV1, match.isExplicitV1 {
      report.warn(
        "/base_url", "\(pair) is left out: this upstream refuses every version on a /v1 path.",
        suggestion: base.text)
      return (chosen ?? .v1, "/options/api")
    }
    guard chosen == nil else { throw bothVersions(into: &report) }
    return (
      try version(text, at: "/base_url", called: "the api-version of base_url", into: &report),
      "/base_url"
    )
  }

  /// Whether a pair of a query is a version.
  func isVersion(_ pair: String) -> Bool {
    QueryText.name(of: pair) == APIVersion.parameter
  }

  /// Refuses two places that say the version.
  func bothVersions(into report: inout SettingsReport) -> SettingsRefused {
    report.refuse(
      "/options/api", "options.api and the api-version of base_url both say the version. Keep one.")
  }
}
