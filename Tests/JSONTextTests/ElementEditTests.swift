import AgentHistory
import Foundation
import JSONText
import Testing

/// What becomes of an element.
private enum Fate: CaseIterable {
  case kept, removed, replaced
}

/// How the text between elements looks.
private struct Spacing: Sendable, CustomTestStringConvertible {
  let open: String
  let comma: String
  let close: String

  static let all = [
    Spacing(open: "", comma: ",", close: ""), Spacing(open: " ", comma: " , ", close: " "),
    Spacing(open: "\n  ", comma: ",\n  ", close: "\n"),
  ]

  var testDescription: String { (open + comma + close).debugDescription }

  func text(_ open: String, _ elements: [String], _ close: String) -> [UInt8] {
    let inner =
      elements.isEmpty ? self.open : self.open + elements.joined(separator: comma) + self.close
    return Array((open + inner + close).utf8)
  }
}

/// Every way to choose a fate for each of `count` elements.
private func fates(_ count: Int) -> [[Fate]] {
  (0..<count).reduce([[]]) { ways, _ in ways.flatMap { way in Fate.allCases.map { way + [$0] } } }
}

@Suite struct `The members of an object are edited and its commas are right` {
  @Test(arguments: Spacing.all, 0...5)
  private func `for every choice of removed, replaced and added members`(
    _ spacing: Spacing, _ count: Int
  ) throws {
    let text = spacing.text("{", (0..<count).map { "\"m\($0)\" : \($0)" }, "}")
    let root = try JSONText.validate(text.span)
    for fates in fates(count) {
      for added in 0...2 {
        var edit = JSONObjectEdit(root, in: text.span)
        var expected: [(String, Int)] = []
        for (index, fate) in fates.enumerated() {
          if fate == .removed { edit.remove(at: index) }
          if fate == .replaced { edit.replace(at: index, with: utf8("\(index + 100)")) }
          if fate != .removed {
            expected.append(("m\(index)", fate == .kept ? index : index + 100))
          }
        }
        for index in 0..<added {
          edit.add("new\(index)", utf8("\(index)"))
          expected.append(("new\(index)", index))
        }
        var edits = JSONEdits()
        edit.apply(to: &edits)
        #expect(edits.isEmpty == (added == 0 && fates.allSatisfy { $0 == .kept }))
        let edited = edits.rope(over: text.count).bytes(of: text.span)
        let members = try JSONText.index(edited.span).members
        #expect(members.map { $0.name(in: edited.span) } == expected.map(\.0), "\(edited.text)")
        #expect(members.map { $0.value.integer(in: edited.span) } == expected.map(\.1))
      }
    }
  }

