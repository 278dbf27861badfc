import Testing
import TransportSDK

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
      #"{"prompt_cache_key":"\#(longID)"}"#,
      to: #"{"prompt_cache_key":"\#(shortID.dropFirst(5))"}"#,
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
  func `that hold for every upstream (Q24, Q25)`(plugin: Plugin, row: RuleRow) {
    let prepared = Prepared(row.from, by: plugin)
    #expect(prepared.body == row.to)
    #expect(prepared.edits == row.edits)
  }

  @Test(arguments: Plugin.strict, strict)
  func `that hold for resources and projects (Q22, Q36)`(plugin: Plugin, row: RuleRow) {
    let prepared = Prepared(row.from, by: plugin)
    #expect(prepared.body == row.to)
    #expect(prepared.edits == row.edits)
    #expect(Prepared(row.from, by: .openai).body == row.from)
  }

  @Test(arguments: Plugin.allCases)
  func `name the target's model, in its own case (Q38)`(plugin: Plugin) {
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
    let key = Prepared("{}", by: .openai, parameters: set("prompt_cache_key", "\"\(longID)\""))
    #expect(key.body == #"{"prompt_cache_key":"\#(shortID.dropFirst(5))"}"#)
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
  func `as sent adds nothing (Q16)`(plugin: Plugin) {
    #expect(Prepared("{}", by: plugin).body == "{}")
  }

  @Test(arguments: Plugin.allCases)
  func `stateless asks for no storage and for the reasoning (Q16, Q17)`(plugin: Plugin) {
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
  func `encrypted reasoning is asked for where the target reasons (Q17)`(
    plugin: Plugin, row: RuleRow
  ) {
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

@Suite struct `A plugin behind a gateway` {
  static let gateways: [(Plugin, String)] = [
    (.azureOpenAI, "https://apim.contoso.com/aoai/openai/v1"), (.azureOpenAI, "http://127.0.0.1:9"),
    (.azureFoundry, "https://gw.example/api/projects/p"),
  ]

  @Test(arguments: gateways)
  func `keeps every rule, since the provider entry and no host decides (Q45)`(
    plugin: Plugin, base: String
  ) {
    let text = body(
      #"{"role":"assistant","id":"msg_1","content":"a"}"#, #","prompt_cache_retention":"24h""#)
    let home = Prepared(text, by: plugin)
    let behind = Prepared(text, by: plugin, baseURL: base)
    #expect(behind.failure == nil)
    #expect(behind.body == home.body)
    #expect(behind.edits == home.edits)
    #expect(home.edits.count == 4)
  }
}
