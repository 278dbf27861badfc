import Testing
import TransportSDK

private let user = #"{"type":"message","role":"user","content":[]}"#
private let call = #"{"type":"function_call","call_id":"c1","name":"f","arguments":""}"#
private let output = #"{"type":"function_call_output","call_id":"c1","output":""}"#
private let text = #"{"type":"message","role":"assistant","content":[]}"#
private let bare = #"{"type":"reasoning","id":"rs_0","summary":[]}"#

private func sealed(_ number: Int) -> String {
  #"{"type":"reasoning","id":"rs_\#(number)","summary":[],"encrypted_content":"blob\#(number)"}"#
}

private func body(_ items: [String], _ rest: String = "") -> String {
  #"{"input":[\#(items.joined(separator: ","))]\#(rest)}"#
}

private let chained = #","previous_response_id":"resp_1""#

@Suite struct `An amendment about reasoning` {
  private static let conflict = wrapped(
    "invalid_value", "Conflicting authenticated continuation identities.")
  private static let foreign = wrapped("invalid_encrypted_content", "could not be verified")

  @Test(arguments: Plugin.allCases)
  func `keeps that of the newest turn, and where that is refused too none (Q13)`(
    plugin: Plugin
  ) throws {
    let items = [user, sealed(1), call, output, sealed(2), sealed(3), text, user]
    let sent = Prepared(body(items), by: plugin)
    #expect(sent.edits.isEmpty)
    let first = try classify(400, Self.conflict, by: plugin, notes: sent.notes)
    #expect(first.code == .stateLost)
    #expect(first.amendment == "newest-reasoning")
    #expect(first.isLasting)

    let newest = Prepared(body(items), by: plugin, amendments: [first.amendment])
    #expect(newest.body == body([user, call, output, sealed(2), sealed(3), text, user]))
    #expect(newest.edits == ["newest-reasoning remove /input/1"])
    let second = try classify(400, Self.conflict, by: plugin, notes: newest.notes)
    #expect(second.amendment.hasPrefix("drop-reasoning:"))
    #expect(second.isLasting)

    let none = Prepared(body(items), by: plugin, amendments: [first.amendment, second.amendment])
    #expect(none.body == body([user, call, output, text, user]))
    #expect(try classify(400, Self.conflict, by: plugin, notes: none.notes).amendment.isEmpty)
  }

  @Test(arguments: Plugin.allCases)
  func `keeps compaction, and everything of a request with one turn (Q13)`(plugin: Plugin) throws {
    let compaction = #"{"type":"compaction","id":"cmp_1","encrypted_content":"x"}"#
    let items = [compaction, user, sealed(1), call, output]
    let sent = Prepared(body(items), by: plugin)
    let failure = try classify(400, Self.conflict, by: plugin, notes: sent.notes)
    #expect(failure.amendment.hasPrefix("drop-reasoning:"))
    let same = Prepared(body(items), by: plugin, amendments: ["newest-reasoning"])
    #expect(same.body == body(items))
    let dropped = Prepared(body(items), by: plugin, amendments: [failure.amendment])
    #expect(dropped.body == body([compaction, user, call, output]))
  }

  @Test(arguments: Plugin.allCases)
  func `drops what cannot be opened, and nothing of another conversation (Q19)`(
    plugin: Plugin
  ) throws {
    let items = [user, sealed(1), text, user, sealed(2), text, user]
    let sent = Prepared(body(items), by: plugin)
    let failure = try classify(400, Self.foreign, by: plugin, notes: sent.notes)
    #expect(failure.isLasting)
    let amended = Prepared(body(items), by: plugin, amendments: [failure.amendment])
    #expect(amended.body == body([user, text, user, text, user]))
    #expect(
      amended.edits == ["foreign-reasoning remove /input/1", "foreign-reasoning remove /input/4"])

    // The conversation goes on with reasoning that is the upstream's own.
    let grown = Prepared(
      body(items + [sealed(3), text, user]), by: plugin, amendments: [failure.amendment])
    #expect(grown.body == body([user, text, user, text, user, sealed(3), text, user]))

