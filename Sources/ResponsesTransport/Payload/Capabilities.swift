import JSONText

/// What a target is declared to do or not to do.
struct Capabilities {
  /// Names declared to be true.
  private(set) var present: [String] = []
  /// Names declared to be false, in the order of the configuration.
  private(set) var absent: [String] = []

  /// Reads a JSON object; anything else declares nothing.
  init(_ json: [UInt8]) {
    guard json.count > 2, let root = try? JSONText.validate(json.span) else { return }
    var members = JSONMembers(of: root)
    while let member = members.next(in: json.span) {
      let name = member.name(in: json.span)
      present.removeAll { $0 == name }
      absent.removeAll { $0 == name }
      if member.value.kind == .true { present.append(name) }
      if member.value.kind == .false { absent.append(name) }
    }
  }
}
