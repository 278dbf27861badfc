import Testing
import TransportSDK

/// What a rule makes of an `input`; `to` nil: nothing.
struct RuleRow: CustomTestStringConvertible {
  let from: String
  let to: String
  let edits: [String]

  init(_ from: String, to: String? = nil, _ edits: String...) {
    self.from = from
    self.to = to ?? from
    self.edits = edits
  }

  var testDescription: String { from }
}

private func body(_ items: String, _ rest: String = "") -> String {
  #"{"input":[\#(items)]\#(rest)}"#
}

private let long = String(repeating: "x", count: 70)
private let short = "call_xxvRCSJ-I0NOz3H9CjRKIJE2x5rloL2itcpELWmaPNk"

@Suite struct `The rules about items` {
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
  func `edit what they are about and leave every other byte`(plugin: Plugin, row: RuleRow) {
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
  func `shorten long call ids alike on call and output`(plugin: Plugin) {
    let items = [
      #"{"type":"function_call","call_id":"\#(long)","name":"f","arguments":""}"#,
      #"{"type":"function_call_output","call_id":"\#(long)","output":""}"#,
      #"{"type":"computer_call_output","call_id":"\#(long)","output":{}}"#,
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
  func `is dropped with store false`(plugin: Plugin, row: (from: String, to: String, items: [Int]))
  {
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
  func `keeps its turn with ids and warns, up to what is not the assistant's`(plugin: Plugin) {
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

@Suite struct `The rules about fields` {
  static let everywhere: [RuleRow] = [
    .init(
      #"{"max_output_tokens":1}"#, to: #"{"max_output_tokens":16}"#,
      "min-output-tokens replace /max_output_tokens"),
    .init(
      #"{"max_output_tokens":15.0}"#, to: #"{"max_output_tokens":16}"#,
      "min-output-tokens replace /max_output_tokens"),
    .init(
      #"{"max_output_tokens":1e1}"#, to: #"{"max_output_tokens":16}"#,
      "min-output-tokens replace /max_output_tokens"),
    .init(
      #"{"max_output_tokens":-99999999999999999999}"#, to: #"{"max_output_tokens":16}"#,
      "min-output-tokens replace /max_output_tokens"),
    .init(#"{"max_output_tokens":1.6e1}"#), .init(#"{"max_output_tokens":99999999999999999999}"#),
    .init(#"{"max_output_tokens":16}"#), .init(#"{"max_output_tokens":null}"#),
    .init(#"{"max_output_tokens":"1"}"#), .init(#"{"prompt_cache_key":"k"}"#),
    .init(
      #"{"prompt_cache_key":"\#(long)"}"#,
      to: #"{"prompt_cache_key":"\#(short.dropFirst(5))"}"#,
      "cache-key-length replace /prompt_cache_key"),
    .init(#"{"tools":[{"type":"function"}],"tool_choice":"auto"}"#),
    .init(#"{"tool_choice":"auto"}"#),
  ]

  static let strict: [RuleRow] = [
    .init(
      #"{"a":1,"prompt_cache_retention":"24h"}"#, to: #"{"a":1}"#,
      "prompt-cache-retention remove /prompt_cache_retention"),
    .init(
      #"{"prompt_cache_\u0072etention":"24h","a":1,"prompt_cache_retention":null}"#,
      to: #"{"a":1}"#,
      "prompt-cache-retention remove /prompt_cache_retention",
      "prompt-cache-retention remove /prompt_cache_retention"),
    .init(
      #"{"tools":[ ],"tool_choice":"auto","a":1,"parallel_tool_calls":true}"#, to: #"{"a":1}"#,
      "empty-tools remove /tools", "empty-tools remove /tool_choice",
      "empty-tools remove /parallel_tool_calls"),
  ]

  @Test(arguments: Plugin.allCases, everywhere)
  func `that hold for every upstream`(plugin: Plugin, row: RuleRow) {
    let prepared = Prepared(row.from, by: plugin)
    #expect(prepared.body == row.to)
    #expect(prepared.edits == row.edits)
  }

  @Test(arguments: Plugin.strict, strict)
  func `that hold for resources and projects`(plugin: Plugin, row: RuleRow) {
    let prepared = Prepared(row.from, by: plugin)
    #expect(prepared.body == row.to)
    #expect(prepared.edits == row.edits)
    #expect(Prepared(row.from, by: .openai).body == row.from)
  }

  @Test(arguments: Plugin.allCases)
  func `name the target's model`(plugin: Plugin) {
    let replaced = Prepared(#"{"model":"alias"}"#, by: plugin, model: "m\"1")
    #expect(replaced.body == #"{"model":"m\"1"}"#)
    #expect(replaced.edits == ["model-name replace /model"])
    let added = Prepared(#"{"a":1}"#, by: plugin, model: "m")
    #expect(added.body == #"{"a":1,"model":"m"}"#)
    #expect(added.edits == ["model-name add /model"])
    let escaped = Prepared(#"{"model":"\u006d"}"#, by: plugin, model: "m")
    #expect(escaped.edits.isEmpty)
    #expect(Prepared(#"{"model":"alias"}"#, by: plugin).edits.isEmpty)
  }

  @Test func `obey params.unsupported where a field is known to be refused`() {
    let text = #"{"prompt_cache_retention":"24h","temperature":1}"#
    let off = #"{"temperature":false}"#
    let dropped = Prepared(text, by: .azureFoundry, capabilities: off)
    #expect(dropped.body == "{}")
    #expect(
      dropped.edits == [
        "prompt-cache-retention remove /prompt_cache_retention",
        "unsupported-param remove /temperature",
      ])
    let passed = Prepared(text, by: .azureFoundry, unsupported: .pass, capabilities: off)
    #expect(passed.body == text)
    let refused = Prepared(text, by: .azureFoundry, unsupported: .error, capabilities: off)
    #expect(refused.failure?.hasPrefix("requestInvalid /prompt_cache_retention ") == true)
    let openai = Prepared(text, by: .openai, unsupported: .error, capabilities: off)
    #expect(openai.failure?.hasPrefix("requestInvalid /temperature ") == true)
  }

  @Test(arguments: [
    "input", "model", "stream", "background", "previous_response_id", "conversation",
  ])
  func `never drop what the request's meaning hangs on`(name: String) {
    let text = #"{"\#(name)":"x"}"#
    #expect(Prepared(text, by: .openai, capabilities: #"{"\#(name)":false}"#).body == text)
  }

  @Test func `drop with the tools what chooses among them`() {
    let prepared = Prepared(
      #"{"tools":[{"type":"function"}],"tool_choice":"auto"}"#, by: .openai,
      capabilities: #"{"tools":false}"#)
    #expect(prepared.body == "{}")
    #expect(
      prepared.edits == [
        "unsupported-param remove /tools", "unsupported-param remove /tool_choice",
      ])
  }

  @Test func `warn when a dropped store was false`() {
    let prepared = Prepared(#"{"store":false}"#, by: .openai, capabilities: #"{"store":false}"#)
    #expect(prepared.edits == ["unsupported-param remove /store"])
    #expect(prepared.warnings.count == 1)
    let stored = Prepared(#"{"store":true}"#, by: .openai, capabilities: #"{"store":false}"#)
    #expect(stored.warnings.isEmpty)
  }

  @Test func `see what params set`() {
    func set(_ name: String, _ value: String) -> RequestParameters {
      RequestParameters(sets: [.init(name: name, value: Array(value.utf8))])
    }
    let tokens = Prepared("{}", by: .openai, parameters: set("max_output_tokens", "5"))
    #expect(tokens.body == #"{"max_output_tokens":16}"#)
    let key = Prepared("{}", by: .openai, parameters: set("prompt_cache_key", "\"\(long)\""))
    #expect(key.body == #"{"prompt_cache_key":"\#(short.dropFirst(5))"}"#)
    let tools = Prepared(
      #"{"tools":[{}],"tool_choice":"auto"}"#, by: .azureOpenAI, parameters: set("tools", "[]"))
    #expect(tools.body == "{}")
    let include = Prepared(
      "{}", by: .openai, state: .stateless,
      parameters: set("include", #"["message.output_text.logprobs"]"#))
    #expect(
      include.body
        == #"{"include":["message.output_text.logprobs","reasoning.encrypted_content"],"store":false}"#
    )
    let unsupported = Prepared(
      "{}", by: .openai, parameters: set("temperature", "1"),
      capabilities: #"{"temperature":false}"#)
    #expect(unsupported.body == "{}")
    #expect(
      unsupported.edits == ["param-set add /temperature", "unsupported-param remove /temperature"])
    let store = Prepared(
      body(#"{"type":"reasoning","summary":[]}"#), by: .azureOpenAI,
      parameters: set("store", "false"))
    #expect(store.edits.contains("reasoning-without-blob remove /input/0"))
  }
}

@Suite struct `State` {
  @Test(arguments: Plugin.allCases)
  func `as sent adds nothing`(plugin: Plugin) {
    #expect(Prepared("{}", by: plugin).body == "{}")
  }

  @Test(arguments: Plugin.allCases)
  func `stateless asks for no storage and for the reasoning`(plugin: Plugin) {
    let prepared = Prepared(#"{"a":1}"#, by: plugin, state: .stateless)
    #expect(prepared.body == #"{"a":1,"store":false,"include":["reasoning.encrypted_content"]}"#)
    #expect(prepared.edits == ["state-store add /store", "encrypted-include add /include"])
  }

  @Test(arguments: Plugin.allCases)
  func `stored asks for storage`(plugin: Plugin) {
    let prepared = Prepared("{}", by: plugin, state: .stored)
    #expect(prepared.body == #"{"store":true}"#)
    #expect(prepared.edits == ["state-store add /store"])
  }

  @Test func `a contrary store is sent with a warning`() {
    let stateless = Prepared(#"{"store":true}"#, by: .openai, state: .stateless)
    #expect(stateless.body.contains(#""store":true"#))
    #expect(stateless.warnings.count == 1)
    let stored = Prepared(#"{"store":false}"#, by: .openai, state: .stored)
    #expect(stored.body == #"{"store":false}"#)
    #expect(stored.warnings.count == 1)
    #expect(Prepared(#"{"store":false}"#, by: .openai, state: .stateless).warnings.isEmpty)
  }

  @Test func `previous_response_id under stateless is sent with a warning`() {
    let prepared = Prepared(
      #"{"previous_response_id":"resp_1"}"#, by: .azureOpenAI, state: .stateless)
    #expect(prepared.body.contains(#""previous_response_id":"resp_1""#))
    #expect(prepared.warnings.count == 1)
    #expect(
      Prepared(#"{"previous_response_id":null}"#, by: .openai, state: .stateless).warnings.isEmpty)
  }

  @Test func `no store is said to be sent that the target does not take`() {
    let off = #"{"store":false}"#
    let dropped = Prepared(
      #"{"store":true}"#, by: .openai, state: .stateless, capabilities: off)
    #expect(dropped.edits.first == "unsupported-param remove /store")
    #expect(dropped.warnings.count == 1)
    #expect(dropped.warnings.first?.contains("no effect") == true)
    let passed = Prepared(
      #"{"store":true}"#, by: .openai, state: .stateless, unsupported: .pass, capabilities: off)
    #expect(passed.warnings.first?.contains("is sent") == true)
  }

  @Test func `a store that says nothing is not contrary to the default`() {
    #expect(Prepared(#"{"store":null}"#, by: .openai, state: .stored).warnings.isEmpty)
    #expect(Prepared(#"{"store":null}"#, by: .openai, state: .stateless).warnings.count == 1)
  }

  @Test func `a target that takes no store gets none`() {
    let prepared = Prepared("{}", by: .openai, state: .stateless, capabilities: #"{"store":false}"#)
    #expect(!prepared.body.contains("store\""))
    #expect(prepared.warnings.count == 1)
  }

  static let includes: [RuleRow] = [
    .init(
      #"{"include":[]}"#, to: #"{"include":["reasoning.encrypted_content"]}"#,
      "encrypted-include add /include/-"),
    .init(
      #"{"include":["a"]}"#, to: #"{"include":["a","reasoning.encrypted_content"]}"#,
      "encrypted-include add /include/-"),
    .init(#"{"include":["reasoning.encrypted_\u0063ontent"]}"#),
    .init(
      #"{"include":null}"#, to: #"{"include":["reasoning.encrypted_content"]}"#,
      "encrypted-include replace /include"),
    .init(
      "{}", to: #"{"include":["reasoning.encrypted_content"]}"#, "encrypted-include add /include"),
  ]

  @Test(arguments: Plugin.allCases, includes)
  func `encrypted reasoning is asked for where the target reasons`(plugin: Plugin, row: RuleRow) {
    let prepared = Prepared(row.from, by: plugin, capabilities: #"{"reasoning":true}"#)
    #expect(prepared.body == row.to)
    #expect(prepared.edits == row.edits)
    #expect(Prepared(row.from, by: plugin).body == row.from)
  }

  @Test func `nothing is asked of a target that does not reason`() {
    let prepared = Prepared(
      #"{"store":false}"#, by: .openai, state: .stateless, capabilities: #"{"reasoning":false}"#)
    #expect(prepared.body == #"{"store":false}"#)
  }
}

@Suite struct `Operations with a body` {
  @Test(arguments: [Operation.inputTokens, .compact])
  func `other than create get the shape, and neither state nor params that add`(
    operation: Operation
  ) {
    let prepared = Prepared(
      #"{"model":"a","input":[{"role":"user","content":"hi"}],"temperature":1}"#, by: .azureOpenAI,
      state: .stateless, operation: operation, model: "d",
      parameters: RequestParameters(
        sets: [.init(name: "top_p", value: [0x31])], removes: ["temperature"]),
      capabilities: #"{"reasoning":true}"#)
    #expect(
      prepared.body
        == #"{"model":"d","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}]}"#
    )
  }
}
