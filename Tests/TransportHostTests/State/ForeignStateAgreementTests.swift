import AgentHistory
import JSONFuzzing
import JSONText
import Testing

@testable import TransportHost

@Suite struct `An edited request is what a plain reading of the rules makes of it` {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `random requests under random decisions`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var requests = RandomRequest(seed: seed)
    for _ in 0..<60 { try compare(requests.body(), randomDecision(using: &random)) }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `damaged requests, as far as they are JSON objects`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var requests = RandomRequest(seed: seed)
    for _ in 0..<200 {
      let body = Mutation.damage(requests.body(), using: &random)
      guard let index = try? JSONText.index(body.span), index.root.kind == .object else { continue }
      try compare(body, randomDecision(using: &random))
    }
  }

  @Test func `a long history`() throws {
    let body = AgentHistory.body(byteCount: 1 << 17, seed: 4)
    let count = try Tree(body)["input"]?.items.count ?? 0
    var decision = StateDecision()
    decision.foreignItems = Set((0..<count).filter { $0 % 3 == 0 })
    try compare(body, decision)
    decision.foreignItems = Set(0..<count)
    try compare(body, decision)
  }

  private func randomDecision(using random: inout SeededGenerator) -> StateDecision {
    var decision = StateDecision()
    decision.chain = random.pick([.asSent, .untagged("resp_2"), .untagged("raw"), .replayed])
    let share = random.pick([0, 2, 8])
    decision.foreignItems = Set(
      (0..<16).filter { _ in Int.random(in: 0..<10, using: &random) < share })
    return decision
  }

  private func compare(_ body: [UInt8], _ decision: StateDecision) throws {
    let before = try Tree(body)
    let plain = PlainRules(before, decision)
    let words = Comment(rawValue: "\(String(decoding: body, as: UTF8.self)) \(decision)")
    guard let edited = try ForeignState.edited(body, by: decision) else {
      #expect(plain.edits.isEmpty, words)
      return
    }
    #expect(Set(edited.edits.map { "\($0.rule.id) \($0.pointer)" }) == plain.edits, words)
    #expect(edited.edits.count == plain.edits.count, words)
    #expect(try Tree(edited.bytes) == plain.body, words)
    try expectVerbatim(body, edited, kept: plain.kept, untouched: plain.untouched, words)
  }

  /// What no edit is about is there byte for byte, and the map leads back to it.
  private func expectVerbatim(
    _ body: [UInt8], _ edited: EditedRequest, kept: [Int], untouched: Set<Int>, _ words: Comment
  ) throws {
    let (old, new) = (try Parts(body), try Parts(edited.bytes))
    for (place, index) in kept.enumerated() {
      #expect(edited.map.original("/input/\(place)") == "/input/\(index)", words)
      #expect(edited.map.original("/input/\(place)/a/1") == "/input/\(index)/a/1", words)
      if untouched.contains(index) { #expect(new.items[place] == old.items[index], words) }
    }
    #expect(
      edited.map.original("/input/\(kept.count)/x") == "/input/\(old.items.count)/x", words)
    #expect(new.members == old.members, words)
  }
}

/// The pieces of a request as they are written.
private struct Parts {
  var items: [ArraySlice<UInt8>] = []
  /// The top-level members but for the previous response and the input, white space around included.
  var members: [[ArraySlice<UInt8>]] = []

  init(_ body: [UInt8]) throws {
    let index = try JSONText.index(body.span)
    let inputs = index.members.filter { $0.isNamed("input", in: body.span) }
    if let input = inputs.last?.value, input.kind == .array {
      var cursor = JSONItems(of: input)
      while let item = cursor.next(in: body.span) { items.append(body[item.range]) }
    }
    for member in index.members
    where !member.isNamed("previous_response_id", in: body.span)
      && member.value.range != inputs.last?.value.range
    {
      members.append([body[member.key], body[member.value.range]])
    }
  }
}

