internal import Glibc
internal import JSONText

/// The plugins that can be found, without loading any.
public struct PluginListing: Sendable {
  /// A place of the search order.
  public struct Place: Sendable {
    /// The directory; nil when the reason gives none.
    public let directory: String?
    /// Why it is looked in.
    public let reason: String
    /// Whether the directory is there.
    public let exists: Bool
    /// The plugin files in it.
    public let plugins: [File]
  }

  /// A plugin file, as its side-car manifest describes it.
  public struct File: Sendable {
    /// The file.
    public let path: String
    /// The id: of the manifest, else of the file's name.
    public let id: String
    /// The version, or nil without a manifest.
    public let version: String?
    /// One line for people, or nil without a manifest.
    public let summary: String?
    /// Why the manifest says nothing, or nil when it does.
    public let problem: String?
    /// Whether an earlier place has a plugin of the same id, which wins.
    public let isShadowed: Bool
  }

  /// The places, in order.
  public let places: [Place]
}

extension TransportHost {
  /// The plugins that can be found, without loading any.
  public var plugins: PluginListing { PluginListing(providers.search) }

  /// The same without a configuration.
  public static func plugins(options: Options = Options()) -> PluginListing {
    PluginListing(
      PluginSearch(directories: options.pluginDirectories, environment: options.environment))
  }
}

extension PluginListing {
  init(_ search: PluginSearch) {
    var seen: Set<String> = []
    places = search.places.map { place in
      let names = place.directory.flatMap(Self.names)
      let files = (names ?? []).filter(Self.isPlugin).sorted().map { name in
        let file = File(
          at: "\(place.directory ?? "")/\(name)", isShadowed: { !seen.insert($0).inserted })
        return file
      }
      return Place(
        directory: place.directory, reason: place.reason, exists: names != nil, plugins: files)
    }
  }

  private static func isPlugin(_ name: String) -> Bool {
    name.hasPrefix("lib") && name.hasSuffix(".\(PluginSearch.suffix)")
  }

  /// The names in a directory; nil when it cannot be read.
  private static func names(in directory: String) -> [String]? {
    guard let stream = unsafe opendir(directory) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      // SAFETY: d_name is a NUL-terminated array inside the entry, valid until the next readdir.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      names.append(name)
    }
    return names
  }
}

extension PluginListing.File {
  /// Reads the side-car manifest of a file.
  init(at path: String, isShadowed: (String) -> Bool) {
    let base = path.split(separator: "/").last.map(String.init) ?? path
    let named = String(base.dropFirst(3).dropLast(PluginSearch.suffix.utf8.count + 1))
    var fields: (id: String?, version: String?, summary: String?) = (nil, nil, nil)
    var problem: String?
    do throws(FileText.Unreadable) {
      let text = try FileText.read(path + ".json")
      if let root = try? JSONText.validate(text.span) {
        func field(_ name: StaticString) -> String? {
          root.member(name, in: text.span)?.string(in: text.span)
        }
        fields = (field("id"), field("version"), field("summary"))
      } else {
        problem = "its manifest is no JSON"
      }
    } catch {
      problem = "it has no manifest beside it"
    }
    id = fields.id ?? named
    (version, summary, self.problem, self.path) = (fields.version, fields.summary, problem, path)
    self.isShadowed = isShadowed(id)
  }
}
