import ArgumentParser
import TransportHost

/// `jackfield doctor`: what calls depend on, without a connection.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examine what calls depend on, offline.",
    discussion: """
      Looks at the configuration and the secrets' files, the plugins, the variables, the \
      credentials, the clock, the proxies, whom TLS trusts, the libraries and the limits. Opens \
      no connection and prints no secret. Ends with 1 when something is an error. What an \
      upstream itself says of an account: jackfield probe.

      EXAMPLES
        jackfield doctor
        jackfield doctor --json | jq '.sections[].findings[] | select(.severity != "ok")'
      """)

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var output: OutputOption

  func run() throws {
    let report = TransportHost.doctor(
      contentsOf: ConfigurationFile.path(configuration.file),
      chosenBecause: ConfigurationFile.reason(configuration.file))
    if output.isJSON {
      Terminal.output.write(report.json + [UInt8(ascii: "\n")])
    } else {
      DoctorView(report, on: .output).print()
    }
    if report.count(.error) > 0 { throw ExitCode(1) }
  }
}
