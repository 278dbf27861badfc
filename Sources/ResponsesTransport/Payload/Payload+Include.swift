import JSONText
import TransportSDK

extension Payload {
  /// Asks for reasoning in the form in which it can be replayed, and leaves out what was refused.
  mutating func editInclude(in body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    let refused = refusedEntries
    let source = wantsEncryptedReasoning(refused) ? rules[.encryptedInclude] : nil
    switch editor.field("include", in: body) {
    case nil: add(because: source, in: body, into: &exchange)
    case .input(let value) where value.kind == .array:
      edit(value, dropping: refused, adding: source, in: body, into: &exchange)
    case .input(let value):
      if value.kind == .null { add(because: source, in: body, into: &exchange) }
    case .literal(let literal):
      edit(literal, dropping: refused, adding: source, in: body, into: &exchange)
    }
    note(include: body, into: &exchange)
  }

  private func wantsEncryptedReasoning(_ refused: [String]) -> Bool {
    let isWanted = state == .stateless || capabilities.present.contains("reasoning")
    let isRefused =
      isRefused("reasoning") || isRefused("include")
      || capabilities.absent.contains(Capabilities.encryptedReasoning)
      || refused.contains(OptionalField.encryptedReasoning)
    return isWanted && !isRefused && rules[.encryptedInclude] != nil
  }

  /// Entries that the target is known to refuse.
  private var refusedEntries: [String] {
    guard unsupported == .drop else { return [] }
    let declared =
      capabilities.absent.contains(Capabilities.encryptedReasoning)
      ? [OptionalField.encryptedReasoning] : []
    return declared
      + amendments.fields.compactMap {
        if case .entry(let entry) = $0.part { entry } else { nil }
      }
  }
}

// MARK: - Edits

extension Payload {
  private static var literal: [UInt8] { JSONEscape.literal(OptionalField.encryptedReasoning) }

  private mutating func add(
    because source: EditSource?, in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    guard let source else { return }
    let list = [UInt8(ascii: "[")] + Self.literal + [UInt8(ascii: "]")]
    editor.set("include", to: list, because: source, in: body, into: &exchange)
  }

  /// A list of which nothing would be left goes as a whole.
  private mutating func edit(
    _ value: JSONValue, dropping refused: [String], adding source: EditSource?,
    in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    var array = JSONArrayEdit(value, in: body)
    let entries = array.items.map { $0.string(in: body) ?? "" }
    let gone = entries.indices.filter { refused.contains(entries[$0]) }
    let isMissing = source != nil && !entries.contains(OptionalField.encryptedReasoning)
    if !gone.isEmpty, gone.count == entries.count, !isMissing {
      return editor.remove(
        "include", because: .parameter(.unsupported), in: body, into: &exchange)
    }
    for index in gone {
      array.remove(at: index)
      exchange.report(
        .parameter(.unsupported), .remove, at: array.items[index].range.lowerBound)
    }
    if let source, isMissing {
      array.append(Self.literal)
      exchange.report(source, .add, at: value.range.lowerBound, added: "-")
    }
    array.apply(to: &editor.nested)
  }

  /// The same for a list that the configuration set.
  private mutating func edit(
    _ literal: [UInt8], dropping refused: [String], adding source: EditSource?,
    in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    guard let root = try? JSONText.validate(literal.span), root.kind == .array else { return }
    var array = JSONArrayEdit(root, in: literal.span)
    let entries = array.items.map { $0.string(in: literal.span) ?? "" }
    let gone = entries.indices.filter { refused.contains(entries[$0]) }
    let isMissing = source != nil && !entries.contains(OptionalField.encryptedReasoning)
    guard !gone.isEmpty || isMissing else { return }
    for index in gone { array.remove(at: index) }
    if isMissing { array.append(Self.literal) }
    var edits = JSONEdits()
    array.apply(to: &edits)
    editor.set(
      "include", to: edits.rope(over: literal.count).bytes(of: literal.span),
      because: gone.isEmpty ? source ?? .parameter(.unsupported) : .parameter(.unsupported),
      in: body, into: &exchange)
  }

  /// Notes what is asked for, since a refusal may name an entry by its place alone.
  private func note(include body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    guard unsupported == .drop, let field = editor.field("include", in: body) else {
      return
    }
    let refused = refusedEntries
    let isAdded = wantsEncryptedReasoning(refused)
    var entries = field.read(in: body) { $0.strings(in: $1) } ?? []
    entries.removeAll { refused.contains($0) }
    if isAdded, !entries.contains(OptionalField.encryptedReasoning) {
      entries.append(OptionalField.encryptedReasoning)
    }
    if !entries.isEmpty { exchange.note(include: entries) }
  }
}

extension JSONValue {
  /// The strings of the array.
  fileprivate func strings(in text: Span<UInt8>) -> [String] {
    var items = JSONItems(of: self)
    var strings: [String] = []
    while let item = items.next(in: text) { strings.append(item.string(in: text) ?? "") }
    return strings
  }
}
