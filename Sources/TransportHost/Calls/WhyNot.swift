import ProviderConfiguration

/// Why a call would not go to a provider, or that it would.
public struct WhyNot: Sendable {
  /// The provider that was asked about.
  public var provider: String
  /// The answer in a sentence.
  public var words: String
  /// The targets of the call on that provider, with their verdicts; empty where there is none.
  public var steps: [Explanation.Step]
  /// The models that have a target on the provider.
  public var models: [String]
}

extension WhyNot {
  /// The answer as one JSON object.
  public var json: [UInt8] {
    var out = JSONWriter()
    out.object { top in
      top.member("provider", provider)
      top.member("answer", words)
      top.member("route") { $0.array(steps) { $0.write(to: &$1) } }
      top.member("models") { $0.array(models) { $1.value($0) } }
    }
    return out.bytes
  }
}

extension TransportHost {
  /// Says why a call would not go to a provider.
  ///
  /// - Parameters:
  ///   - provider: The provider id.
  ///   - explanation: The call.
  /// - Returns: The answer; nil where the file has no such provider.
  public func whyNot(_ provider: String, _ explanation: Explanation) -> WhyNot? {
    guard let entry = document.provider(provider) else { return nil }
    let steps = explanation.route.filter { $0.provider == provider }
    let models = document.models.models.filter { model in
      model.targets.contains { $0.provider == provider }
    }.map(\.name)
    let words: String
    if let problem = entry.problem {
      words = "\"\(provider)\" cannot be used: \(problem.message) (\(problem.source))."
    } else if steps.contains(where: \.isChosen) {
      words = "\"\(provider)\" would be asked first."
    } else if steps.isEmpty {
      let others =
        models.isEmpty
        ? "No model has a target there." : "These have: \(models.joined(separator: ", "))."
      words =
        "no target of \"\(explanation.model)\" or of its fallbacks is on \"\(provider)\". \(others)"
    } else {
      words = "\"\(provider)\" would not be asked first:"
    }
    return WhyNot(provider: provider, words: words, steps: steps, models: models)
  }
}
