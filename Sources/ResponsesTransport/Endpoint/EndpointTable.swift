/// How a plugin turns a provider entry into the URL below which the operations lie.
public struct EndpointTable: Sendable {
  /// The base where the entry names none; nil: it must name one.
  public let home: String?
  /// What follows `options.resource` in a host name; nil: the option does not exist.
  public let resourceDomain: String?
  /// Whether `preview` is one of the versions.
  public let hasPreview: Bool
  /// The first dated version that knows the operations; older ones are warned of, nil means none.
  public let firstDate: String?
  /// Whether the upstream refuses every version on an explicit `v1` path.
  public let refusesVersionOnV1: Bool
  /// What to do where a row needs a project and the entry names none.
  public let missingProject: String
  /// What to do where an entry names neither `base_url` nor a resource.
  public let missingBase: String
  /// Pages whose addresses are pasted by mistake; nil: none is known.
  public let portals: PortalPages?
  /// The rows; the first that fits decides, the last must fit everything.
  public let rows: [EndpointRow]

  /// States a table.
  public init(
    home: String? = nil, resourceDomain: String? = nil, hasPreview: Bool = false,
    firstDate: String? = nil, refusesVersionOnV1: Bool = false, missingProject: String = "",
    missingBase: String = "", portals: PortalPages? = nil, rows: [EndpointRow]
  ) {
    self.home = home
    self.resourceDomain = resourceDomain
    self.hasPreview = hasPreview
    self.firstDate = firstDate
    self.refusesVersionOnV1 = refusesVersionOnV1
    self.missingProject = missingProject
    self.missingBase = missingBase
    self.portals = portals
    self.rows = rows
  }

  /// The row that decides for a base, with what its pattern captured.
  func row(for base: EndpointURL) -> (row: EndpointRow, match: PathMatch)? {
    for row in rows {
      if let domain = row.domain, !base.isHost(in: domain) { continue }
      guard let patterns = row.paths else { return (row, PathMatch(path: base.path)) }
      for pattern in patterns {
        if let match = PathMatch(of: base.path, with: pattern) { return (row, match) }
      }
    }
    return nil
  }
}

/// One row of an ``EndpointTable``.
public struct EndpointRow: Sendable {
  /// Where the operations lie; `{project}` stands for the project's name.
  public enum Parent: Sendable {
    /// Always here.
    case fixed(String)
    /// Here for `v1` and `preview`, there for a date.
    case versioned(v1: String, dated: String)
    /// Here, and only with a date; the path names a deployment.
    case deployment(dated: String)
    /// As the base says, its query included; with advice for people who may have meant another row.
    case asItStands(advice: String?)
  }

  /// Paths such as `/api/projects/{project}`, the empty path as `""`; nil: any.
  public let paths: [String]?
  /// A domain in which the host must be; nil: any.
  public let domain: String?
  /// Where the operations lie.
  public let parent: Parent

  /// States a row.
  public init(paths: [String]?, domain: String? = nil, parent: Parent) {
    self.paths = paths
    self.domain = domain
    self.parent = parent
  }
}

/// A path that fits a pattern.
struct PathMatch {
  /// Parts that stand for a name, percent-encoded as written.
  private(set) var captures: [String: String] = [:]
  /// Whether the last part is `v1`.
  let isExplicitV1: Bool

  init(path: [String]) {
    isExplicitV1 = path.last == "v1"
  }

  init?(of path: [String], with pattern: String) {
    self.init(path: path)
    let wanted = pattern.split(separator: "/")
    guard wanted.count == path.count else { return nil }
    for (part, name) in zip(path, wanted) {
      if name.first == "{" {
        captures[String(name.dropFirst().dropLast())] = part
      } else if part != name {
        return nil
      }
    }
  }
}
