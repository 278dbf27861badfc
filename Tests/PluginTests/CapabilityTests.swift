import Testing
import TransportSDK

/// What a person declares of a model in `providers.yaml`; no list of model names is kept anywhere.
@Suite struct `A capability of a target` {
  static let declared: [(String, String, String, [String])] = [
    (
      #"{"temperature":1}"#, #"{"temperature":false}"#, "{}",
      ["unsupported-param remove /temperature"]
    ),
    (#"{"top_p":1}"#, #"{"top_p":false}"#, "{}", ["unsupported-param remove /top_p"]),
    (
      #"{"top_logprobs":1}"#, #"{"top_logprobs":false}"#, "{}",
      ["unsupported-param remove /top_logprobs"]
    ),
    (
      #"{"text":{"verbosity":"low","format":{}}}"#, #"{"text.verbosity":false}"#,
      #"{"text":{"format":{}}}"#, ["unsupported-param remove /text/verbosity"]
    ),
    (
      #"{"safety_identifier":"x","a":1}"#, #"{"safety_identifier":false}"#, #"{"a":1}"#,
      ["unsupported-param remove /safety_identifier"]
    ),
    (
      #"{"prompt_cache_options":{}}"#, #"{"prompt_cache_options":false}"#, "{}",
      ["unsupported-param remove /prompt_cache_options"]
    ),
    (
      #"{"service_tier":"flex"}"#, #"{"service_tier":false}"#, "{}",
      ["unsupported-param remove /service_tier"]
    ),
    (
      #"{"truncation":"auto"}"#, #"{"truncation":false}"#, "{}",
      ["unsupported-param remove /truncation"]
    ),
    (
      #"{"include":["a","reasoning.encrypted_content"]}"#, #"{"encrypted_reasoning":false}"#,
      #"{"include":["a"]}"#, ["unsupported-param remove /include/1"]
    ),
    (
      #"{"input":[{"type":"message","phase":"p","role":"assistant","content":[]}]}"#,
      #"{"phase":false}"#, #"{"input":[{"type":"message","role":"assistant","content":[]}]}"#,
      ["unsupported-param remove /input/0/phase"]
    ),
    (
      #"{"reasoning":{"effort":"xhigh"}}"#, #"{"reasoning.effort":"high"}"#,
      #"{"reasoning":{"effort":"high"}}"#, ["unsupported-param replace /reasoning/effort"]
    ),
    (
      #"{"reasoning":{"effort":"low"},"a":1}"#, #"{"reasoning.effort":false}"#, #"{"a":1}"#,
      ["unsupported-param remove /reasoning"]
    ),
  ]

  @Test(arguments: Plugin.allCases, declared)
  func `decides what is sent (Q23, Q26, Q27, Q28, Q29, Q30, Q33, Q44)`(
    plugin: Plugin, row: (from: String, capabilities: String, to: String, edits: [String])
  ) {
    let sent = Prepared(row.from, by: plugin, capabilities: row.capabilities)
    #expect(sent.body == row.to)
    #expect(sent.edits == row.edits)
    #expect(Prepared(row.from, by: plugin).body == row.from, "undeclared, it is sent as it is")
    let passed = Prepared(
      row.from, by: plugin, unsupported: .pass, capabilities: row.capabilities)
    #expect(passed.body == row.from)
    let again = Prepared(sent.body, by: plugin, capabilities: row.capabilities)
    #expect(again.edits.isEmpty)
  }

  static let refused: [(String, String, String)] = [
    (#"{"text":{"verbosity":"low"}}"#, #"{"text.verbosity":false}"#, "/text/verbosity"),
    (#"{"reasoning":{"effort":"max"}}"#, #"{"reasoning.effort":"low"}"#, "/reasoning/effort"),
    (
      #"{"input":[{"role":"user"},{"type":"reasoning","summary":[],"encrypted_content":"b"}]}"#,
      #"{"reasoning_replay":false}"#, "/input/1"
    ),
  ]

  @Test(arguments: Plugin.allCases, refused)
  func `refuses with its place where params.unsupported is error`(
    plugin: Plugin, row: (from: String, capabilities: String, pointer: String)
  ) {
    let sent = Prepared(row.from, by: plugin, unsupported: .error, capabilities: row.capabilities)
    #expect(
      sent.failure?.hasPrefix("requestInvalid \(row.pointer) ") == true, "\(sent.failure ?? "")")
  }

  @Test(arguments: ["none", "minimal", "low", "medium", "high", "unheard-of"])
  func `never raises an effort (Q27)`(effort: String) {
    let text = #"{"reasoning":{"effort":"\#(effort)"}}"#
    let sent = Prepared(text, by: .openai, capabilities: #"{"reasoning.effort":"high"}"#)
    #expect(sent.body == text)
  }

  @Test(arguments: Plugin.allCases)
  func `switches the encrypted include off for a target that reasons (Q17)`(plugin: Plugin) {
    let sent = Prepared(
      #"{"reasoning":{"effort":"low"}}"#, by: plugin,
      capabilities: #"{"reasoning":true,"encrypted_reasoning":false}"#)
    #expect(sent.body == #"{"reasoning":{"effort":"low"}}"#)
  }

  @Test(arguments: Plugin.allCases)
  func `switches replayed reasoning off, wholly or but for the newest turn (Q13, Q14)`(
    plugin: Plugin
  ) {
    let user = #"{"type":"message","role":"user","content":[]}"#
    let call = #"{"type":"function_call","call_id":"c","name":"f","arguments":""}"#
    let output = #"{"type":"function_call_output","call_id":"c","output":""}"#
    func sealed(_ blob: String) -> String {
      #"{"type":"reasoning","id":"rs_\#(blob)","summary":[],"encrypted_content":"\#(blob)"}"#
    }
    func body(_ items: String...) -> String { #"{"input":[\#(items.joined(separator: ","))]}"# }
    let from = body(user, sealed("a"), call, output, sealed("b"), call, output)
    let none = Prepared(from, by: plugin, capabilities: #"{"reasoning_replay":false}"#)
    #expect(none.body == body(user, call, output, call, output))
    #expect(
      none.edits == ["unsupported-param remove /input/1", "unsupported-param remove /input/4"])
    let newest = Prepared(from, by: plugin, capabilities: #"{"reasoning_replay":"newest"}"#)
    #expect(newest.body == body(user, call, output, sealed("b"), call, output))
    #expect(Prepared(from, by: plugin).body == from, "by default all of it is sent")
  }
}
