internal import YAML

extension SemanticChecks {
  /// Limits that are at odds with each other or with what every request asks for.
  func checkLimits(of target: TargetEntry, _ policy: TargetPolicy, _ node: YAMLNode) {
    let limits = target.limits
    if let tokens = limits.tokensPerMinute, let mark = tokens.mark {
      checkOutput(against: tokens.value, at: mark, policy.params)
      checkRequests(limits.requestsPerMinute, against: tokens.value)
    }
    if let requests = limits.requestsPerMinute {
      checkFailures(policy.cooldown, against: requests, node)
    }
  }

  /// A request is let in with all the tokens that it may produce.
  private func checkOutput(against tokens: Int, at mark: Mark, _ params: ParameterRules) {
    let name = "max_output_tokens"
    guard let setting = params.set.first(where: { $0.name == name }),
      let count = Int(String(decoding: setting.json, as: UTF8.self)), count > tokens
    else { return }
    reading.report(
      .unmeetableLimit,
      "\(reading.place).limits.tpm (\(CountText.write(tokens))) is less than one request may "
        + "produce: \(name) is set to \(count) at \(setting.mark)", at: mark.span,
      help: "Allow more tokens, or set fewer.",
      suggestion: (CountText.write(count), mark.span))
  }

  private func checkRequests(_ requests: Sourced<Int>?, against tokens: Int) {
    guard let requests, let mark = requests.mark, requests.value > tokens else { return }
    reading.report(
      .unmeetableLimit,
      "\(reading.place).limits.rpm (\(CountText.write(requests.value))) is never reached: a request "
        + "has a token at least, and tpm is \(CountText.write(tokens))", at: mark.span,
      help: "The letter k stands for thousands of tokens, M for millions.",
      suggestion: (CountText.write(tokens), mark.span))
  }

  /// Within a window of less than a minute a whole minute's requests may come at once.
  private func checkFailures(
    _ cooldown: CooldownRules, against requests: Sourced<Int>, _ node: YAMLNode
  ) {
    guard let failures = cooldown.failures, let window = cooldown.window, let mark = requests.mark
    else { return }
    let minutes = max(1, window.value / .seconds(60))
    let most = Int(min(Double(requests.value) * minutes, 1000))
    guard failures.value > most else { return }
    reading.report(
      .unmeetableLimit,
      "\(reading.place) cannot fail often enough to cool down: \(failures.value) failures in "
        + "\(DurationText.write(window.value)) are due, and rpm lets in \(most)",
      at: mark.span, help: "Let fewer failures begin a cooldown, or count them for longer.",
      suggestion: correction(of: failures, to: most, node))
  }

  /// In place where it is the target's own, else beside the target's other rules.
  private func correction(
    of failures: Sourced<Int>, to count: Int, _ target: YAMLNode
  ) -> ConfigurationSource.Edit? {
    let key = CooldownKeys.failures.name
    guard let cooldown = target.entry(PolicyKeys.cooldown.name)?.value else {
      let table = "\(PolicyKeys.cooldown.name): { \(key): \(count) }"
      return reading.source.insertion(of: table, into: target)
    }
    guard let written = cooldown.entry(key) else {
      return reading.source.insertion(of: "\(key): \(count)", into: cooldown)
    }
    return (String(count), written.value.span)
  }
}
