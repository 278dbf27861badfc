internal import CYAML

/// The libyaml that this program runs with.
package enum YAMLLibrary {
  /// Its version: `0.2.5`.
  package static var version: String {
    // SAFETY: libyaml's text is static and NUL-terminated.
    unsafe String(cString: yaml_get_version_string())
  }
}
