import Testing
import TransportSDK

@Suite struct `The rules about items` {
  /// Q01 (an item of a role has a type); Q06 and Q07 (a reference is left as it is, its id with it).
  static let types: [RuleRow] = [
    .init(
      #"{"role":"user","content":[]}"#, to: #"{"type":"message","role":"user","content":[]}"#,
      "message-type add /input/0/type"),
    .init(
      #"{ "role":"developer","content":[]}"#,
      to: #"{"type":"message", "role":"developer","content":[]}"#,
      "message-type add /input/0/type"),
    .init(
      #"{"type":"","role":"user","content":[]}"#,
      to: #"{"type":"message","role":"user","content":[]}"#, "message-type replace /input/0/type"),
    .init(
      #"{"type":null,"role":"user","content":[]}"#,
      to: #"{"type":"message","role":"user","content":[]}"#, "message-type replace /input/0/type"),
    .init(
      #"{"\u0072ole":"user","content":[]}"#,
      to: #"{"type":"message","\u0072ole":"user","content":[]}"#, "message-type add /input/0/type"),
    .init(
      #"{"id":"msg_1"}"#, to: #"{"type":"item_reference","id":"msg_1"}"#,
      "message-type add /input/0/type"),
    .init(#"{"type":"item_reference","id":"msg_1"}"#),
    .init(#"{"type":"message","role":"user","content":[]}"#),
    .init(#"{"ty\u0070e":"message","role":"user","content":[]}"#),
    .init(#"{"type":"web_search_call","id":"ws_1","status":"completed"}"#),
    .init(#"{"type":"local_shell_call_output","id":"x","output":""}"#),
    .init(#"{"type":7,"role":"user"}"#),
  ]

  /// Q02 (a list of parts), Q03 (of the kind that the role takes), Q04 (annotations on the assistant's).
  static let contents: [RuleRow] = [
    .init(
      #"{"type":"message","role":"user","content":"hi \"x\""}"#,
      to: #"{"type":"message","role":"user","content":[{"type":"input_text","text":"hi \"x\""}]}"#,
      "content-parts replace /input/0/content"),
    .init(
      #"{"type":"message","content":"","role":"system"}"#,
      to: #"{"type":"message","content":[{"type":"input_text","text":""}],"role":"system"}"#,
      "content-parts replace /input/0/content"),
    .init(
      #"{"content":"yes","role":"assistant","type":"message"}"#,
      to:
        #"{"content":[{"type":"output_text","text":"yes","annotations":[]}],"role":"assistant","type":"message"}"#,
      "content-parts replace /input/0/content"),
    .init(
      #"{"type":"message","role":"assistant","content":[{"type":"output_text"}],"content":[{"type":"output_text","text":"b"}]}"#,
      to:
        #"{"type":"message","role":"assistant","content":[{"type":"output_text"}],"content":[{"annotations":[],"type":"output_text","text":"b"}]}"#,
      "assistant-annotations add /input/0/content/0/annotations"),
    .init(
      #"{"type":"message","role":"assistant","content":[{"type":"output_text"}],"content":"b"}"#,
      to:
        #"{"type":"message","role":"assistant","content":[{"type":"output_text"}],"content":[{"type":"output_text","text":"b","annotations":[]}]}"#,
      "content-parts replace /input/0/content"),
    .init(#"{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}"#),
    .init(#"{"type":"message","role":"user","content":null}"#),
    .init(
      #"{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"},{"type":"refusal","refusal":"no"},{"text":"b","type":"output_text"}]}"#,
      to:
        #"{"type":"message","role":"assistant","content":[{"annotations":[],"type":"output_text","text":"a"},{"type":"refusal","refusal":"no"},{"annotations":[],"text":"b","type":"output_text"}]}"#,
      "assistant-annotations add /input/0/content/0/annotations",
      "assistant-annotations add /input/0/content/2/annotations"),
    .init(
      #"{"content":[{"type":"output_text","text":"a"}],"role":"assistant","type":"message"}"#,
      to:
        #"{"content":[{"annotations":[],"type":"output_text","text":"a"}],"role":"assistant","type":"message"}"#,
      "assistant-annotations add /input/0/content/0/annotations"),
    .init(
      #"{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a","annotations":null}]}"#,
      to:
        #"{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a","annotations":[]}]}"#,
      "assistant-annotations replace /input/0/content/0/annotations"),
    .init(
      #"{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a","annotations":[]}]}"#
    ),
    .init(#"{"type":"message","role":"user","content":[{"type":"output_text","text":"a"}]}"#),
    .init(#"{"type":"message","role":"assistant","content":["a",1]}"#),
    .init(
      #"{"role":"user","content":"hi"}"#,
      to: #"{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}"#,
      "message-type add /input/0/type", "content-parts replace /input/0/content"),
  ]

  /// Q05: an id would be looked up.
  static let replays: [RuleRow] = [
    .init(
      #"{"id":"fc_1","type":"function_call","status":"completed","call_id":"c","name":"f","arguments":"{}"}"#,
      to: #"{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}"#,
      "replayed-id remove /input/0/id", "replayed-status remove /input/0/status"),
    .init(
      #"{"type":"function_call_output","call_id":"c","status":"completed","output":"x"}"#,
      to: #"{"type":"function_call_output","call_id":"c","output":"x"}"#,
      "replayed-status remove /input/0/status"),
    .init(
      #"{"type":"custom_tool_call","call_id":"c","id":"ctc_1"}"#,
      to: #"{"type":"custom_tool_call","call_id":"c"}"#, "replayed-id remove /input/0/id"),
    .init(
      #"{"type":"custom_tool_call_output","id":null , "call_id":"c"}"#,
      to: #"{"type":"custom_tool_call_output" , "call_id":"c"}"#, "replayed-id remove /input/0/id"),
    .init(
      #"{"id":"msg_1","status":"completed","type":"message","role":"assistant","content":[]}"#,
      to: #"{"type":"message","role":"assistant","content":[]}"#,
      "replayed-id remove /input/0/id", "replayed-status remove /input/0/status"),
    .init(
      #"{ "id" : "a" , "i\u0064":"b", "type":"message","role":"user","content":[], "id":"c" }"#,
      to: #"{ "type":"message","role":"user","content":[] }"#,
      "replayed-id remove /input/0/id", "replayed-id remove /input/0/id",
      "replayed-id remove /input/0/id"),
    .init(
      #"{"id":"m","role":"user","content":[]}"#,
      to: #"{"type":"message","role":"user","content":[]}"#,
      "message-type add /input/0/type", "replayed-id remove /input/0/id"),
    .init(#"{"type":"computer_call","id":"cu_1","status":"completed","call_id":"c"}"#),
    .init(#"{"type":"compaction","id":"cmp_1","encrypted_content":"x"}"#),
  ]

  /// Q08 (reasoning with its blob keeps its id), Q09 (and nothing beyond what is taken).
  static let reasonings: [RuleRow] = [
    .init(
      #"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"blob","status":"completed","content":null,"response_id":"r"}"#,
      to: #"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"blob"}"#,
      "reasoning-fields remove /input/0/status", "reasoning-fields remove /input/0/content",
      "reasoning-fields remove /input/0/response_id"),
    .init(
      #"{"status":null,"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"blob"}"#,
      to: #"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"blob"}"#,
      "reasoning-fields remove /input/0/status"),
    .init(#"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"blob"}"#),
  ]

  @Test(arguments: Plugin.strict, types + contents + replays + reasonings)
  func `edit what they are about and leave every other byte (Q01 to Q09)`(
    plugin: Plugin, row: RuleRow
  ) {
    let prepared = Prepared(body(row.from), by: plugin)
    #expect(prepared.body == body(row.to))
    #expect(prepared.edits == row.edits)
    #expect(prepared.failure == nil)
    #expect(prepared.warnings.isEmpty)
  }

  @Test(arguments: types + contents + replays + reasonings)
  func `do not exist for openai`(row: RuleRow) {
    let prepared = Prepared(body(row.from), by: .openai)
    #expect(prepared.body == body(row.from))
    #expect(prepared.edits.isEmpty)
  }

  static let untyped = [
    #"{"content":"x"}"#, #"{"id":"a","output":"b"}"#, #"{"call_id":"c"}"#, "{}", #""text""#, "7",
    "null",
    #"{"type":null,"output":""}"#, #"{"id":7}"#,
  ]

  @Test(arguments: Plugin.strict, untyped)
  func `refuse an item that can be of no type`(plugin: Plugin, item: String) {
    let prepared = Prepared(body(#"{"type":"item_reference","id":"a"},"# + item), by: plugin)
    #expect(
      prepared.failure?.hasPrefix("requestInvalid /input/1 ") == true, "\(prepared.failure ?? "")")
    #expect(Prepared(body(item), by: .openai).failure == nil)
  }

  @Test(arguments: Plugin.allCases)
  func `shorten long call ids alike on call and output (Q20)`(plugin: Plugin) {
    let items = [
      #"{"type":"function_call","call_id":"\#(longID)","name":"f","arguments":""}"#,
      #"{"type":"function_call_output","call_id":"\#(longID)","output":""}"#,
      #"{"type":"computer_call_output","call_id":"\#(longID)","output":{}}"#,
    ].joined(separator: ",")
    let prepared = Prepared(body(items), by: plugin)
    let parts = prepared.body.split(separator: #""call_id":""#).dropFirst()
      .compactMap { $0.split(separator: "\"").first }
    #expect(parts.count == 3)
    #expect(Set(parts).count == 1)
    #expect(parts.allSatisfy { $0.count == 48 && $0.hasPrefix("call_") })
    #expect(
      prepared.edits == (0...2).map { "call-id-length replace /input/\($0)/call_id" })
  }

  @Test(arguments: Plugin.allCases)
  func `keep call ids of 64 characters, however many bytes they have`(plugin: Plugin) {
    for id in [String(repeating: "a", count: 64), String(repeating: "é", count: 64), ""] {
      let text = body(#"{"type":"function_call","call_id":"\#(id)","name":"f","arguments":""}"#)
      #expect(Prepared(text, by: plugin).edits.isEmpty)
    }
    let escaped = String(repeating: #"\u0061"#, count: 64)
    let text = body(#"{"type":"function_call","call_id":"\#(escaped)","name":"f","arguments":""}"#)
    #expect(Prepared(text, by: plugin).edits.isEmpty)
    let over = body(#"{"type":"function_call","call_id":"\#(escaped)b","name":"f","arguments":""}"#)
    #expect(Prepared(over, by: plugin).edits == ["call-id-length replace /input/0/call_id"])
  }

  @Test(arguments: Plugin.allCases)
  func `leave a plain string as input alone`(plugin: Plugin) {
    let prepared = Prepared(#"{"input":"hi"}"#, by: plugin)
    #expect(prepared.body == #"{"input":"hi"}"#)
    #expect(prepared.edits.isEmpty)
  }

  @Test(arguments: Plugin.strict)
  func `see the last of duplicate inputs`(plugin: Plugin) {
    let prepared = Prepared(
      #"{"input":[{"role":"user"}],"input":[{"role":"user"}]}"#, by: plugin)
    #expect(
      prepared.body == #"{"input":[{"role":"user"}],"input":[{"type":"message","role":"user"}]}"#)
  }
}

@Suite struct `Reasoning without its blob` {
  private static let bare =
    #"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":null}"#
  private static let call =
    #"{"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":"","status":"completed"}"#
  private static let output =
    #"{"type":"function_call_output","id":"fco_1","call_id":"c","output":""}"#
  private static let text =
    #"{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"a"}]}"#
  private static let user = #"{"type":"message","role":"user","content":[]}"#

  static let drops: [(String, String, [Int])] = [
    (bare, "", [0]),
    ("\(bare),\(user)", user, [0]),
    ("\(user), \(bare)", user, [1]),
    ("\(user),\(bare) , \(user)", "\(user) , \(user)", [1]),
    ("\(bare),\(bare),\(user),\(bare),\(bare)", user, [0, 1, 3, 4]),
    ("\(bare), \(bare)", "", [0, 1]),
  ]

  @Test(arguments: Plugin.strict, drops)
  func `is dropped with store false (Q10)`(
    plugin: Plugin, row: (from: String, to: String, items: [Int])
  ) {
    let prepared = Prepared(body(row.from, #","store":false"#), by: plugin)
    #expect(prepared.body == body(row.to, #","store":false"#))
    #expect(prepared.edits == row.items.map { "reasoning-without-blob remove /input/\($0)" })
    #expect(prepared.warnings.isEmpty)
  }

  @Test(arguments: Plugin.strict)
  func `is dropped when state makes the request stateless`(plugin: Plugin) {
    let prepared = Prepared(body("\(Self.bare),\(Self.user)"), by: plugin, state: .stateless)
    #expect(prepared.edits.contains("reasoning-without-blob remove /input/0"))
    #expect(!prepared.body.contains("rs_1"))
  }

  @Test(arguments: Plugin.strict)
  func `keeps its turn with ids and warns, up to what is not the assistant's (Q11, Q12)`(
    plugin: Plugin
  ) {
    let kept = "\(Self.bare),\(Self.text),\(Self.call)"
    let prepared = Prepared(body("\(kept),\(Self.output),\(Self.call),\(Self.text)"), by: plugin)
    #expect(prepared.body.hasPrefix(#"{"input":[\#(kept),"#))
    #expect(
      prepared.edits == [
        "replayed-id remove /input/3/id", "replayed-id remove /input/4/id",
        "replayed-status remove /input/4/status", "replayed-id remove /input/5/id",
        "assistant-annotations add /input/5/content/0/annotations",
      ])
    #expect(prepared.warnings.count == 1)
    #expect(prepared.warnings.first?.contains("reasoning.encrypted_content") == true)
    #expect(prepared.warnings.first?.contains("/input/0") == true)
  }

  @Test(arguments: Plugin.strict)
  func `ends its turn before a message of another role`(plugin: Plugin) {
    let prepared = Prepared(body("\(Self.bare),\(Self.user),\(Self.text)"), by: plugin)
    #expect(
      prepared.edits == [
        "replayed-id remove /input/2/id",
        "assistant-annotations add /input/2/content/0/annotations",
      ])
  }

  @Test(arguments: Plugin.strict)
  func `warns once however many there are`(plugin: Plugin) {
    let prepared = Prepared(body("\(Self.bare),\(Self.user),\(Self.bare)"), by: plugin)
    #expect(prepared.warnings.count == 1)
  }

  @Test func `stays as it is for openai`() {
    let prepared = Prepared(body(Self.bare, #","store":false"#), by: .openai)
    #expect(prepared.edits.isEmpty)
  }
}
