internal import ProcessIO
package import ProviderConfiguration

/// The search for the configuration.
package enum ConfigurationFile {
  /// The name in a working directory.
  package static let name = "providers.yaml"

  /// The file to read: the named one, else the first that exists, else the one in the working
  /// directory, which does not.
  package static func path(_ named: String?) -> String {
    if let named { return named }
    if FileContent.exists(name) { return name }
    guard let user, FileContent.exists(user) else { return name }
    return user
  }

  /// Why ``path(_:)`` is the file that it is.
  package static func reason(_ named: String?) -> String {
    if named != nil { return "named with --config" }
    return FileContent.exists(name) || path(nil) == name
      ? "in the working directory" : "the user's; the working directory has no \(name)"
  }

  /// The user's file, or nil when the environment has no home.
  ///
  /// - Source: XDG Base Directory Specification: a relative value is to be ignored.
  package static var user: String? {
    if let base = Program.environment("XDG_CONFIG_HOME"), base.hasPrefix("/") {
      return base + "/jackfield/" + name
    }
    guard let home = Program.environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.config/jackfield/" + name
  }

  /// The finding of a search that found nothing; nil when a file was named or is there.
  package static func missing(_ named: String?) -> Diagnostic? {
    guard named == nil, !FileContent.exists(path(nil)) else { return nil }
    let places = ["./" + name, user].compactMap(\.self).joined(separator: ", ")
    return .unreadable(
      file: name, reason: "no file there. Looked for \(places); --config names another")
  }
}
