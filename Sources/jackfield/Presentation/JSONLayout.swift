import JSONText

/// JSON laid out for reading: what fits in a line stays in one, every token stays as it is.
struct JSONLayout {
  /// As many lines are shown.
  static let lineLimit = 120
  /// A longer string is cut in the middle of nothing: at this many bytes.
  static let stringLimit = 400

  private let bytes: [UInt8]
  private let width: Int
  private(set) var lines: [String] = []
  private var line = ""

  /// Lays a text out in lines of about so many characters.
  init(_ bytes: [UInt8], width: Int) {
    self.bytes = bytes
    self.width = width
    guard let root = try? JSONText.validate(bytes.span) else {
      lines = [String(decoding: bytes, as: UTF8.self).harmless]
      return
    }
    write(root, indent: 0)
    endLine()
  }

  private mutating func endLine() {
    lines.append(line.harmless)
    line = ""
  }

  private mutating func write(_ value: JSONValue, indent: Int) {
    if let compact = compact(value, room: width - line.count) {
      line += compact
      return
    }
    switch value.kind {
    case .object: writeObject(value, indent: indent)
    case .array: writeArray(value, indent: indent)
    default: line += token(value.range)
    }
  }

  private mutating func writeObject(_ value: JSONValue, indent: Int) {
    open("{")
    var members = JSONMembers(of: value)
    var isFirst = true
    while let member = members.next(in: bytes.span) {
      separate(&isFirst, indent: indent + 2)
      line += token(member.key) + ": "
      write(member.value, indent: indent + 2)
    }
    close("}", indent: indent)
  }

  private mutating func writeArray(_ value: JSONValue, indent: Int) {
    open("[")
    var items = JSONItems(of: value)
    var isFirst = true
    while let item = items.next(in: bytes.span) {
      separate(&isFirst, indent: indent + 2)
      write(item, indent: indent + 2)
    }
    close("]", indent: indent)
  }

  private mutating func open(_ bracket: String) {
    line += bracket
    endLine()
  }

  private mutating func separate(_ isFirst: inout Bool, indent: Int) {
    if !isFirst {
      line += ","
      endLine()
    }
    isFirst = false
    line += String(repeating: " ", count: indent)
  }

  private mutating func close(_ bracket: String, indent: Int) {
    endLine()
    line += String(repeating: " ", count: indent) + bracket
  }

  // MARK: - Values in one line

  /// The value in one line, or nil when it does not fit.
  private func compact(_ value: JSONValue, room: Int) -> String? {
    // An empty container is never broken.
    let room = max(room, 2)
    guard value.range.count <= 4 * room else {
      return value.kind == .object || value.kind == .array ? nil : token(value.range)
    }
    var text = ""
    append(value, to: &text)
    let isScalar = value.kind != .object && value.kind != .array
    return isScalar || text.count <= room ? text : nil
  }

  private func append(_ value: JSONValue, to text: inout String) {
    switch value.kind {
    case .object:
      var members = JSONMembers(of: value)
      var parts: [String] = []
      while let member = members.next(in: bytes.span) {
        var part = token(member.key) + ": "
        append(member.value, to: &part)
        parts.append(part)
      }
      text += "{" + parts.joined(separator: ", ") + "}"
    case .array:
      var items = JSONItems(of: value)
      var parts: [String] = []
      while let item = items.next(in: bytes.span) {
        var part = ""
        append(item, to: &part)
        parts.append(part)
      }
      text += "[" + parts.joined(separator: ", ") + "]"
    default: text += token(value.range)
    }
  }

  /// A token as written; a very long string shows its beginning and its length.
  private func token(_ range: Range<Int>) -> String {
    guard range.count > Self.stringLimit else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    let start = String(decoding: bytes[range].prefix(Self.stringLimit), as: UTF8.self)
    return start + "… (\(range.count) bytes)"
  }
}