  @Test func `not a byte changes between members that stay neighbours`() throws {
    let text = utf8("{ \"a\" :1 ,\t\"b\":2\n, \"c\": 3 ,\"d\":4 }")
    var edit = JSONObjectEdit(try JSONText.validate(text.span), in: text.span)
    edit.remove(at: 1)
    edit.add("e", utf8("5"))
    var edits = JSONEdits()
    edit.apply(to: &edits)
    #expect(
      edits.rope(over: text.count).bytes(of: text.span).text
        == "{ \"a\" :1\n, \"c\": 3 ,\"d\":4,\"e\":5 }")
  }

  @Test func `the last of several changes to a member stands`() throws {
    let text = utf8(#"{"a":1,"b":2}"#)
    var edit = JSONObjectEdit(try JSONText.validate(text.span), in: text.span)
    edit.replace(at: 0, with: utf8("7"))
    edit.remove(at: 0)
    edit.remove(at: 1)
    edit.replace(at: 1, with: utf8("8"))
    var edits = JSONEdits()
    edit.apply(to: &edits)
    #expect(edits.rope(over: text.count).bytes(of: text.span).text == #"{"b":8}"#)
  }

  @Test func `an added name is escaped`() throws {
    let text = utf8("{}")
    var edit = JSONObjectEdit(try JSONText.validate(text.span), in: text.span)
    edit.add("a\"\n", utf8("1"))
    var edits = JSONEdits()
    edit.apply(to: &edits)
    #expect(edits.rope(over: text.count).bytes(of: text.span).text == #"{"a\"\n":1}"#)
  }

  @Test func `edits inside a removed member go with it`() throws {
    let text = utf8(#"{"a":{"x":1,"y":2},"b":{"x":1,"y":2},"c":{"x":1}}"#)
    let root = try JSONText.validate(text.span)
    var edits = JSONEdits()
    var outer = JSONObjectEdit(root, in: text.span)
    for member in outer.members {
      var inner = JSONObjectEdit(member.value, in: text.span)
      inner.remove(at: 0)
      inner.add("z", utf8("3"))
      inner.apply(to: &edits)
    }
    outer.remove(at: 0)
    outer.remove(at: 2)
    outer.apply(to: &edits)
    #expect(edits.rope(over: text.count).bytes(of: text.span).text == #"{"b":{"y":2,"z":3}}"#)
  }
}

@Suite struct `The items of an array are edited and its commas are right` {
  @Test(arguments: Spacing.all, 0...4)
  private func `for every choice of removed, replaced and inserted items`(
    _ spacing: Spacing, _ count: Int
  ) throws {
    let text = spacing.text("[", (0..<count).map { "\($0)" }, "]")
    let root = try JSONText.validate(text.span)
    for fates in fates(count) {
      // One bit for each gap says whether an item comes into it.
      for gaps in 0..<1 << (count + 1) {
        var edit = JSONArrayEdit(root, in: text.span)
        var expected: [Int] = []
        for index in 0...count {
          if gaps >> index & 1 == 1 {
            edit.insert(utf8("\(index + 200)"), before: index)
            expected.append(index + 200)
          }
          guard index < count else { continue }
          if fates[index] == .removed { edit.remove(at: index) }
          if fates[index] == .replaced {
            edit.replace(at: index, with: utf8("\(index + 100)"))
          }
          if fates[index] != .removed {
            expected.append(fates[index] == .kept ? index : index + 100)
          }
        }
        var edits = JSONEdits()
        edit.apply(to: &edits)
        let edited = edits.rope(over: text.count).bytes(of: text.span)
        let array = try JSONText.validate(edited.span)
        let items = JSONArrayEdit(array, in: edited.span).items
        #expect(items.map { $0.integer(in: edited.span) } == expected, "\(edited.text)")
      }
    }
  }

  @Test func `items at one place keep their order`() throws {
    let text = utf8("[1,2]")
    var edit = JSONArrayEdit(try JSONText.validate(text.span), in: text.span)
    edit.append(utf8("5"))
    edit.insert(utf8("3"), before: 1)
    edit.insert(utf8("4"), before: 1)
    edit.append(utf8("6"))
    var edits = JSONEdits()
    edit.apply(to: &edits)
    #expect(edits.rope(over: text.count).bytes(of: text.span).text == "[1,3,4,2,5,6]")
  }
}

@Suite struct `An edit is what the same edit of a tree is` {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `on agent histories, items and members alike`(_ seed: UInt64) throws {
    let text = AgentHistory.body(byteCount: 20_000, seed: seed)
    let index = try JSONText.index(text.span)
    var tree = try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    var input = try #require(tree["input"] as? [[String: Any]])
    var edits = JSONEdits()
    var root = JSONObjectEdit(index.root, members: index.members)
    root.add("store_\(seed)", utf8("true"))
    root.apply(to: &edits)
    tree["store_\(seed)"] = true
    let found = index.root.member("input", in: text.span)
    var array = JSONArrayEdit(try #require(found), in: text.span)
    var random = SeededGenerator(seed: seed)
    for position in array.items.indices.reversed() {
      edit(array.items[position], &input[position], in: text, &edits, &random)
      guard Int.random(in: 0..<4, using: &random) == 0 else { continue }
      array.remove(at: position)
      input.remove(at: position)
    }
    array.apply(to: &edits)
    tree["input"] = input
    let edited = edits.rope(over: text.count).bytes(of: text.span)
    let expected = try canonical(tree)
    #expect(try canonical(JSONSerialization.jsonObject(with: Data(edited))) == expected)
    #expect(try canonical(JSONText.validate(edited.span).tree(in: edited.span)) == expected)
  }

  private func edit(
    _ item: JSONValue, _ tree: inout [String: Any], in text: [UInt8], _ edits: inout JSONEdits,
    _ random: inout SeededGenerator
  ) {
    var object = JSONObjectEdit(item, in: text.span)
    for (index, member) in object.members.enumerated() {
      let name = member.name(in: text.span)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        object.remove(at: index)
        tree[name] = nil
      case 1:
        object.replace(at: index, with: JSONEscape.literal("new \"\(name)\""))
        tree[name] = "new \"\(name)\""
      default: break
      }
    }
    object.add("added", utf8("[]"))
    tree["added"] = [Any]()
    object.apply(to: &edits)
  }
}
