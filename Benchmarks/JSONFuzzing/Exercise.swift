import JSONText

/// Calls everything that JSONText offers on one text and compares the answers with each other and
/// with ``ReferenceParser``.
package enum Exercise {
  /// Two answers that do not fit together.
  package struct Finding: Error, CustomStringConvertible {
    /// What does not fit.
    package let description: String
    /// The text that shows it.
    package let text: [UInt8]
  }

  /// Runs everything on `text`.
  ///
  /// - Parameters:
  ///   - text: Any bytes, nested at most some thousand levels deep.
  ///   - depthLimit: The limit to validate with; above the depth of `text` the reference is asked.
  /// - Returns: Whether the text is valid.
  /// - Throws: ``Finding``.
  @discardableResult
  package static func run(
    on text: [UInt8], depthLimit: Int = 1 << 20
  ) throws(Finding) -> Bool {
    let root = try validated(text, depthLimit: depthLimit)
    guard let root else {
      walkGarbage(text.span)
      return false
    }
    try walk(text, root)
    return true
  }

  private static func require(
    _ condition: Bool, _ text: [UInt8], _ description: @autoclosure () -> String
  ) throws(Finding) {
    guard condition else { throw Finding(description: description(), text: text) }
  }

  private static func validated(
    _ text: [UInt8], depthLimit: Int
  ) throws(Finding) -> JSONValue? {
    let value = Result { () throws(JSONTextError) in
      try JSONText.validate(text.span, depthLimit: depthLimit)
    }
    let index = Result { () throws(JSONTextError) in
      try JSONText.index(text.span, depthLimit: depthLimit)
    }
    let isAccepted = ReferenceParser.accepts(text)
    switch (value, index) {
    case (.success(let root), .success(let index)):
      try require(isAccepted, text, "accepted, but the reference refuses it")
      try require(root == index.root, text, "validate and index name different roots")
      try require(
        index.members == JSONObjectEdit(root, in: text.span).members, text,
        "the index and the cursor name different members")
      return root
    case (.failure(let error), .failure(let other)):
      try require(!isAccepted, text, "refused (\(error)), but the reference accepts it")
      try require(error == other, text, "validate says \(error), index says \(other)")
      try require((0...text.count).contains(error.offset), text, "the offset lies outside")
      return nil
    default:
      throw Finding(description: "validate and index disagree", text: text)
    }
  }

  /// Visits every value, each found again by its pointer unless a key of its way is a duplicate.
  private static func walk(_ text: [UInt8], _ root: JSONValue) throws(Finding) {
    var open = [(root, "")]
    var visited = 0
    while let (value, pointer) = open.popLast() {
      visited += 1
      let found = root.value(at: pointer, in: text.span)
      try require(found == value, text, "nothing found at \(pointer)")
      if visited < 64 {
        let path = JSONPointer.path(to: value.range.lowerBound, in: text.span)
        try require(path == pointer, text, "path(to:) is \(path), not \(pointer)")
      }
      try require(JSONValue(at: value.range, in: text.span) == value, text, "kind differs")
      _ = value.string(in: text.span)
      _ = value.integer(in: text.span)
      var items = JSONItems(of: value)
      var noting = items
      var noted: [JSONMember] = []
      var count = 0
      while let item = items.next(in: text.span) {
        let same = noting.next(in: text.span, members: &noted)
        try require(same == item, text, "two ways to step to an item differ")
        let members = JSONObjectEdit(item, in: text.span).members
        try require(noted == members, text, "two ways to note members differ")
        open.append((item, JSONPointer.appending(String(count), to: pointer)))
        count += 1
      }
      var members = JSONMembers(of: value)
      while let member = members.next(in: text.span) {
        let name = member.name(in: text.span)
        try require(member.isNamed(name, in: text.span), text, "a key is not its own name")
        guard value.member(name, in: text.span) == member.value else { continue }
        open.append((member.value, JSONPointer.appending(name, to: pointer)))
      }
    }
  }

  /// Reads what was never validated; there is no right answer but to come back.
  private static func walkGarbage(_ text: Span<UInt8>) {
    let kinds: [JSONKind] = [.object, .array, .string, .number]
    let starts = stride(from: 0, through: text.count, by: Swift.max(1, text.count / 16))
    var open = starts.flatMap { start in
      kinds.map { JSONValue(kind: $0, range: start..<text.count + 5) }
    }
    var steps = 0
    while let value = open.popLast(), steps < 4096 {
      steps += 1
      _ = value.string(in: text)
      _ = value.integer(in: text)
      _ = value.isString("model", in: text)
      _ = value.value(at: "/input/0/type", in: text)
      var items = JSONItems(of: value)
      while let item = items.next(in: text) { open.append(item) }
      var noted: [JSONMember] = []
      items = JSONItems(of: value)
      while items.next(in: text, members: &noted) != nil {}
      var members = JSONMembers(of: value)
      while let member = members.next(in: text) {
        _ = member.isNamed("type", in: text)
        _ = member.name(in: text)
        open.append(member.value)
      }
    }
    _ = JSONText.firstLoneSurrogate(in: text)
    for start in starts { _ = JSONPointer.path(to: start, in: text) }
  }
}