    let other = body([user, sealed(8), text, user, sealed(9), text, user])
    #expect(Prepared(other, by: plugin, amendments: [failure.amendment]).body == other)
    #expect(Prepared(other, by: plugin, amendments: [failure.amendment]).edits.isEmpty)
  }

  @Test func `names a blob by its end, however long the blob is`() throws {
    func sent(_ blob: String) -> String? {
      let item = #"{"type":"reasoning","summary":[],"encrypted_content":"\#(blob)"}"#
      return Prepared(body([user, item, text, user]), by: .azureFoundry).notes
        .first { $0.hasPrefix("drop-reasoning:") }
    }
    let end = String(repeating: "z", count: 32)
    #expect(sent("a" + end) == sent("bb" + end))
    #expect(sent("a" + end) != sent("a" + end.dropLast() + "y"))
    // FNV-1a of "a", from the reference vectors.
    #expect(sent("a") == "drop-reasoning:af63dc4c8601ec8c")
  }

  @Test(arguments: Plugin.allCases)
  func `takes the ids with it that ask for the reasoning (Q12)`(plugin: Plugin) throws {
    let owned = #"{"id":"fc_1","type":"function_call","call_id":"c1","name":"f","arguments":""}"#
    let before = #"{"id":"msg_1","type":"message","role":"assistant","content":[]}"#
    let items = [user, before, user, sealed(1), owned, output]
    let sent = Prepared(body(items), by: plugin)
    let failure = try classify(400, Self.foreign, by: plugin, notes: sent.notes)
    let amended = Prepared(body(items), by: plugin, amendments: [failure.amendment])
    #expect(!amended.body.contains("fc_1"))
    #expect(amended.body.contains("msg_1") == (plugin == .openai), "another turn's id stays")
  }

  @Test(arguments: Plugin.allCases)
  func `is not offered where there is none (Q19)`(plugin: Plugin) throws {
    let sent = Prepared(body([user, text, user]), by: plugin)
    #expect(sent.notes.isEmpty)
    #expect(try classify(400, Self.foreign, by: plugin, notes: sent.notes).amendment.isEmpty)
  }
}

@Suite struct `An inline replay (E.2, E.4)` {
  private static let lost = wrapped(nil, "Item with id 'rs_0' not found.")

