import TransportSDK

extension EndpointResolver {
  /// The base as it was written.
  func asItStands(
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

  /// The path that a deployment's path stands for.
  func deployment(
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

  /// The path of the version.
  func versioned(
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
    if case .dated(let date) = version { warnOfAge(date, at: pointer, into: &report) }
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

  /// The parts of a path of the table, with the project in its place.
  func parts(of path: String, project: String? = nil) -> [String] {
    path.split(separator: "/").map { $0 == "{project}" ? project ?? "" : String($0) }
  }
}
