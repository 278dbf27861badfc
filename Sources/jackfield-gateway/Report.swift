#if Gateway
import ArgumentParser
import Gateway
import ProcessIO
import ProviderConfiguration
import TransportHost

/// Tells people and programs what became of a gateway.
struct Report {
  /// Whether standard output is JSON alone.
  let json: Bool

  /// Reports why a gateway does not start.
  ///
  /// - Returns: What to end the program with.
  func failure(_ failure: GatewayServer.Failure) -> ExitCode {
    switch failure {
    case .configuration(let refusal):
      tell(refusal)
      if json { Stream.output.write(Self.object(refusal) + [UInt8(ascii: "\n")]) }
      return ExitCode(ErrorCode.configInvalid.exitStatus)
    case .address(let address, let reason):
      return self.failure(
        CallError(
          .network, "cannot listen on \(address): \(reason). --listen names another address."))
    case .recording(let folder, let reason):
      return self.failure(
        CallError(.requestInvalid, "cannot record into \(folder): \(reason)."))
    }
  }

  /// Reports an error.
  func failure(_ error: CallError) -> ExitCode {
    Stream.error.write("jackfield: error: \(error.message) [\(error.code.rawValue)]\n")
    if json { Stream.output.write(error.json + [UInt8(ascii: "\n")]) }
    return ExitCode(error.code.exitStatus)
  }

  /// Reports findings.
  func failure(_ findings: [Diagnostic]) -> ExitCode {
    for finding in findings { Stream.error.write("\(finding)\n") }
    if json { Stream.output.write(Diagnostic.report(findings) + [UInt8(ascii: "\n")]) }
    return ExitCode(ErrorCode.configInvalid.exitStatus)
  }

  /// Writes what is wrong with a configuration to standard error, with carets.
  func tell(_ refusal: GatewayServer.ConfigurationRefusal) {
    for finding in refusal.diagnostics { Stream.error.write("\(finding)\n\n") }
    guard let error = refusal.error else { return }
    let place = error.source.map { "\($0)" } ?? "jackfield"
    Stream.error.write("\(place): error: \(error.message)\n")
    guard let mark = error.source, let line = refusal.sourceLine(mark) else { return }
    let blanks = String(repeating: " ", count: max(0, mark.column - 1))
    let carets = String(
      repeating: "^", count: mark.endLine == mark.line ? max(1, mark.endColumn - mark.column) : 1)
    Stream.error.write("    \(line)\n    \(blanks)\(carets)\n")
  }

  private static func object(_ refusal: GatewayServer.ConfigurationRefusal) -> [UInt8] {
    refusal.error?.json ?? Diagnostic.report(refusal.diagnostics)
  }
}
#endif
