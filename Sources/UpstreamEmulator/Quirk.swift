/// Behaviour that only some accounts, models or regions of an upstream show.
package struct Quirk: Sendable, Hashable {
  /// Every quirk there is.
  package enum Name: String, Sendable, CaseIterable {
    case refuseStore = "refuse-store"
    case refuse = "refuse"
    case refuseBareText = "refuse-bare-text"
    case refuseEmptyTools = "refuse-empty-tools"
    case refuseMixedReasoning = "refuse-mixed-reasoning"
    case bothAudiences = "both-audiences"
    case projectAudience = "project-audience"
    case keyHeaderOnly = "key-header-only"
    case pace = "pace"
    case oddDeltas = "odd-deltas"
    case lateBlob = "late-blob"
    case comments = "comments"
    case noObfuscation = "no-obfuscation"

    /// How it is written, with the kind of its argument.
    package var usage: String {
      switch self {
      case .refuse: "refuse:MEMBER"
      case .pace: "pace:MS"
      default: rawValue
      }
    }

    /// One line for a person.
    package var explanation: String {
      switch self {
      case .refuseStore: "refuse a request that says `store`"
      case .refuse: "refuse one top-level member by name"
      case .refuseBareText: "refuse plain string content of any message"
      case .refuseEmptyTools: "refuse an empty list of tools"
      case .refuseMixedReasoning: "refuse sealed reasoning of two responses"
      case .bothAudiences: "take tokens of either audience, and say so"
      case .projectAudience: "take tokens for https://ai.azure.com only"
      case .keyHeaderOnly: "take a key in the header api-key only"
      case .pace: "wait so many milliseconds before each event"
      case .oddDeltas: "send text as response.text.delta"
      case .lateBlob: "sealed reasoning in the terminal event only"
      case .comments: "send a keep-alive comment before each event"
      case .noObfuscation: "leave the padding out of delta events"
      }
    }
  }

  /// Which one.
  package let name: Name
  /// What stood after the colon; empty for quirks that take nothing.
  package let argument: String

  /// Reads a quirk as it is written on the command line.
  ///
  /// - Parameter text: `NAME` or `NAME:ARGUMENT`.
  /// - Throws: `unknownQuirk`, also for an argument that is missing, superfluous or no number.
  package init(_ text: String) throws(EmulatorError) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let first = parts.first, let name = Name(rawValue: first) else {
      throw .unknownQuirk(text)
    }
    let argument = parts.count > 1 ? parts[1] : nil
    switch name {
    case .refuse where argument == nil, .pace where Int(argument ?? "") == nil:
      throw .unknownQuirk(text)
    case .refuse, .pace: break
    default: if argument != nil { throw .unknownQuirk(text) }
    }
    self.name = name
    self.argument = argument ?? ""
  }
}

extension [Quirk] {
  func has(_ name: Quirk.Name) -> Bool { contains { $0.name == name } }

  /// The pause before each event.
  var pace: Duration? {
    first { $0.name == .pace }.flatMap { Int($0.argument) }.map { .milliseconds($0) }
  }
}
