import ArgumentParser
import JSONText
import ProcessIO
import TransportHost

/// One run of the program: arguments in, exit status out.
struct CommandRun {
  private let arguments: [String]

  init(_ arguments: [String]) { self.arguments = arguments }

  /// Runs the command and reports what it throws.
  ///
  /// The parser would end with 64 for a wrong usage; the programs of this project end with 2.
  func status() async -> Int32 {
    do {
      var command = try Jackfield.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch let failure as CommandFailure {
      return report(failure)
    } catch let exit as ExitCode {
      return exit.rawValue
    } catch {
      return report(parser: error)
    }
  }

  /// Says so where standard output did not take everything: an answer that is cut is no success.
  ///
  /// - Returns: The status, 74 (`EX_IOERR`) in place of a success.
  static func reportingOutput(_ status: Int32) -> Int32 {
    guard let failure = Stream.outputFailure else { return status }
    Terminal.error.line("jackfield: error: standard output cannot be written: \(failure)")
    return status == 0 ? 74 : status
  }

  /// Whether failures are wanted as JSON; it holds for those of the parser too.
  private var isJSON: Bool {
    arguments.prefix { $0 != "--" }.contains("--json")
  }

  private func report(_ failure: CommandFailure) -> Int32 {
    if isJSON { Terminal.output.write(failure.error.json + [UInt8(ascii: "\n")]) }
    if !isJSON { ErrorReport(failure).print(to: .error) }
    return failure.error.code.exitStatus
  }

  private func report(parser error: any Error) -> Int32 {
    let text = Jackfield.fullMessage(for: error)
    guard !Jackfield.exitCode(for: error).isSuccess else {
      Terminal.output.line(text)
      return 0
    }
    let usage = CallError(.requestInvalid, Jackfield.message(for: error))
    if isJSON { Terminal.output.write(usage.json + [UInt8(ascii: "\n")]) }
    if !isJSON { Terminal.error.line(text) }
    return usage.code.exitStatus
  }
}
