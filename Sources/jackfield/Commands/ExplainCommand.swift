import ArgumentParser
import ProcessIO
import TransportHost

/// `jackfield explain`: a call with the last step left out.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what a call would send, and why, offline.",
    discussion: """
      Prints the route with its source lines, the request line, the headers with credentials as \
      handles, every edit of the body with its reason, and the body. It makes no connection and \
      needs no secret.

      EXAMPLES
        jackfield explain gpt-5 "Hello"
        jackfield explain - < request.json
        jackfield explain gpt-5 "Hello" --why-not backup
        jackfield explain gpt-5 --raw-body - < request.json | sha256sum
        jackfield explain --operation get --response-id resp_1 --provider openai --json
      """)

  @OptionGroup var request: RequestArguments

  @Option(
    name: .customLong("raw-body"),
    help: ArgumentHelp(
      "Write the body's exact bytes to a file; - for standard output alone.", valueName: "file"),
    completion: .file())
  var rawBody: String?

  @Option(
    name: .customLong("why-not"),
    help: ArgumentHelp("Say only why this provider would not be asked.", valueName: "provider"),
    completion: .custom(ProviderNames.completions))
  var whyNot: String?

  @OptionGroup var output: OutputOption

  func run() throws {
    let host = try request.configuration.host()
    let explanation: Explanation
    do { explanation = try host.explain(request.request()) } catch let error as CallError {
      throw CommandFailure(error, host: host)
    }
    if let whyNot { return try answer(whyNot, explanation, host) }
    if let rawBody {
      try write(explanation.body, to: rawBody)
      guard rawBody != "-" else { return }
    }
    if output.isJSON {
      Terminal.output.write(explanation.json + [UInt8(ascii: "\n")])
    } else {
      ExplanationView(explanation, on: .output).print()
    }
  }

  /// Says how the targets on one provider stand.
  private func answer(
    _ provider: String, _ explanation: Explanation, _ host: TransportHost
  ) throws(CommandFailure) {
    let answer = host.whyNot(provider, explanation)
    guard let answer else { throw .usage(unknown(provider, host)) }
    guard !output.isJSON else {
      return Terminal.output.write(answer.json + [UInt8(ascii: "\n")])
    }
    Terminal.output.line(answer.words)
    RouteTable(answer.steps).print(to: .output)
  }

  private func unknown(_ provider: String, _ host: TransportHost) -> String {
    "unknown provider \"\(provider)\". Defined under providers:"
      + " \(host.providerIDs.joined(separator: ", "))."
  }

  /// Writes the body alone; nothing where there is none.
  private func write(_ body: [UInt8]?, to path: String) throws(CommandFailure) {
    guard let body else { return }
    guard path != "-" else { return Terminal.output.write(body) }
    do { try FileContent.write(body, to: path) } catch {
      throw .usage("the body cannot be written to \(path): \(error).")
    }
  }
}
