import TransportSDK

extension FlowRun {
  /// Whoever is signed in with `az login`.
  mutating func tokenByAzureCLI() throws(FlowStop) -> (token: IssuedToken, words: String) {
    var command = ["az", "account", "get-access-token", "--scope", scope, "--output", "json"]
    if let tenant = settings.tenant { command += ["--tenant", tenant] }
    let result = try perform(.execute(command))
    guard result.problem.isEmpty || result.status != 0 else {
      throw .unavailable(
        "the command az cannot be run (\(result.problem)). Install the Azure CLI and run `az login`",
        .source)
    }
    guard result.status == 0 else { throw stop(after: result) }
    guard let token = TokenReply.commandToken(in: result, at: time) else {
      throw .failed(SignInFailure.noTokenReply(result, from: "the command az"))
    }
    return (token, "whoever is signed in with `az login`")
  }

  /// What an exit code says, with the words of the command as far as the host passes them on.
  private func stop(after result: EffectResult) -> FlowStop {
    let words = "\(result.problem) \(result.text)"
    let login = settings.tenant.map { "`az login --tenant \($0)`" } ?? "`az login`"
    if result.status == 127 {
      return .unavailable("the Azure CLI is not installed. Install it and run \(login)", .source)
    }
    if !words.includes("az login"), let known = KnownRefusal.first(in: words) {
      return .failed(known.failure(of: "the Azure CLI got no token"))
    }
    return .unavailable(
      "the command az gave no token (exit code \(result.status)); nobody seems to be signed in. Run "
        + login, .tenant)
  }
}
