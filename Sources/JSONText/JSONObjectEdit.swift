/// Changes to the members of one object; the commas are its business.
///
/// One object takes one edit: two for the same object do not know of each other's commas.
public struct JSONObjectEdit: Sendable {
  /// The object.
  public let object: JSONValue
  /// The object's members before any change, duplicates included.
  public let members: [JSONMember]
  private var edit = ElementEdit()

  /// No change yet, to an object whose members are known.
  ///
  /// - Parameters:
  ///   - object: The object.
  ///   - members: All of its members in the order of the text.
  public init(_ object: JSONValue, members: [JSONMember]) {
    self.object = object
    self.members = members
  }

  /// No change yet, to an object whose members are looked up.
  ///
  /// - Parameters:
  ///   - object: The object; a value of another kind counts as one without members.
  ///   - text: The validated text it was found in.
  public init(_ object: JSONValue, in text: Span<UInt8>) {
    var cursor = JSONMembers(of: object)
    var members: [JSONMember] = []
    while let member = cursor.next(in: text) { members.append(member) }
    self.init(object, members: members)
  }

  /// Removes a member and one comma.
  ///
  /// - Parameter index: The member's place in ``members``; a later replacement undoes this.
  public mutating func remove(at index: Int) {
    precondition(members.indices.contains(index), "no member at the index")
    edit.append(.remove, at: index)
  }

  /// Gives a member another value.
  ///
  /// - Parameters:
  ///   - index: The member's place in ``members``.
  ///   - literal: The new value as JSON.
  public mutating func replace(at index: Int, with literal: [UInt8]) {
    precondition(members.indices.contains(index), "no member at the index")
    edit.append(.replace(with: literal), at: index)
  }

  /// Adds a member behind those that stay, in the order of the calls.
  ///
  /// - Parameters:
  ///   - name: The member's name, without quotes and escapes.
  ///   - literal: Its value as JSON.
  public mutating func add(_ name: String, _ literal: [UInt8]) {
    var member: [UInt8] = []
    member.reserveCapacity(name.utf8.count + literal.count + 3)
    JSONEscape.append(name, to: &member)
    member.append(UInt8(ascii: ":"))
    member += literal
    edit.append(.insert(member), at: members.count)
  }

  /// Makes the changes; edits to what a removed or replaced value holds are dropped with it.
  ///
  /// - Parameter edits: Where the changes go.
  public func apply(to edits: inout JSONEdits) {
    edit.apply(to: &edits, layout: self)
  }
}

extension JSONObjectEdit: ElementEdit.Layout {
  var start: Int { object.range.lowerBound + 1 }

  var count: Int { members.count }

  func element(at index: Int) -> Range<Int> {
    members[index].key.lowerBound..<members[index].value.range.upperBound
  }

  func value(at index: Int) -> Range<Int> { members[index].value.range }
}
