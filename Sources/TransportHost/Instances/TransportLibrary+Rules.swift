internal import CTransportABI

/// A rule of a plugin's table.
package struct PluginRule: Sendable, Hashable {
  /// Kebab-case.
  package let id: String
  /// One sentence for people.
  package let reason: String
  /// Where the fact comes from.
  package let link: String
}

extension TransportLibrary {
  /// The rules that edits refer to, by index.
  ///
  /// Texts are made when somebody asks.
  package var rules: [PluginRule] {
    let table = unsafe table.pointee
    guard let rules = unsafe table.rules else { return [] }
    return unsafe (0..<Int(table.rule_count)).map { index in
      unsafe PluginRule(
        id: String(cString: rules[index].id), reason: String(cString: rules[index].reason),
        link: String(cString: rules[index].link))
    }
  }
}
