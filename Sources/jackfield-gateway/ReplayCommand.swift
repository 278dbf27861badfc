#if Gateway
import ArgumentParser
import Cassettes
import Gateway
import ProcessIO
import ProviderConfiguration
import TransportHost

/// `jackfield replay`.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Serve recorded exchanges again, offline.",
    usage: "jackfield replay DIR [options] [-- COMMAND …]",
    discussion: """
      Answers each request with the recording that fits it, byte for byte and with its timing. No \
      provider is asked and no configuration is read. With a command it runs that, as jackfield run \
      does, and then says which recordings served nothing.
      """)

  @Argument(help: ArgumentHelp("Where recordings are.", valueName: "dir"))
  var folder: String

  @Option(help: ArgumentHelp("Where to listen, on this machine.", valueName: "host:port"))
  var listen = ListenAddress(host: "127.0.0.1", port: 0)

  @Option(help: "How many times as fast as it was recorded.")
  var speed: Double?

  @Flag(help: "Answer at once.")
  var noDelay = false

  @Flag(help: "Take a request for a recorded one only when its body is the same byte for byte.")
  var strict = false

  @Flag(help: "Serve the last recording of a request again when there is none left.")
  var repeatLast = false

  @Flag(help: "Print {\"listening\": URL} once it accepts connections.")
  var json = false

  @OptionGroup var command: CommandArgument

  func validate() throws {
    guard listen.isLoopback else { throw ValidationError("--listen must be on this machine.") }
    guard speed.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--speed must be above 0.")
    }
    guard speed == nil || !noDelay else {
      throw ValidationError("--speed and --no-delay exclude each other.")
    }
  }

  func run() async throws {
    var rules = CassetteLibrary.Rules()
    rules.isStrict = strict
    rules.repeatsLast = repeatLast
    let pace: ReplayPace = noDelay ? .immediate : speed.map { .times($0) } ?? .recorded
    let server: ReplayServer
    do throws(ReplayServer.Failure) {
      server = try await ReplayServer.start(
        folder: folder, listening: listen, pace: pace, rules: rules)
    } catch {
      throw Report(json: json).failure(Self.error(error))
    }
    guard command.words.isEmpty else { return try await run(beside: server) }
    let signals = Signals.stream(of: [.interrupt, .terminate])
    if json {
      Stream.output.write("{\"listening\":\"\(server.url)\"}\n")
    } else {
      Stream.error.write("replaying \(folder) on \(server.url)/v1\n")
    }
    for await _ in signals { break }
    await server.drain()
  }

  private func run(beside server: ReplayServer) async throws {
    let status = try await CommandWithGateway(
      command.words, url: server.url, token: "replayed"
    ).status()
    await server.drain()
    for file in server.unserved { Stream.error.write("served nothing: \(file)\n") }
    throw ExitCode(status)
  }

  private static func error(_ failure: ReplayServer.Failure) -> CallError {
    switch failure {
    case .folder(let folder, let reason):
      CallError(.requestInvalid, "cannot replay \(folder): \(reason).")
    case .cassette(let error): CallError(.requestInvalid, "\(error)")
    case .address(let address, let reason):
      CallError(
        .network, "cannot listen on \(address): \(reason). --listen names another address.")
    }
  }
}
#endif
