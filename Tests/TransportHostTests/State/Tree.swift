import JSONText

/// A JSON value as a tree, for tests that say a second time and without haste what code does.
enum Tree: Equatable {
  struct Member: Equatable {
    var name: String
    var value: Tree
  }

  case object([Member])
  case array([Tree])
  case string(String)
  /// A number or one of the three words, as it is written.
  case word(String)

  init(_ value: JSONValue, in text: Span<UInt8>) {
    switch value.kind {
    case .object:
      var members: [Member] = []
      var cursor = JSONMembers(of: value)
      while let member = cursor.next(in: text) {
        members.append(
          Member(name: member.name(in: text), value: Tree(member.value, in: text)))
      }
      self = .object(members)
    case .array:
      var items: [Tree] = []
      var cursor = JSONItems(of: value)
      while let item = cursor.next(in: text) { items.append(Tree(item, in: text)) }
      self = .array(items)
    case .string: self = .string(value.string(in: text) ?? "")
    default: self = .word(String(decoding: value.range.map { text[$0] }, as: UTF8.self))
    }
  }

  init(_ text: [UInt8]) throws {
    self.init(try JSONText.validate(text.span), in: text.span)
  }

  /// The last member called so, as parsers take it.
  subscript(name: String) -> Tree? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// What the last member called so says; nil unless it is a string with content.
  func text(_ name: String) -> String? {
    guard case .string(let text) = self[name], !text.isEmpty else { return nil }
    return text
  }

  var items: [Tree] {
    if case .array(let items) = self { items } else { [] }
  }

  /// The object without the members called so.
  func without(_ name: String) -> Tree {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.name != name })
  }

  /// The object with its last member called so, or each of them, changed.
  func setting(_ name: String, to value: Tree, lastOnly: Bool = false) -> Tree {
    guard case .object(var members) = self else { return self }
    let places = members.indices.filter { members[$0].name == name }
    for place in lastOnly ? places.suffix(1) : places[...] { members[place].value = value }
    return .object(members)
  }
}
