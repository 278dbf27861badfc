import JSONText
import TransportSDK

extension Payload {
  /// What a request means hangs on these, so a capability never takes them out.
  private static var essential: [String] {
    ["input", "model", "stream", "background", "previous_response_id", "conversation"]
  }

  /// Whether a field is known not to be taken, by declaration or by an earlier refusal.
  func isRefused(_ name: String) -> Bool {
    capabilities.absent.contains(name) || amendments.fields.contains { $0.name == name }
  }

  /// Treats the fields that this target is known to refuse, as `params.unsupported` says.
  ///
  /// - Throws: `TransportFailure` where the policy is to refuse.
  mutating func dropUnsupported(
    in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    if let source = rules[.promptCacheRetention] {
      try drop("prompt_cache_retention", because: source, in: body, into: &exchange)
    }
    for name in capabilities.absent {
      try drop(name, because: .parameter(.unsupported), in: body, into: &exchange)
    }
    for field in amendments.fields where field.part == .whole {
      try drop(field.root, because: .parameter(.unsupported), in: body, into: &exchange)
    }
    try dropMembers(in: body, into: &exchange)
    try limitEffort(in: body, into: &exchange)
  }

  private mutating func drop(
    _ name: String, because source: EditSource, in body: Span<UInt8>,
    into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    guard let field = editor.field(named: name, in: body) else { return }
    switch unsupported {
    case .pass: return
    case .error: throw Self.refusing(name, pointer: field.pointer(named: name))
    case .drop:
      guard !Self.essential.contains(name) else { return }
      if name == "store", field.isFalse(in: body) {
        exchange.warn(
          "`store: false` is not sent, because the target does not accept it: the upstream may keep "
            + "this request and its response")
      }
      guard name != "tools" else { return dropTools(because: source, in: body, into: &exchange) }
      editor.remove(name, because: source, in: body, into: &exchange)
    }
  }

  /// Takes the tools out, and what chooses among them: alone it would be refused.
  mutating func dropTools(
    because source: EditSource, in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    for name in ["tools", "tool_choice", "parallel_tool_calls"] {
      editor.remove(name, because: source, in: body, into: &exchange)
    }
  }

  private static func refusing(_ name: String, pointer: String) -> TransportFailure {
    TransportFailure(
      .requestInvalid,
      "the target does not accept `\(name)`, and params.unsupported is error. Leave it out, or set "
        + "params.unsupported: drop.", pointer: pointer)
  }
}

// MARK: - Members of objects

extension Payload {
  /// The members that go, by the object in which they stand; one object takes one edit.
  private var refusedMembers: [(root: String, names: [String])] {
    var members: [(root: String, names: [String])] = []
    let declared = capabilities.absent.compactMap { name -> (String, String)? in
      let words = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard words.count == 2, !Self.essential.contains(words[0]) else { return nil }
      return (words[0], words[1])
    }
    let refused = amendments.fields.compactMap { field -> (String, String)? in
      guard case .member(let name) = field.part else { return nil }
      return (field.root, name)
    }
    for (root, name) in declared + refused {
      if let index = members.firstIndex(where: { $0.root == root }) {
        members[index].names.append(name)
      } else {
        members.append((root, [name]))
      }
    }
    return members
  }

  private mutating func dropMembers(
    in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    guard unsupported != .pass else { return }
    for (root, names) in refusedMembers {
      switch editor.field(named: root, in: body) {
      case .input(let object) where object.kind == .object:
        try dropMembers(names, of: root, object, in: body, into: &exchange)
      case .literal(let literal):
        try dropMembers(names, of: root, literal, in: body, into: &exchange)
      default: break
      }
    }
  }

  /// An object of which nothing would be left goes as a whole.
  private mutating func dropMembers(
    _ names: [String], of root: String, _ object: JSONValue, in body: Span<UInt8>,
    into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    var edit = JSONObjectEdit(object, in: body)
    let members = edit.members
    let gone = members.indices.filter { names.contains(members[$0].name(in: body)) }
    guard let first = gone.first else { return }
    guard unsupported == .drop else {
      let pointer = JSONPointer.path(to: members[first].value.range.lowerBound, in: body)
      throw Self.refusing("\(root).\(members[first].name(in: body))", pointer: pointer)
    }
    guard gone.count < members.count else {
      return editor.remove(
        root, because: .parameter(.unsupported), in: body, into: &exchange)
    }
    for index in gone {
      edit.remove(at: index)
      exchange.report(
        .parameter(.unsupported), .remove, at: members[index].value.range.lowerBound)
    }
    edit.apply(to: &editor.nested)
  }

  /// The same for an object that the configuration set.
  private mutating func dropMembers(
    _ names: [String], of root: String, _ literal: [UInt8], in body: Span<UInt8>,
    into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    guard let object = try? JSONText.validate(literal.span), object.kind == .object else { return }
    var edit = JSONObjectEdit(object, in: literal.span)
    let members = edit.members
    let gone = members.indices.filter { names.contains(members[$0].name(in: literal.span)) }
    guard let first = gone.first else { return }
    guard unsupported == .drop else {
      throw Self.refusing("\(root).\(members[first].name(in: literal.span))", pointer: "")
    }
    guard gone.count < members.count else {
      return editor.remove(
        root, because: .parameter(.unsupported), in: body, into: &exchange)
    }
    for index in gone { edit.remove(at: index) }
    var edits = JSONEdits()
    edit.apply(to: &edits)
    editor.set(
      root, to: edits.rope(over: literal.count).bytes(of: literal.span),
      because: .parameter(.unsupported), in: body, into: &exchange)
  }
}
