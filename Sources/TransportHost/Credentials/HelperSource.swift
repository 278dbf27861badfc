internal import ProcessIO
internal import ProviderConfiguration

/// A credential that a program prints.
struct HelperSource: Sendable {
  let entry: ExecEntry
  let provider: ProviderEntry
  let document: ConfigurationDocument
  let clock: any HostClock
  /// The scope that an upstream named, or empty.
  let scope: String

  private var name: String { provider.credentialName ?? provider.id }
  private var program: String { entry.command.first ?? "" }

  /// Runs the program.
  ///
  /// - Throws: `config_invalid` where the program is not there or prints what it should not, `auth`
  ///   where it fails or takes too long.
  func token() async throws(CallError) -> IssuedToken {
    let outcome: HelperProgram.Outcome
    do { outcome = try await helper.run() } catch { throw failure(error) }
    guard outcome.status == 0 else {
      throw error(
        .auth,
        "ended with \(outcome.status)" + words(outcome.errors, without: outcome.output))
    }
    do throws(HelperOutput.Unusable) {
      let output = try HelperOutput(outcome.output, at: clock.unixTime)
      return IssuedToken(
        secret: Secret(output.secret, name: name), lifetime: output.lifetime ?? entry.lifetime,
        renewal: nil, scope: scope,
        sources: [CredentialStatus.Source(name: program, outcome: .chosen, reason: "exit code 0")])
    } catch {
      throw self.error(.configInvalid, "printed \(error.reason)")
    }
  }

  private var helper: HelperProgram {
    var words = entry.command
    if program.contains("/") { words[0] = PluginSearch.absolute(program, besides: document.file) }
    return HelperProgram(
      words,
      variables: [
        ("JACKFIELD_CREDENTIAL", name), ("JACKFIELD_PROVIDER", provider.id),
        ("JACKFIELD_SCOPE", scope),
      ], timeout: entry.timeout)
  }

  private func failure(_ failure: HelperFailure) -> CallError {
    switch failure {
    case .notStarted(let reason): error(.configInvalid, "cannot be started: \(reason)")
    case .timedOut(let output, let errors):
      error(
        .auth,
        "did not end within \(entry.timeout.milliseconds) ms and was killed"
          + words(errors, without: output))
    case .outputTooLarge: error(.configInvalid, "printed more than 1 MiB")
    case .cancelled: .credentialCancelled
    }
  }

  private func error(_ code: ErrorCode, _ what: String) -> CallError {
    CallError(
      code, "credential \"\(name)\": its program \"\(program)\" \(what).",
      source: document.mark(ofCredentialOf: provider, pointer: "/exec"))
  }

  /// The end of what a program wrote to standard error, as one line: there the cause stands.
  private func words(_ errors: [UInt8], without output: [UInt8]) -> String {
    let clean = PrintedSecrets(output, name: name).blanking(errors)
    let line = clean.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !line.isEmpty else { return "" }
    return ": " + (line.count > 400 ? "…\(line.suffix(399))" : line)
  }
}
