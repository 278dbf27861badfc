/// Pages on which people look at what an upstream has, often pasted where its endpoint is due.
public struct PortalPages: Sendable {
  /// Where a page's address may name something.
  public struct Place: Sendable {
    /// The part of the address before it.
    public let marker: String
    /// Which of the parts between commas it is, from 0.
    public let part: Int

    /// States a place.
    public init(after marker: String, part: Int = 0) {
      self.marker = marker
      self.part = part
    }
  }

  /// Their hosts, in lower case.
  public let hosts: [String]
  /// Which endpoint to paste instead.
  public let advice: String
  /// The usual endpoint; `{resource}` stands for the resource's name.
  public let base: String
  /// What follows it where the entry names no project; `{project}` stands for the project's name.
  public let projectPath: String
  /// Where an address may name the resource.
  public let resource: [Place]
  /// Where an address may name the project.
  public let project: [Place]

  /// States which pages there are and what belongs in their place.
  public init(
    hosts: [String], advice: String, base: String, projectPath: String = "",
    resource: [Place] = [], project: [Place] = []
  ) {
    self.hosts = hosts
    self.advice = advice
    self.base = base
    self.projectPath = projectPath
    self.resource = resource
    self.project = project
  }
}

extension PortalPages {
  /// Whether a text is the address of one of the pages.
  func hold(_ text: String) -> Bool { hosts.contains(PageAddress(text).host) }

  /// The endpoint that somebody meant who pasted a page's address.
  ///
  /// What the address does not name is made up, for people to replace.
  ///
  /// - Parameters:
  ///   - text: The address.
  ///   - hasProject: Whether the entry names a project besides.
  /// - Returns: The endpoint's URL.
  func endpoint(for text: String, hasProject: Bool) -> String {
    let address = PageAddress(text)
    let found = address.name(at: resource).flatMap { ResourceName.allows($0) ? $0 : nil }
    let base = Self.filling("{resource}", of: base, with: found ?? "my-resource")
    guard !hasProject else { return base }
    let name = PercentEncoding.encode(address.name(at: project) ?? "my-project")
    return base + Self.filling("{project}", of: projectPath, with: name)
  }

  private static func filling(
    _ gap: Substring, of text: String, with name: String
  ) -> String {
    guard let range = text[...].firstRange(of: gap) else { return text }
    return text[..<range.lowerBound] + name + text[range.upperBound...]
  }
}

/// The address of a page, read without regard to what stands behind which sign: pages keep names in
/// the path, in the query and behind the `#`.
private struct PageAddress {
  /// The host in lower case; empty where there is none.
  let host: String
  private let parts: [Substring]

  init(_ text: String) {
    let rest = Substring(text).trimmed
    let start = rest.firstRange(of: "://")?.upperBound ?? rest.startIndex
    let authority = rest[start...].prefix { !"/?#\\".contains($0) }
    host = authority.prefix { $0 != ":" }.lowercased()
    parts = PercentEncoding.decode(rest[authority.endIndex...])
      .split { "/?#&=".contains($0) }
  }

  /// The first of the places at which something stands.
  func name(at places: [PortalPages.Place]) -> String? {
    for place in places {
      guard let marker = parts.firstIndex(where: { $0.lowercased() == place.marker }),
        marker + 1 < parts.count
      else { continue }
      let names = parts[marker + 1].split(separator: ",", omittingEmptySubsequences: false)
      if place.part < names.count, isName(names[place.part]) { return String(names[place.part]) }
    }
    return nil
  }

  private func isName(_ text: Substring) -> Bool { !text.isEmpty && text != "." && text != ".." }
}

/// The names that may begin a host.
enum ResourceName {
  /// Whether a text is one: letters, digits and hyphens, none of these at an end, at most 63.
  static func allows(_ text: String) -> Bool {
    1...63 ~= text.utf8.count && text.first != "-" && text.last != "-"
      && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
  }
}
