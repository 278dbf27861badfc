#if Gateway
import ArgumentParser
import Gateway
import ProcessIO
import ProviderConfiguration

/// `jackfield serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the configuration's models to other tools.",
    usage: "jackfield serve [options]",
    discussion: """
      Point a tool's base URL at http://127.0.0.1:8787/v1, or let jackfield export write its settings.
      SIGHUP and a change of the file read the configuration again: what cannot serve changes nothing.
      SIGTERM and SIGINT let calls on their way end; a second one ends at once.
      """)

  @Option(help: ArgumentHelp("Where to listen; port 0 picks one.", valueName: "host:port"))
  var listen: ListenAddress?

  @OptionGroup var arguments: GatewayArguments

  @Flag(help: "Print {\"listening\": URL} once it accepts connections.")
  var json = false

  func run() async throws {
    let signals = Signals.stream(of: [.hangUp, .interrupt, .terminate])
    let changes = ConfigurationWatch.changes(of: arguments.path)
    let gateway = try await arguments.start(listening: listen, json: json)
    announce(gateway)
    let watch = Task {
      for await _ in changes { reload(gateway) }
    }
    defer { watch.cancel() }
    for await signal in signals {
      guard signal != .hangUp else {
        reload(gateway)
        continue
      }
      break
    }
    let second = Task {
      for await signal in signals where signal != .hangUp {
        ProcessIO.Program.end(with: 128 + signal.number)
      }
    }
    defer { second.cancel() }
    guard await gateway.drain() else {
      Stream.error.write("jackfield: gateway.drain was over before every call had ended.\n")
      throw ExitCode(1)
    }
  }

  private func announce(_ gateway: GatewayServer) {
    if json {
      Stream.output.write("{\"listening\":\"\(gateway.url)\"}\n")
    } else {
      Stream.error.write(
        "listening on \(gateway.url), the base URL of tools is \(gateway.url)/v1\n")
    }
    tell(gateway.diagnostics)
  }

  private func tell(_ findings: [Diagnostic]) {
    for finding in findings { Stream.error.write("\(finding)\n\n") }
  }

  private func reload(_ gateway: GatewayServer) {
    if let refusal = gateway.reload() {
      Report(json: false).tell(refusal)
      Stream.error.write("jackfield: the configuration was not read again: it cannot serve.\n")
    } else {
      Stream.error.write("jackfield: the configuration was read again.\n")
      tell(gateway.diagnostics.filter { $0.severity == .error })
      for key in gateway.needsRestart {
        Stream.error.write("jackfield: \(key) was changed and takes effect at the next start.\n")
      }
    }
  }
}
#endif
