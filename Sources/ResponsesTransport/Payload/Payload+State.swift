import JSONText
import TransportSDK

extension Payload {
  private static var encryptedReasoning: StaticString { "reasoning.encrypted_content" }

  /// Says whether responses are kept, where the caller did not.
  mutating func applyState(to body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    let wanted: StaticString
    switch settings.state {
    case .asSent: return
    case .stateless: wanted = "false"
    case .stored: wanted = "true"
    }
    warnOfChain(in: body, into: &exchange)
    let isRefused = capabilities.absent.contains("store")
    if let store = editor.field("store", in: body), !isRefused || settings.unsupported != .drop {
      guard isContrary(store, in: body) else { return }
      exchange.warn(
        "`store` is sent as the caller set it, though state is \(settings.state.rawValue)")
    } else if isRefused {
      exchange.warn(
        "state \(settings.state.rawValue) has no effect: the target does not take `store`")
    } else {
      editor.set(
        "store", to: Array(String(describing: wanted).utf8), because: .parameter(.stateStore),
        in: body, into: &exchange)
    }
  }

  /// Whether a `store` asks for something else than `state` does; null stands for true everywhere.
  private func isContrary(_ store: BodyEditor.Field, in body: Span<UInt8>) -> Bool {
    let kind = store.read(in: body) { value, _ in value.kind }
    return settings.state == .stateless ? kind != .false : kind != .true && kind != .null
  }

  private func warnOfChain(in body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    guard settings.state == .stateless, let parent = editor.field("previous_response_id", in: body),
      parent.read(in: body, { value, _ in value.kind }) != .null
    else { return }
    exchange.warn(
      "`previous_response_id` is sent as it is, though state is stateless: it needs a stored response"
    )
  }

  /// Asks for reasoning in the form in which it can be replayed.
  mutating func includeEncryptedReasoning(
    in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    let isWanted = settings.state == .stateless || capabilities.present.contains("reasoning")
    let isRefused =
      capabilities.absent.contains("reasoning") || capabilities.absent.contains("include")
    guard isWanted, !isRefused, let source = rules[.encryptedInclude] else { return }
    let name = JSONEscape.literal(String(describing: Self.encryptedReasoning))
    switch editor.field("include", in: body) {
    case nil:
      editor.set("include", to: list(of: name), because: source, in: body, into: &exchange)
    case .input(let value) where value.kind == .array:
      guard !value.contains(Self.encryptedReasoning, in: body) else { return }
      var array = JSONArrayEdit(value, in: body)
      array.append(name)
      array.apply(to: &editor.nested)
      exchange.report(source, .add, at: value.range.lowerBound, added: "-")
    case .input(let value):
      guard value.kind == .null else { return }
      editor.set("include", to: list(of: name), because: source, in: body, into: &exchange)
    case .literal(let literal):
      guard let extended = extend(literal, with: name) else { return }
      editor.set("include", to: extended, because: source, in: body, into: &exchange)
    }
  }

  private func list(of name: [UInt8]) -> [UInt8] {
    [UInt8(ascii: "[")] + name + [UInt8(ascii: "]")]
  }

  /// The list that the configuration set, with the name; nil when it has it or is no list.
  private func extend(_ literal: [UInt8], with name: [UInt8]) -> [UInt8]? {
    guard let root = try? JSONText.validate(literal.span), root.kind == .array,
      !root.contains(Self.encryptedReasoning, in: literal.span)
    else { return nil }
    var array = JSONArrayEdit(root, in: literal.span)
    array.append(name)
    var edits = JSONEdits()
    array.apply(to: &edits)
    return edits.rope(over: literal.count).bytes(of: literal.span)
  }
}

extension JSONValue {
  /// Whether the array has the string.
  fileprivate func contains(_ string: StaticString, in text: Span<UInt8>) -> Bool {
    var items = JSONItems(of: self)
    while let item = items.next(in: text) {
      if item.isString(string, in: text) { return true }
    }
    return false
  }
}
