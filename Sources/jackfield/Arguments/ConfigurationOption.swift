import ArgumentParser
import ProcessIO
import ProviderConfiguration
import TransportHost

/// `--config` and where the file is looked for without it.
struct ConfigurationOption: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "The configuration; without it ./providers.yaml, else the user's.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  /// Reads the configuration.
  func host() throws(CommandFailure) -> TransportHost {
    if let missing = ConfigurationFile.missing(file) { throw CommandFailure(missing) }
    do { return try TransportHost(contentsOf: ConfigurationFile.path(file)) } catch {
      throw CommandFailure(error)
    }
  }
}
