internal import YAML

/// A program that prints a secret.
package struct ExecEntry: Sendable, Hashable {
  /// The program and its arguments, for no shell to read; never empty.
  package let command: [String]
  /// How long a run may take.
  package let timeout: Duration
  /// How long a secret is used whose end the program does not state.
  package let lifetime: Duration
}

enum ExecKeys {
  /// How long a run may take by default.
  ///
  /// Source: our choice; helpers that ask a vault or a token service need some seconds.
  private static let timeoutDefault = Duration.seconds(10)

  /// How long a secret of unknown end is used by default.
  ///
  /// Source: our choice; far below the hour that most tokens last.
  private static let lifetimeDefault = Duration.seconds(300)

  static let command = ConfigurationKey(
    "command", ConfigurationType<[String]>.list(of: .argument, minimum: 1), isRequired: true,
    doc: """
      The program and its arguments; no shell reads them. A name without a slash is looked for in \
      `PATH`; a relative path starts at the folder of this file.
      """, misnomers: ["args", "program", "cmd"])

  static let timeout = ConfigurationKey(
    "timeout", ConfigurationType.duration.sourced, default: .duration(timeoutDefault),
    doc: "How long a run may take before it is killed.")

  static let lifetime = ConfigurationKey(
    "ttl", ConfigurationType.duration.sourced, default: .duration(lifetimeDefault),
    doc: "How long a secret is used whose end the program does not state.",
    misnomers: ["lifetime", "expires_in", "cache"])

  static let table = ConfigurationTable(
    "exec", title: "credentials.<id>.exec",
    doc: """
      A program that prints a secret: the bare secret on one line, or a JSON object with `token` \
      and `expires_in` or `expires_at`. How the two talk stands on the page of the \
      [exec protocol](../../TransportHost/Documentation/exec.md).
      """,
    example: "{ command: [PROGRAM, ARGUMENT] }",
    keys: [command.description, timeout.description, lifetime.description])

  static let type = ConfigurationType<ExecEntry>.table(table) { members in
    guard let command = members.value(command), !command.isEmpty else { return nil }
    return ExecEntry(
      command: command, timeout: members.value(timeout)?.value ?? timeoutDefault,
      lifetime: members.value(lifetime)?.value ?? lifetimeDefault)
  }
}

extension ConfigurationType where Value == String {
  /// One word of a command line.
  fileprivate static var argument: ConfigurationType {
    ConfigurationType(shape: .text("word", pattern: nil, hasVariables: true)) { node, reading in
      guard let text = reading.expanded(node, wanted: "text") else { return nil }
      guard !text.unicodeScalars.contains("\0") else {
        reading.report(.invalidName, "\(reading.place) holds a NUL", at: node.span)
        return nil
      }
      return text
    }
  }
}