  @Test(arguments: Plugin.allCases)
  func `leaves nothing to look up (Q05, Q10)`(plugin: Plugin) throws {
    let items = [
      user, bare, #"{"id":"fc_1","type":"function_call","call_id":"c1","name":"f","arguments":""}"#,
      output, sealed(1), text, user,
    ]
    let sent = Prepared(body(items), by: plugin)
    let failure = try classify(400, Self.lost, by: plugin, notes: sent.notes)
    #expect(failure.amendment == "inline-replay")
    #expect(failure.stateID == "rs_0")
    let amended = Prepared(body(items), by: plugin, amendments: [failure.amendment])
    #expect(amended.body == body([user, call, output, sealed(1), text, user]))
    #expect(
      amended.edits == [
        "inline-replay remove /input/1",
        "\(plugin == .openai ? "inline-replay" : "replayed-id") remove /input/2/id",
      ])
    #expect(amended.warnings.isEmpty)
    #expect(try classify(400, Self.lost, by: plugin, notes: amended.notes).amendment.isEmpty)
  }

  @Test(arguments: Plugin.allCases)
  func `puts the transcript in the place of the chain (Q15, Q39)`(plugin: Plugin) throws {
    let items = [user, call, output]
    let refusal = wrapped("previous_response_not_found", "Previous response … not found.")
    let sent = Prepared(body(items, chained), by: plugin)
    #expect(sent.body == body(items, chained))
    let failure = try classify(400, refusal, by: plugin, notes: sent.notes)
    #expect(failure.amendment == "inline-replay")
    #expect(failure.stateID == "resp_1")
    let amended = Prepared(body(items, chained), by: plugin, amendments: [failure.amendment])
    #expect(amended.body == body(items))
    #expect(amended.edits == ["inline-replay remove /previous_response_id"])
    #expect(!amended.notes.contains("inline-replay"))
  }

  /// Inputs that do not tell the conversation by themselves.
  static let partial: [[String]] = [
    [user], [output], [text, user], [user, call, output.replacing("c1", with: "c2")],
    [user, output, call], [user, text, #"{"type":"item_reference","id":"msg_1"}"#], [],
    [user, text, #"{"type":"computer_call_output","call_id":"c9","output":{}}"#],
  ]

  @Test(arguments: Plugin.allCases, partial)
  func `leaves a chained request alone that does not carry the transcript`(
    plugin: Plugin, items: [String]
  ) {
    let sent = Prepared(body(items, chained), by: plugin)
    #expect(!sent.notes.contains("inline-replay"))
    let amended = Prepared(body(items, chained), by: plugin, amendments: ["inline-replay"])
    #expect(amended.body == sent.body)
    #expect(amended.edits == sent.edits)
  }

  @Test(arguments: Plugin.allCases)
  func `does not promise what a reference forbids (Q06, Q07)`(plugin: Plugin) {
    let items = [user, bare, #"{"type":"item_reference","id":"msg_1"}"#, user]
    #expect(!Prepared(body(items), by: plugin).notes.contains("inline-replay"))
    let amended = Prepared(body(items), by: plugin, amendments: ["inline-replay"])
    #expect(amended.body.contains(#"{"type":"item_reference","id":"msg_1"}"#))
  }

  static let orphans: [([String], [String])] = [
    ([user, sealed(1), user], [user, user]),
    ([user, sealed(1), text, user, sealed(2)], [user, sealed(1), text, user]),
    ([user, sealed(1), sealed(2), user], [user, user]),
    ([user, call, sealed(1), output], [user, call, output]),
  ]

  @Test(arguments: Plugin.allCases, orphans)
  func `drops reasoning that nothing of its turn follows (Q11)`(
    plugin: Plugin, row: (from: [String], to: [String])
  ) throws {
    let refusal = wrapped(
      nil, "Item 'rs_1' of type 'reasoning' was provided without its required following item.")
    let sent = Prepared(body(row.from), by: plugin)
    let failure = try classify(400, refusal, by: plugin, notes: sent.notes)
    #expect(failure.code == .stateLost)
    #expect(failure.amendment == "inline-replay")
    let amended = Prepared(body(row.from), by: plugin, amendments: [failure.amendment])
    #expect(amended.body == body(row.to))
  }

  @Test(arguments: Plugin.allCases)
  func `is followed by dropping all reasoning where it changes nothing (Q11)`(
    plugin: Plugin
  ) throws {
    let refusal = wrapped(nil, "Item 'rs_1' was provided without its required following item.")
    let sent = Prepared(body([user, sealed(1), text, user]), by: plugin)
    let failure = try classify(400, refusal, by: plugin, notes: sent.notes)
    #expect(failure.amendment.hasPrefix("drop-reasoning:"))
  }
}

@Suite struct `An amendment about duplicates (Q15)` {
  private static let refusal = wrapped(nil, "Duplicate item found with id rs_1.")

  @Test(arguments: Plugin.allCases)
  func `drops what the chain stands for, and sends what is new`(plugin: Plugin) throws {
    let items = [user, sealed(1), call, output, user]
    let sent = Prepared(body(items, chained), by: plugin)
    let failure = try classify(400, Self.refusal, by: plugin, notes: sent.notes)
    #expect(failure.code == .requestInvalid)
    #expect(failure.amendment == "drop-duplicates")
    #expect(!failure.isLasting)
    let amended = Prepared(body(items, chained), by: plugin, amendments: [failure.amendment])
    #expect(amended.body == body([output, user], chained))
    #expect(amended.edits == (0...2).map { "duplicate-items remove /input/\($0)" })
    #expect(try classify(400, Self.refusal, by: plugin, notes: amended.notes).amendment.isEmpty)
  }

  @Test(arguments: Plugin.allCases, [[user, text], [user], []])
  func `is not offered where nothing new would be left, or nothing is old`(
    plugin: Plugin, items: [String]
  ) {
    #expect(!Prepared(body(items, chained), by: plugin).notes.contains("drop-duplicates"))
    let amended = Prepared(body(items, chained), by: plugin, amendments: ["drop-duplicates"])
    #expect(amended.body == body(items, chained))
  }

  @Test(arguments: Plugin.allCases)
  func `is not offered without a chain`(plugin: Plugin) {
    #expect(!Prepared(body([user, text, user]), by: plugin).notes.contains("drop-duplicates"))
    let same = Prepared(body([user, text, user]), by: plugin, amendments: ["drop-duplicates"])
    #expect(same.edits.isEmpty)
  }
}
