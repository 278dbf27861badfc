/// Where the file of a plugin is, under `plugins`.
package struct PluginEntry: Sendable {
  /// Its key, which providers name.
  package let id: String
  /// The file, relative to the configuration file unless absolute; nil to search for it by id.
  package let path: Sourced<String>?
  /// Where the entry begins.
  package let mark: Mark
  /// Why it cannot be used; nil when it can.
  package let problem: Diagnostic?
}

enum PluginKeys {
  static let path = ConfigurationKey(
    "path", ConfigurationType.variableText("file name").sourced,
    doc: """
      The plugin's file. A relative path starts at the folder of this file; an absent suffix is \
      that of the platform. No path: `lib<id>` is looked for in the search order.
      """, misnomers: ["file", "library"])

  static let table = ConfigurationTable(
    "plugin", title: "plugins.<id>", doc: "Where plugins are that are not found by name.",
    example: "{ path: plugins/libacme }", keys: [path.description])

  static let type = ConfigurationType<Sourced<String>?>.table(table) { $0.value(path) }
}
