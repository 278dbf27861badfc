/// How calls that continue earlier ones find the target that answered those.
package struct AffinityRules: Sendable {
  /// What is done when nobody is left who can read the state that a call builds on.
  package enum Lost: String, Sendable, Hashable, CaseIterable {
    /// The call is refused.
    case error
    /// Encrypted reasoning is left out, and the rest is sent.
    case stripReasoning = "strip_reasoning"
    /// The conversation is sent again from the beginning, where it is known.
    case replay
  }

  /// What says that a call continues an earlier one; the first that finds a target decides.
  package let by: Sourced<[AffinitySignal]>
  /// What is done when the state is out of reach.
  package let whenLost: Sourced<Lost>

  /// What holds where nothing is written.
  package static let builtIn = AffinityRules(
    by: Sourced([.previousResponseID, .encryptedContent]), whenLost: Sourced(.error))
}

enum AffinityKeys {
  static let by = ConfigurationKey(
    "by", ConfigurationType<[AffinitySignal]>.list(of: AffinitySignal.type).sourced,
    default: .value(
      AffinityRules.builtIn.by.value,
      "[\(AffinityRules.builtIn.by.value.map(\.text).joined(separator: ", "))]"),
    doc: """
      What says that a call continues an earlier one; the first that finds a target decides. \
      `header:NAME` is the value of that header, in quotes because of the colon.
      """, misnomers: ["on", "signals", "source", "key"])

  static let whenLost = ConfigurationKey(
    "when_lost", ConfigurationType<AffinityRules.Lost>.choice.sourced,
    default: .value(.error, AffinityRules.Lost.error.rawValue),
    doc: """
      What is done when nobody is left who can read the state that a call builds on: `error` \
      refuses it, `strip_reasoning` leaves encrypted reasoning out, `replay` sends the conversation \
      from its beginning where it is known.
      """, misnomers: ["on_lost", "if_lost", "fallback"])

  static let table = ConfigurationTable(
    "affinity", title: "models.<name>.affinity",
    doc: "How calls that continue earlier ones find the target that answered those.",
    example: "{ when_lost: strip_reasoning }", keys: [by.description, whenLost.description])

  static let type = ConfigurationType<AffinityRules>.table(table) { members in
    AffinityRules(
      by: members.value(by) ?? AffinityRules.builtIn.by,
      whenLost: members.value(whenLost) ?? AffinityRules.builtIn.whenLost)
  }
}
