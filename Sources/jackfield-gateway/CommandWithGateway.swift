#if Gateway
import ArgumentParser
import ClientSettings
import Gateway
import ProcessIO
import ProviderConfiguration
import TransportHost

/// A command that runs beside a server and finds it in its environment.
struct CommandWithGateway {
  private let words: [String]
  private let variables: [(name: String, value: String)]

  /// - Parameters:
  ///   - words: The command and its arguments.
  ///   - url: Where the server is reached.
  ///   - token: What it asks of clients.
  /// - Throws: The exit of a URL without an address.
  init(_ words: [String], url: String, token: String) throws {
    guard let address = ListenAddress(String(url.dropFirst("http://".count))) else {
      throw Report(json: false).failure(CallError(.internal, "\(url) has no address."))
    }
    let gateway = GatewayAddress(host: address.host, port: Int(address.port))
    self.words = Self.led(words, to: gateway)
    variables = ClientEnvironment(gateway).assignments(token: token) {
      ProcessIO.Program.environment($0)
    }
  }

  /// The command, with arguments in place of variables for a tool that reads none.
  private static func led(_ words: [String], to gateway: GatewayAddress) -> [String] {
    guard let name = words.first, name.split(separator: "/").last == "codex" else { return words }
    let settings = ClientSnippet(address: gateway, model: "", models: []).codexArguments
    return [name] + settings + words.dropFirst()
  }

  /// Runs the command to its end; what this process is told to do, the command is told.
  ///
  /// - Returns: Its exit code, as shells say it.
  func status() async throws -> Int32 {
    let signals = Signals.stream(of: [.hangUp, .interrupt, .terminate])
    let program: ForegroundProgram
    do throws(IOFailure) {
      program = try ForegroundProgram(words, variables: variables)
    } catch {
      throw Report(json: false).failure(
        CallError(.requestInvalid, "cannot run \(words[0]): \(error)."))
    }
    let forwarding = Task {
      // The terminal sends an interrupt to both.
      for await signal in signals where signal != .interrupt { program.send(signal) }
    }
    defer { forwarding.cancel() }
    return await program.status()
  }
}

/// The command behind `--`.
struct CommandArgument: ParsableArguments {
  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("The command and its arguments, behind --.", valueName: "command"))
  var words: [String] = []
}
#endif