/// The rules once more, over a tree and without haste.
private struct PlainRules {
  private(set) var body: Tree
  private(set) var edits: Set<String> = []
  private(set) var kept: [Int] = []
  private(set) var untouched: Set<Int> = []

  private let decision: StateDecision
  private let items: [Tree]

  init(_ request: Tree, _ decision: StateDecision) {
    body = request
    self.decision = decision
    items = request["input"]?.items ?? []
    if let previous = request.text("previous_response_id") { editChain(previous) }
    editItems()
  }

  private mutating func editChain(_ previous: String) {
    switch decision.chain {
    case .asSent: break
    case .untagged(let raw):
      guard raw != previous else { return }
      body = body.setting("previous_response_id", to: .string(raw))
      edits.insert("state-tag /previous_response_id")
    case .replayed:
      body = body.without("previous_response_id")
      edits.insert("replayed-chain /previous_response_id")
    }
  }

  private mutating func editItems() {
    guard case .array = body["input"] else { return }
    var new: [Tree] = []
    for (index, item) in items.enumerated() {
      if let rule = reasonToDrop(index) {
        edits.insert("\(rule) /input/\(index)")
        continue
      }
      kept.append(index)
      if let rule = reasonToStrip(index) {
        edits.insert("\(rule) /input/\(index)/id")
        new.append(item.without("id"))
      } else {
        untouched.insert(index)
        new.append(item)
      }
    }
    if new.count < items.count || untouched.count < items.count {
      body = body.setting("input", to: .array(new), lastOnly: true)
    }
  }

  private func reasonToDrop(_ index: Int) -> String? {
    let item = items[index]
    let isForeign = decision.foreignItems.contains(index)
    if item.isReference { return nil }
    if isForeign, item.isReasoning || item.isSealed { return "foreign-ciphertext" }
    return item.isReasoning && !item.isSealed && losesReasoning(turnOf: index)
      ? "foreign-ciphertext" : nil
  }

  private func reasonToStrip(_ index: Int) -> String? {
    let item = items[index]
    guard item.text("id") != nil, !item.isReference, !item.isReasoning, !item.isSealed else {
      return nil
    }
    if decision.foreignItems.contains(index) { return "foreign-id" }
    return item.asksForReasoning && losesReasoning(turnOf: index) ? "foreign-ciphertext" : nil
  }

  /// Whether foreign reasoning stands between the same two items of others.
  private func losesReasoning(turnOf index: Int) -> Bool {
    let first = items[..<index].lastIndex { $0.isOfOthers }.map { $0 + 1 } ?? 0
    let last = items[index...].firstIndex { $0.isOfOthers } ?? items.count
    return (first..<max(first, last)).contains {
      decision.foreignItems.contains($0) && items[$0].isReasoning && !items[$0].isReference
    }
  }
}

extension Tree {
  /// The type, where it says anything.
  private var type: Tree? {
    switch self["type"] {
    case .string(""), .word("null"): nil
    case let type: type
    }
  }

  private var typeText: String { if case .string(let text) = type { text } else { "" } }

  fileprivate var isReasoning: Bool { typeText == "reasoning" }
  fileprivate var isSealed: Bool { text("encrypted_content") != nil }

  fileprivate var isReference: Bool {
    guard type == nil, case .object(let members) = self else { return typeText == "item_reference" }
    return text("id") != nil && members.allSatisfy { ["id", "type"].contains($0.name) }
  }

  private var isMessage: Bool { typeText == "message" || type == nil && self["role"] != nil }
  private var isAssistants: Bool { self["role"] == .string("assistant") }

  fileprivate var isOfOthers: Bool { isMessage && !isAssistants || typeText.hasSuffix("_output") }

  fileprivate var asksForReasoning: Bool {
    isMessage && isAssistants || ["function_call", "custom_tool_call"].contains(typeText)
  }
}
