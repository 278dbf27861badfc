internal import Glibc

/// Where plugins are looked for, in order; never the working directory.
package struct PluginSearch: Sendable {
  /// One directory, and why it is looked in.
  package struct Place: Sendable, Hashable {
    /// The directory; nil when the reason gives none, as an unset variable.
    package let directory: String?
    /// Why, for people: `$JACKFIELD_PLUGIN_PATH`.
    package let reason: String
  }

  /// The places, first match wins.
  package let places: [Place]

  /// Lays out the order.
  ///
  /// - Parameters:
  ///   - directories: The embedder's own, first.
  ///   - environment: Looks up variables.
  ///   - executable: The path of this program, or nil.
  package init(
    directories: [String], environment: (String) -> String?,
    executable: String? = PluginSearch.executablePath
  ) {
    var places = directories.map { Place($0, "given by the program") }
    let listed = environment("JACKFIELD_PLUGIN_PATH") ?? ""
    if listed.isEmpty {
      places.append(Place(directory: nil, reason: "$JACKFIELD_PLUGIN_PATH (unset)"))
    }
    for directory in listed.split(separator: ":") {
      places.append(Place(String(directory), "$JACKFIELD_PLUGIN_PATH"))
    }
    if let data = environment("XDG_DATA_HOME"), data.hasPrefix("/") {
      places.append(Place(directory: data + "/jackfield/plugins", reason: "$XDG_DATA_HOME"))
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      places.append(
        Place(directory: home + "/.local/share/jackfield/plugins", reason: "the user's data"))
    }
    if let executable, let slash = executable.lastIndex(of: "/") {
      let directory = String(executable[..<slash])
      places.append(Place(directory: directory, reason: "beside the program"))
      places.append(
        Place(directory: directory + "/../lib/jackfield/plugins", reason: "the installation"))
    }
    places.append(Place(directory: "/usr/local/lib/jackfield/plugins", reason: "the system"))
    places.append(Place(directory: "/usr/lib/jackfield/plugins", reason: "the system"))
    self.places = places
  }

  /// The file name of a plugin that is found by its id.
  package static func fileName(of id: String) -> String { "lib\(id).\(suffix)" }

  /// The suffix of plugin files on this platform.
  package static var suffix: String {
    #if os(macOS)
    "dylib"
    #else
    "so"
    #endif
  }

  /// The first file of that name, or nil.
  package func find(_ id: String) -> String? {
    places.lazy.compactMap(\.directory).map { $0 + "/" + Self.fileName(of: id) }
      .first(where: Self.isFile)
  }

  /// An explicit path made absolute, with the platform's suffix where none is written.
  package static func resolve(_ path: String, besides file: String) -> String {
    let absolute = absolute(path, besides: file)
    let name = absolute.split(separator: "/").last ?? ""
    let isWhole = name.hasSuffix(".\(suffix)") || name.contains(".\(suffix).")
    return isWhole ? absolute : absolute + ".\(suffix)"
  }

  /// A path of the configuration made absolute: relative ones count from its own file.
  package static func absolute(_ path: String, besides file: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let directory = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    return realPath(of: directory.isEmpty ? "/" : directory) + "/" + path
  }

  /// Every place, for the error of a search that found nothing.
  package var description: String {
    places.map { place in
      place.directory.map { "\($0) (\(place.reason))" } ?? place.reason
    }.joined(separator: ", ")
  }

  /// Whether a regular file stands there.
  package static func isFile(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: `status` is this function's own and outlives the call.
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The path of the running program, or nil where the system does not say.
  package static var executablePath: String? {
    let path = realPath(of: "/proc/self/exe")
    return path == "/proc/self/exe" ? nil : path
  }

  private static func realPath(of path: String) -> String {
    // SAFETY: realpath allocates with malloc; the copy is made before it is freed.
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

extension PluginSearch.Place {
  /// A directory as somebody wrote it.
  ///
  /// A relative one would count from the working directory, so it is only mentioned.
  fileprivate init(_ directory: String, _ reason: String) {
    if directory.hasPrefix("/") {
      self.init(directory: directory, reason: reason)
    } else {
      self.init(
        directory: nil, reason: "\"\(directory)\" (\(reason); ignored, it is not absolute)")
    }
  }
}
