import JSONText

/// What one pass over an item found; used again for the next one, so that its arrays are kept.
struct ItemFindings {
  /// A member of the item, in order, duplicates included.
  struct Member {
    let key: ItemKey
    /// Where its key begins.
    let start: Int
    let value: JSONValue
  }

  /// A part of a content that is the assistant's text and has no list of annotations.
  struct BarePart {
    let start: Int
    /// The `null` in the place of the list.
    let annotations: Range<Int>?
  }

  private(set) var members: [Member] = []
  private(set) var bareParts: [BarePart] = []
  private(set) var type: JSONValue?
  private(set) var role: JSONValue?
  private var blob: JSONValue?
  private var hasID = false

  /// Whether the item says what it is; an empty or null type says nothing.
  var hasType: Bool {
    guard let type, type.kind != .null else { return false }
    return type.kind != .string || type.range.count > 2
  }

  /// Whether there is an id and nothing else.
  var isIDOnly: Bool {
    hasID && members.allSatisfy { $0.key == .id || $0.key == .type }
  }

  /// What pairs a call with its output; nil: nothing does.
  func callID(in text: Span<UInt8>) -> String? {
    members.last { $0.key == .callID }?.value.string(in: text)
  }

  /// The encrypted content, where there is any.
  func sealed(in text: Span<UInt8>) -> JSONValue? { hasBlob(in: text) ? blob : nil }

  /// Whether there is encrypted content; null and the empty text are none.
  func hasBlob(in text: Span<UInt8>) -> Bool {
    blob.map { $0.kind == .string && $0.range.count > 2 } ?? false
  }

  /// Reads the object at which the reader stands.
  mutating func read(_ reader: inout JSONReader, in text: Span<UInt8>) {
    members.removeAll(keepingCapacity: true)
    bareParts.removeAll(keepingCapacity: true)
    (type, role, blob, hasID) = (nil, nil, nil, false)
    reader.enter()
    while let name = reader.nextKey(in: text) {
      let key = ItemKey(name, in: text)
      guard let value = readValue(of: key, &reader, in: text) else { return }
      members.append(Member(key: key, start: name.lowerBound, value: value))
      note(value, as: key)
    }
  }

  private mutating func note(_ value: JSONValue, as key: ItemKey) {
    switch key {
    case .type: type = value
    case .role: role = value
    case .encryptedContent: blob = value
    case .id: hasID = value.kind == .string && value.range.count > 2
    case .status, .content, .callID, .summary, .phase, .other: break
    }
  }

  private mutating func readValue(
    of key: ItemKey, _ reader: inout JSONReader, in text: Span<UInt8>
  ) -> JSONValue? {
    guard key == .content else { return reader.skip(in: text) }
    // Of duplicates the last one counts, as parsers do.
    bareParts.removeAll(keepingCapacity: true)
    guard reader.kind(in: text) == .array else { return reader.skip(in: text) }
    let start = reader.offset
    reader.enter()
    while reader.nextItem(in: text) {
      guard readPart(&reader, in: text) else { return nil }
    }
    return JSONValue(kind: .array, range: start..<reader.offset)
  }

  private mutating func readPart(_ reader: inout JSONReader, in text: Span<UInt8>) -> Bool {
    guard reader.kind(in: text) == .object else { return reader.skip(in: text) != nil }
    let start = reader.offset
    var isOutputText = false
    var annotations: JSONValue?
    reader.enter()
    while let name = reader.nextKey(in: text) {
      guard let value = reader.skip(in: text) else { return false }
      let member = JSONMember(key: name, value: value)
      if member.isNamed("type", in: text) {
        isOutputText = value.isString("output_text", in: text)
      } else if member.isNamed("annotations", in: text) {
        annotations = value
      }
    }
    if isOutputText, annotations.map({ $0.kind == .null }) ?? true {
      bareParts.append(BarePart(start: start, annotations: annotations?.range))
    }
    return true
  }
}
