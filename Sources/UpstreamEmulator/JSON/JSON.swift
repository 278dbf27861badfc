/// A JSON value as a tree, with its members in the order they were written.
///
/// The emulator reads requests with its own parser and never with the scanner of the plugins: only
/// an independent reading can catch what that one gets wrong.
package enum JSON: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number, as it was written: the emulator compares and never computes, except where a bound
  /// must be checked.
  case number(String)
  /// A string, its escapes decoded.
  case string(String)
  /// The items, in order.
  case array([JSON])
  /// The members, in order, duplicates included.
  case object([Member])

  /// One member of an object.
  package struct Member: Sendable, Hashable {
    /// The name, with its escapes decoded.
    package let name: String
    /// The value.
    package let value: JSON
  }
}

extension JSON {
  /// The member of this name; the last one where the name occurs twice, as common parsers decide.
  ///
  /// - Parameter name: The member's name, decoded.
  /// - Returns: Its value, or nil when this is no object or holds no such member.
  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The item at this place, or nil when this is no array or is shorter.
  package subscript(index: Int) -> JSON? {
    guard case .array(let items) = self, items.indices.contains(index) else { return nil }
    return items[index]
  }

  /// The value at a path of member names with dots between, or nil when there is none.
  func value(at path: String) -> JSON? {
    path.split(separator: ".").reduce(self as JSON?) { $0?[String($1)] }
  }

  /// The text, when this is a string.
  package var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value, when this is `true` or `false`.
  package var truth: Bool? {
    guard case .boolean(let truth) = self else { return nil }
    return truth
  }

  /// The exact integer, when this is a number written without fraction or exponent.
  package var integer: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits)
  }

  /// The nearest double, when this is a number.
  package var decimal: Double? {
    guard case .number(let digits) = self else { return nil }
    return Double(digits)
  }

  /// The items, when this is an array; otherwise none.
  package var items: [JSON] {
    guard case .array(let items) = self else { return [] }
    return items
  }

  /// The members, when this is an object; otherwise none.
  package var members: [Member] {
    guard case .object(let members) = self else { return [] }
    return members
  }

  /// Whether this is `null`.
  package var isNull: Bool { self == .null }
}

extension JSON {
  /// This object with a member replaced, or added at the end; any other value unchanged.
  func with(_ name: String, _ value: JSON) -> JSON {
    guard case .object(var members) = self else { return self }
    let member = Member(name: name, value: value)
    if let index = members.lastIndex(where: { $0.name == name }) {
      members[index] = member
    } else {
      members.append(member)
    }
    return .object(members)
  }

  /// This object without a member; any other value unchanged.
  func without(_ name: String) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.name != name })
  }

  static func integer(_ value: Int) -> JSON { .number(String(value)) }

  /// A string, or `null` for nil.
  static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string value.
  package init(stringLiteral value: String) { self = .string(value) }
  /// A number value.
  package init(integerLiteral value: Int) { self = .number(String(value)) }
  /// `true` or `false`.
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// An array of these items.
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object with these members, in this order.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member(name: $0.0, value: $0.1) })
  }
}
