import ArgumentParser

/// `jackfield plugin`: the files that transports come in.
struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin",
    abstract: "Look at the plugins that can be found.",
    subcommands: [PluginListCommand.self, PluginInfoCommand.self])
}
