#if Gateway
import ArgumentParser
import Gateway
import ProcessIO
import ProviderConfiguration
import TransportHost

/// What every command that serves takes.
struct GatewayArguments: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "The configuration; without it ./providers.yaml, else the user's.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  @Option(help: "Threads that serve connections and their calls.")
  var threads = 1

  func validate() throws {
    guard (1...64).contains(threads) else {
      throw ValidationError("--threads must be from 1 to 64.")
    }
  }

  /// The path of the configuration.
  var path: String { ConfigurationFile.path(file) }

  /// Starts a gateway, or ends the program with what is wrong.
  func start(
    listening address: ListenAddress?, onetime: String? = nil, recording folder: String? = nil,
    json: Bool
  ) async throws -> GatewayServer {
    let report = Report(json: json)
    if let missing = ConfigurationFile.missing(file) {
      throw report.failure([missing])
    }
    var options = GatewayServer.Options(file: path)
    options.listening = address
    options.onetime = onetime
    options.recording = folder
    options.threads = threads
    do throws(GatewayServer.Failure) {
      return try await GatewayServer.start(options)
    } catch {
      throw report.failure(error)
    }
  }
}

/// `HOST:PORT`.
extension ListenAddress: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
#endif
