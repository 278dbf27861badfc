import JSONText

extension JSONValue {
  /// What a field says, whatever it was written as: a string's content, else the JSON itself.
  ///
  /// Nil for null and for an empty string.
  func words(in text: Span<UInt8>) -> String? {
    guard kind != .null else { return nil }
    let words = string(in: text) ?? String(decoding: [UInt8](text, in: range), as: UTF8.self)
    return words.isEmpty ? nil : words
  }
}

extension JSONObjectEdit {
  /// Gives each member called `name` the value, or adds the member.
  mutating func set(_ name: String, to literal: [UInt8], in text: Span<UInt8>) {
    let indices = members.indices.filter { members[$0].isNamed(name, in: text) }
    for index in indices { replace(at: index, with: literal) }
    if indices.isEmpty { add(name, literal) }
  }

  /// The whole text with the changes made.
  func bytes(of text: Span<UInt8>) -> [UInt8] {
    var edits = JSONEdits()
    apply(to: &edits)
    return edits.rope(over: text.count).bytes(of: text)
  }
}

extension [UInt8] {
  /// A copy of a part of `text`.
  init(_ text: Span<UInt8>, in range: Range<Int>) {
    let part = text.extracting(range)
    self.init(capacity: part.count) { room in
      for offset in part.indices { room.append(part[offset]) }
    }
  }
}
