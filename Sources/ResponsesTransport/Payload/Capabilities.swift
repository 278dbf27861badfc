import JSONText

/// What a target is declared to do or not to do.
///
/// A name is that of a field, dotted where it is nested (`text.verbosity`), or one of those below.
struct Capabilities {
  /// How much reasoning of earlier turns is taken: `false`, or `newest` for that of one turn.
  static let reasoningReplay = "reasoning_replay"
  /// Whether reasoning can be had in encrypted form.
  static let encryptedReasoning = "encrypted_reasoning"

  /// Names declared to be true.
  private(set) var present: [String] = []
  /// Names declared to be false, in the order of the configuration.
  private(set) var absent: [String] = []
  /// Names of which a word says more.
  private(set) var texts: [String: String] = [:]

  /// Reads a JSON object; anything else declares nothing.
  init(_ json: [UInt8]) {
    guard json.count > 2, let root = try? JSONText.validate(json.span) else { return }
    var members = JSONMembers(of: root)
    while let member = members.next(in: json.span) {
      let name = member.name(in: json.span)
      present.removeAll { $0 == name }
      absent.removeAll { $0 == name }
      texts[name] = member.value.string(in: json.span)
      if member.value.kind == .true { present.append(name) }
      if member.value.kind == .false { absent.append(name) }
    }
  }
}
