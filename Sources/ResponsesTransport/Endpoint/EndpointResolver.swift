import TransportSDK

/// Finds the endpoint that a provider entry means, and says what is wrong with one that means none.
struct EndpointResolver {
  let table: EndpointTable
  let settings: TransportSettings

  /// Finds the endpoint.
  ///
  /// - Parameter report: Takes the failures and warnings, each with its place in the entry.
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

// MARK: - The base

extension EndpointResolver {
  private func base(into report: inout SettingsReport) throws(SettingsRefused) -> EndpointURL {
    let text = try baseText(into: &report)
    do {
      return try EndpointURL(text)
    } catch {
      throw report.refuse(
        "/base_url", "base_url is not an endpoint's URL: \(error).", suggestion: error.suggestion)
    }
  }

  private func baseText(into report: inout SettingsReport) throws(SettingsRefused) -> String {
    if let domain = table.resourceDomain, let resource = settings.options["resource"] {
      guard settings.baseURL.isEmpty else {
        throw report.refuse(
          "/options/resource",
          "options.resource and base_url both name the endpoint. Keep one of them.")
      }
      guard isResource(resource) else {
        throw report.refuse(
          "/options/resource",
          "options.resource \"\(resource)\" is no resource name: it is the first part of the host, "
            + "letters, digits and hyphens. A whole URL belongs under base_url.",
          suggestion: resourceName(in: resource))
      }
      return "https://\(resource).\(domain)"
    }
    if !settings.baseURL.isEmpty { return settings.baseURL }
    if let home = table.home { return home }
    throw report.refuse("/base_url", table.missingBase)
  }

  private func isResource(_ text: String) -> Bool {
    1...63 ~= text.utf8.count && text.first != "-" && text.last != "-"
      && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
  }

  /// The resource in a host or URL of the plugin's own domain, else empty.
  private func resourceName(in text: String) -> String {
    let url = text.contains("://") ? text : "https://\(text)"
    guard let domain = table.resourceDomain, let host = try? EndpointURL(url).host,
      host.hasSuffix("." + domain)
    else { return "" }
    let name = String(host.dropLast(domain.count + 1))
    return isResource(name) ? name : ""
  }

  private func checkScheme(
    of base: EndpointURL, into report: inout SettingsReport
  ) throws(SettingsRefused) {
    guard base.scheme == .http, !base.isLoopback, !settings.allowsHTTP else { return }
    var secure = base
    secure.scheme = .https
    throw report.refuse(
      "/base_url",
      "base_url would send the credential in the clear to \(base.host): http is for this machine. "
        + "Use https, or set allow_http: true.", suggestion: secure.text)
  }

  private func removePastedOperation(
    from base: inout EndpointURL, into report: inout SettingsReport
  ) {
    guard let (parent, operation) = OperationPath.pasted(in: base.path) else { return }
    base.path = parent
    report.warn(
      "/base_url",
      "base_url ends in \(operation), which is an operation and not part of the base; it is left out.",
      suggestion: base.text)
  }
}

// MARK: - The version

extension EndpointResolver {
  private func chosenVersion(
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
    if case .dated(let date) = version, let first = table.firstDate, date < first {
      report.warn(
        pointer,
        "\(name) \(date) is older than \(first), the first that knows the Responses API; "
          + "expect a 404. Leave it out for v1.")
    }
    return version
  }

  /// The version of the entry, which may stand in the query of the base; takes it out there.
  private func version(
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

  private func isVersion(_ pair: String) -> Bool {
    QueryText.name(of: pair) == APIVersion.parameter
  }

  private func bothVersions(into report: inout SettingsReport) -> SettingsRefused {
    report.refuse(
      "/options/api", "options.api and the api-version of base_url both say the version. Keep one.")
  }
}

// MARK: - The rows

extension EndpointResolver {
  private func asItStands(
    _ base: EndpointURL, _ chosen: APIVersion?, into report: inout SettingsReport
  ) throws(SettingsRefused) -> Endpoint {
    var base = base
    if let chosen {
      guard !base.query.contains(where: isVersion) || table.firstDate == nil else {
        throw bothVersions(into: &report)
      }
      if chosen != .v1 { base.query.append("\(APIVersion.parameter)=\(chosen.text)") }
    }
    if !table.missingProject.isEmpty, settings.options["project"] != nil {
      report.warn(
        "/options/project",
        "options.project is not used: the path of base_url is taken as it stands.")
    }
    return Endpoint(parent: base, family: .asItStands, deployment: nil, project: nil)
  }

  private func deployment(
    _ base: EndpointURL, _ path: String, _ match: PathMatch, _ chosen: APIVersion?,
    into report: inout SettingsReport
  ) throws(SettingsRefused) -> Endpoint {
    var base = base
    let (version, pointer) = try version(of: &base, match, chosen, into: &report)
    guard case .dated(let date) = version else {
      let isChosen = chosen != nil || pointer == "/base_url"
      throw report.refuse(
        isChosen ? pointer : "/base_url",
        "a path with /deployments/ exists only with a dated version, such as "
          + "options.api: 2025-04-01-preview. Set one, or end base_url before /deployments/ and name "
          + "the deployment as the target's model.",
        suggestion: isChosen ? "" : base.origin + "/openai/v1")
    }
    base.path = parts(of: path)
    base.query.append("\(APIVersion.parameter)=\(date)")
    let name = match.captures["deployment"].map { PercentEncoding.decode($0[...]) }
    return Endpoint(parent: base, family: .dated, deployment: name, project: nil)
  }

  private func versioned(
    _ base: EndpointURL, _ paths: (v1: String, dated: String), _ match: PathMatch,
    _ chosen: APIVersion?, into report: inout SettingsReport
  ) throws(SettingsRefused) -> Endpoint {
    var base = base
    var (version, pointer) = try version(of: &base, match, chosen, into: &report)
    if case .dated(let date) = version, match.isExplicitV1 {
      report.warn(
        pointer,
        "the version \(date) is left out: a /v1 path takes no dated version. For the dated "
          + "API end base_url before /v1.", suggestion: pointer == "/options/api" ? "v1" : base.text
      )
      version = .v1
    }
    let project = try project(for: paths.v1, match, into: &report)
    let isDated = if case .dated = version { true } else { false }
    base.path = parts(of: isDated ? paths.dated : paths.v1, project: project)
    if version != .v1 { base.query.append("\(APIVersion.parameter)=\(version.text)") }
    return Endpoint(
      parent: base, family: isDated ? .dated : .v1, deployment: nil, project: project)
  }

  private func project(
    for path: String, _ match: PathMatch, into report: inout SettingsReport
  ) throws(SettingsRefused) -> String? {
    guard path.contains("{project}") else { return nil }
    let option = settings.options["project"]
    if let captured = match.captures["project"] {
      guard option == nil else {
        throw report.refuse(
          "/options/project",
          "options.project and the path of base_url both name a project. Keep one.")
      }
      return captured
    }
    guard let option else {
      let pointer = settings.baseURL.isEmpty ? "/options" : "/base_url"
      throw report.refuse(pointer, table.missingProject)
    }
    guard !option.isEmpty, option != ".", option != "..",
      !option.contains(where: { "/?#".contains($0) })
    else {
      throw report.refuse(
        "/options/project",
        "options.project \"\(option)\" is no project name. A whole URL belongs under base_url.")
    }
    return PercentEncoding.encode(option)
  }

  private func parts(of path: String, project: String? = nil) -> [String] {
    path.split(separator: "/").map { $0 == "{project}" ? project ?? "" : String($0) }
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
