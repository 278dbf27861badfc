import TransportSDK

extension FlowRun {
  /// Whoever is signed in with `az login`.
  mutating func tokenByAzureCLI() throws(FlowStop) -> (token: IssuedToken, words: String) {
    var command = ["az", "account", "get-access-token", "--scope", scope, "--output", "json"]
    if let tenant = settings.tenant { command += ["--tenant", tenant] }
    let result = try perform(.execute(command))
    // As shells say it: 126 and 127 are programs that cannot be started.
    let isStarted =
      ![126, 127].contains(result.status) && (result.problem.isEmpty || result.status > 0)
    guard isStarted else { throw .unavailable(notStarted(result), .source) }
    guard result.status == 0 else { throw stop(after: result) }
    guard let token = TokenReply.commandToken(in: result, at: time) else {
      throw .failed(SignInFailure.noTokenReply(result, from: "the command az"))
    }
    return (token, "whoever is signed in with `az login`")
  }

  private func notStarted(_ result: EffectResult) -> String {
    let why = Quotation.of(result.problem)
    return
      "the command az cannot be run (\(why.isEmpty ? "it is not there" : why)). Install the Azure "
      + "CLI and run `az login`"
  }

  /// What an exit code says, with the words of the command as far as the host passes them on.
  private func stop(after result: EffectResult) -> FlowStop {
    let words = "\(result.problem) \(result.text)"
    let login = settings.tenant.map { "`az login --tenant \($0)`" } ?? "`az login`"
    if let known = KnownRefusal.first(in: words) {
      return .failed(known.failure(of: "the Azure CLI got no token"))
    }
    return .unavailable(
      "the command az gave no token (exit code \(result.status)); nobody seems to be signed in. Run "
        + login, .tenant)
  }
}
