import ArgumentParser
import ProcessIO
import TransportHost

/// `jackfield probe`: what an upstream itself says of an account.
struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Ask an upstream whether a provider works, and if not, why.",
    discussion: """
      Looks the name up, connects, and sends three small requests: a list of models, a create with \
      the input "ping" and at most 16 output tokens, and the same streamed. Where the path or the \
      version is not understood, it tries other settings of the same account at the same host, and \
      prints the entry that was answered. A secret is sent to no other host.

      COSTS
        Two answers of at most 16 tokens, three where another entry helps; what is
        refused costs nothing. Not more than two minutes.

      EXAMPLES
        jackfield probe main
        jackfield probe main --model gpt-5 --json
      """)

  @Argument(help: "A key under providers.", completion: .custom(ProviderNames.completions))
  var provider: String

  @Option(
    help: "A configured model or the upstream's own name; else the provider's first target.",
    completion: .custom(ModelNames.completions))
  var model: String?

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let host = try configuration.host()
    let task = Task { () async -> Result<ProbeReport, CallError> in
      do throws(CallError) {
        return .success(try await host.probe(provider: provider, model: model))
      } catch {
        return .failure(error)
      }
    }
    let interrupts = Interrupts { task.cancel() }
    let result = await task.value
    withExtendedLifetime(interrupts) {}
    let report: ProbeReport
    do { report = try result.get() } catch { throw CommandFailure(error, host: host) }
    if output.isJSON {
      Terminal.output.write(report.json + [UInt8(ascii: "\n")])
    } else {
      ProbeView(report, on: .output).print()
    }
    if let code = report.code { throw ExitCode(code.exitStatus) }
  }
}
