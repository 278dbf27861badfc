import ArgumentParser
import ProcessIO
import TransportHost

/// `jackfield call`: one answer on standard output.
struct CallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Send a request and stream the answer.",
    discussion: """
      Standard output carries the answer's text and nothing else; edits, warnings and the tools \
      that the model wants called go to standard error. A request that offers tools ends with the \
      calls; the next turn is a whole JSON request. An operation whose answer has no text prints \
      its object.

      EXAMPLES
        jackfield call gpt-5 "Why is the sky blue?"
        jackfield call gpt-5 < request.json
        jackfield call --json gpt-5 "Hello" | jq .usage
        jackfield call --events gpt-5 "Hello"
        jackfield call --operation models --provider openai
      """)

  @OptionGroup var request: RequestArguments

  @Flag(help: "Print the ledger of attempts on standard error.")
  var trace = false

  @OptionGroup var output: OutputOption

  func run() async throws {
    let host = try request.configuration.host()
    let call = try request.request()
    let printer = AnswerPrinter(form: form, isTraced: trace)
    let task = Task { () async -> CallError? in
      do {
        try await printer.print(host.stream(call))
        return nil
      } catch {
        return printer.failed(error)
      }
    }
    let interrupts = Interrupts { task.cancel() }
    let failure = await task.value
    withExtendedLifetime(interrupts) {}
    if let failure { throw CommandFailure(failure, host: host) }
  }

  private var form: AnswerPrinter.Form {
    if request.isEvents { return .events }
    if output.isJSON { return .object }
    return request.operation.hasAnswerText ? .text : .object
  }
}

extension OperationName {
  /// Whether the answer is a response with text, and no list or receipt.
  fileprivate var hasAnswerText: Bool { self == .create || self == .get || self == .cancel }
}
