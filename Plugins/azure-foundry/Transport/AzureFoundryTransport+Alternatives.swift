import ResponsesTransport
public import TransportSDK

extension AzureFoundryTransport {
  /// The dated versions that serve the Responses API and are still accepted, the newest first.
  static let servedDates = ["2025-04-01-preview", "2025-03-01-preview"]

  /// Names what people confuse: the project's v1 path and its dated one, and where the project stands.
  ///
  /// A resource without a project is the plugin azure-openai's to name.
  ///
  /// - Parameter settings: An entry that does not work.
  /// - Returns: The likeliest first.
  public static func alternatives(to settings: TransportSettings) -> [SettingsAlternative] {
    var list = AlternativeList(to: settings, table: dialect.endpoints)
    guard let path = list.path else {
      proposeVersions(to: &list, below: nil, "options.api is")
      return list.alternatives
    }
    let project = projectPath(in: path)
    if let project {
      proposeVersions(to: &list, below: project, "the project's path has options.api")
    } else if settings.options["project"] != nil {
      proposeVersions(to: &list, below: [], "options.project names the project, and options.api is")
    }
    return list.alternatives
  }

  private static func proposeVersions(
    to list: inout AlternativeList, below project: [String]?, _ words: String
  ) {
    list.propose(path: project.map { $0 + ["openai", "v1"] }, "\(words) v1")
    for date in servedDates {
      list.propose(
        path: project.map { $0 + ["openai"] }, version: date, "\(words) \(date)")
    }
  }

  /// The path up to the project's name; nil: there is none.
  private static func projectPath(in path: [String]) -> [String]? {
    guard let place = path.firstIndex(of: "projects"), path.indices.contains(place + 1) else {
      return nil
    }
    return Array(path[...(place + 1)])
  }
}
