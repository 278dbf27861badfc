import JSONText

/// What is done to the JSON of an upstream's error before it goes on.
enum ErrorObject {
  /// The members that belong to an event and not to the error at its root.
  private static let envelope: [StaticString] = [
    "sequence_number", "event_id", "response", "error",
  ]

  /// The members that ``ResponseError`` has as fields.
  private static let fields: [StaticString] = ["code", "message", "type", "param"]

  /// The error that stands at the root of an event, without the event's own members.
  ///
  /// - Parameters:
  ///   - root: The event, an object.
  ///   - type: The error's type; nil where `type` is the event's, and goes too.
  /// - Returns: The object; `root` itself where it is none.
  static func withoutEnvelope(_ root: [UInt8], type: String?) -> [UInt8] {
    let text = root.span
    guard let index = try? JSONText.index(text) else { return root }
    var edit = JSONObjectEdit(index.root, members: index.members)
    for (place, member) in index.members.enumerated() {
      let isEventType = type == nil && member.isNamed("type", in: text)
      let isEnvelope = envelope.contains { member.isNamed($0, in: text) }
      if isEventType || isEnvelope { edit.remove(at: place) }
    }
    return edit.bytes(of: text)
  }

  /// An object with those members of another that it lacks or has as null, but for the fields.
  static func completed(_ object: [UInt8], with other: [UInt8]) -> [UInt8] {
    guard let index = try? JSONText.index(object.span),
      let further = try? JSONText.index(other.span)
    else { return object }
    var edit = JSONObjectEdit(index.root, members: index.members)
    for member in further.members where member.value.kind != .null {
      guard !fields.contains(where: { member.isNamed($0, in: other.span) }) else { continue }
      let name = member.name(in: other.span)
      let known = index.root.member(name, in: object.span)
      guard known == nil || known?.kind == .null else { continue }
      edit.set(name, to: [UInt8](other.span, in: member.value.range), in: object.span)
    }
    return edit.bytes(of: object.span)
  }
}
