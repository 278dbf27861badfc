/// When the first of an answer leaves, and what follows when it breaks off after that, as one level
/// of the file says; nil where it does not.
package struct StreamRules: Sendable, Equatable {
  /// From when on nothing is tried again.
  package enum Commit: String, Sendable, Hashable, CaseIterable {
    /// The first part of the output.
    case firstOutput = "first_output"
    /// The whole answer: nothing leaves before.
    case end
  }

  /// What follows when a stream breaks off after its first part has left.
  package enum Break: String, Sendable, Hashable, CaseIterable {
    /// The call fails and says what was delivered.
    case error
    /// The upstream is asked for the rest where it keeps it.
    case resume
  }

  /// From when on nothing is tried again.
  package var commit: Sourced<Commit>?
  /// How much is held back before that.
  package var hold: Sourced<StreamHold>?
  /// What follows a break after it.
  package var onBreak: Sourced<Break>?

  /// Creates rules that say nothing.
  package init() {}

  /// These rules, and the outer ones where these say nothing.
  package func merged(over outer: StreamRules) -> StreamRules {
    var merged = self
    merged.commit = commit ?? outer.commit
    merged.hold = hold ?? outer.hold
    merged.onBreak = onBreak ?? outer.onBreak
    return merged
  }

  /// What holds where nothing is written; every member is set.
  package static let builtIn: StreamRules = {
    var rules = StreamRules()
    rules.commit = StreamKeys.commit.default?.value
    rules.hold = StreamKeys.hold.default?.value
    rules.onBreak = StreamKeys.onBreak.default?.value
    return rules
  }()
}

enum StreamKeys {
  static let commit = ConfigurationKey(
    "commit", ConfigurationType<StreamRules.Commit>.choice.sourced,
    default: .value(.firstOutput, StreamRules.Commit.firstOutput.rawValue),
    doc: """
      From when on nothing is tried again, since the caller has part of the answer: its first \
      output, or its `end`, before which nothing leaves.
      """, misnomers: ["commit_at", "commit_on"])

  static let hold = ConfigurationKey(
    "hold", ConfigurationType.hold.sourced, default: .value(.time(.zero), "0ms"),
    doc: """
      How much more is held back from the first output on, so that an early break can be tried \
      again: `400ms`, or `64 tokens`.
      """, misnomers: ["buffer", "delay", "hold_back"])

  static let onBreak = ConfigurationKey(
    "on_break", ConfigurationType<StreamRules.Break>.choice.sourced,
    default: .value(.error, StreamRules.Break.error.rawValue),
    doc: """
      What follows when a stream breaks off after its first part has left: `error` ends the call, \
      `resume` asks the upstream for the rest where it keeps it.
      """, misnomers: ["on_error", "recovery", "on_interrupt"])

  static let table = ConfigurationTable(
    "stream", title: "stream",
    doc: """
      When the first of an answer leaves, and what follows when it breaks off after that. The table \
      may stand in `defaults`, a provider, a model and a target; each of its members is taken from \
      the nearest place that sets it.
      """, example: "{ hold: 400ms }",
    keys: [commit.description, hold.description, onBreak.description])

  static let type = ConfigurationType<StreamRules>.table(table) { members in
    var rules = StreamRules()
    rules.commit = members.value(commit)
    rules.hold = members.value(hold)
    rules.onBreak = members.value(onBreak)
    return rules
  }
}
