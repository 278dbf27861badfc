import ArgumentParser
import ProviderConfiguration
import TransportHost

/// `jackfield check`: everything that is wrong with a configuration.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find mistakes in a configuration.",
    discussion: """
      Loads the plugins that the file refers to and lets them judge their providers' settings; \
      --no-plugins checks the file alone. A variable that is not set is a warning, so that CI \
      needs no secrets. Ends with 1 when there is an error.
      """)

  @Argument(
    help: "The configuration, as --config.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  @OptionGroup var configuration: ConfigurationOption

  @Flag(name: .customLong("no-plugins"), help: "Check the file alone and load nothing.")
  var isFileOnly = false

  @OptionGroup var output: OutputOption

  func validate() throws {
    if file != nil, configuration.file != nil {
      throw ValidationError("The configuration is given twice: as FILE and with --config.")
    }
  }

  func run() throws {
    let named = file ?? configuration.file
    let path = ConfigurationFile.path(named)
    let diagnostics =
      ConfigurationFile.missing(named).map { [$0] }
      ?? TransportHost.check(contentsOf: path, loadingPlugins: !isFileOnly)
    if output.isJSON {
      Terminal.output.write(Diagnostic.report(diagnostics) + [UInt8(ascii: "\n")])
    } else {
      DiagnosticPrinter(terminal: .output).print(diagnostics)
      summarize(diagnostics, path)
    }
    if diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
  }

  private func summarize(_ diagnostics: [Diagnostic], _ path: String) {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    let palette = Terminal.output.palette
    if !diagnostics.isEmpty { Terminal.output.line() }
    let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    let verdict =
      errors > 0
      ? palette(.failure, counts)
      : counts.isEmpty ? palette(.success, "no findings") : palette(.warning, counts)
    Terminal.output.line("\(path): \(verdict)")
  }
}
