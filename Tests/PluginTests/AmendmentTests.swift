import Testing
import TransportSDK

/// A request, the refusal of it, and what the amended request becomes.
struct AmendmentRow: CustomTestStringConvertible {
  let plugins: [Plugin]
  let body: String
  let status: Int
  let refusal: String
  let amendment: String
  let to: String
  let edits: [String]

  init(
    _ body: String, for plugins: [Plugin] = Plugin.allCases, refused refusal: String,
    status: Int = 400, _ amendment: String, to: String, _ edits: String...
  ) {
    self.plugins = plugins
    self.body = body
    self.status = status
    self.refusal = refusal
    self.amendment = amendment
    self.to = to
    self.edits = edits
  }

  var testDescription: String { "\(amendment) \(body)" }
}

/// A refusal that names a field.
func refusing(_ field: String, code: String? = "unsupported_parameter", _ text: String = "No.")
  -> String
{
  let code = code.map { "\"\($0)\"" } ?? "null"
  return
    #"{"error":{"message":"\#(text)","type":"invalid_request_error","param":"\#(field)","code":\#(code)}}"#
}

@Suite struct `An amendment that drops a refused field (E.2)` {
  static let fields: [AmendmentRow] = [
    .init(
      #"{"a":1,"temperature":1.0e0}"#,
      refused: refusing("temperature", code: nil, "Unsupported parameter: 'temperature'."),
      "drop-param:temperature", to: #"{"a":1}"#, "unsupported-param remove /temperature"),
    .init(
      #"{"temperature":0.2, "a":1}"#,
      refused: wrapped(
        nil, "Unsupported parameter: 'temperature' is not supported with this model."),
      "drop-param:temperature", to: #"{"a":1}"#, "unsupported-param remove /temperature"),
    .init(
      #"{"temperature":0.2,"a":1}"#,
      refused: refusing(
        "temperature", code: "unsupported_value", "Only the default (1) value is supported."),
      "drop-param:temperature", to: #"{"a":1}"#, "unsupported-param remove /temperature"),
    .init(
      #"{"safety_identifier":"x"}"#,
      refused: wrapped("unknown_parameter", "Unknown parameter: 'safety_identifier'."),
      "drop-param:safety_identifier", to: "{}", "unsupported-param remove /safety_identifier"),
    .init(
      #"{"top_logprobs":2}"#,
      refused: wrapped(nil, "Unrecognized request argument supplied: top_logprobs"),
      "drop-param:top_logprobs", to: "{}", "unsupported-param remove /top_logprobs"),
    .init(
      #"{"prompt_cache_retention":"24h"}"#, for: [.openai],
      refused: wrapped(nil, "prompt_cache_retention is not supported on this model"),
      "drop-param:prompt_cache_retention", to: "{}",
      "unsupported-param remove /prompt_cache_retention"),
    .init(
      #"{"text":{"format":{"type":"text"},"verbosity":"low"}}"#,
      refused: refusing("text.verbosity"),
      "drop-param:text.verbosity", to: #"{"text":{"format":{"type":"text"}}}"#,
      "unsupported-param remove /text/verbosity"),
    .init(
      #"{"a":1,"text":{"verbosity":"low"}}"#, refused: refusing("text.verbosity"),
      "drop-param:text.verbosity", to: #"{"a":1}"#, "unsupported-param remove /text"),
    .init(
      #"{"reasoning":{"effort":"low" , "summary":"auto"}}"#, refused: refusing("reasoning.effort"),
      "drop-param:reasoning.effort", to: #"{"reasoning":{"summary":"auto"}}"#,
      "unsupported-param remove /reasoning/effort"),
    .init(
      #"{"include":["file_search_call.results","message.output_text.logprobs"]}"#,
      refused: refusing("include[0]", code: "invalid_value"),
      "drop-param:include[file_search_call.results]",
      to: #"{"include":["message.output_text.logprobs"]}"#, "unsupported-param remove /include/0"),
    .init(
      #"{"include":["reasoning.encrypted_content"],"a":1}"#,
      refused: refusing(
        "include", code: nil, "Encrypted content is not supported with this model."),
      "drop-param:include[reasoning.encrypted_content]", to: #"{"a":1}"#,
      "unsupported-param remove /include"),
    .init(
      #"{"input":[{"type":"message","role":"assistant","phase":"x","content":[]},{"type":"message","role":"user","content":[]}]}"#,
      refused: refusing("input[0].phase", code: "unknown_parameter"), "drop-param:input[].phase",
      to:
        #"{"input":[{"type":"message","role":"assistant","content":[]},{"type":"message","role":"user","content":[]}]}"#,
      "unsupported-param remove /input/0/phase"),
    .init(
      #"{"store":true}"#, refused: refusing("store"), "drop-param:store", to: "{}",
      "unsupported-param remove /store"),
  ]

  @Test(arguments: fields)
  func `is offered for it, remembered, and leaves every other byte (Q26, Q28, Q30, Q34, Q43, Q44)`(
    row: AmendmentRow
  ) throws {
    for plugin in row.plugins {
      let sent = Prepared(row.body, by: plugin)
      #expect(sent.body == row.body)
      let failure = try classify(row.status, row.refusal, by: plugin, notes: sent.notes)
      #expect(failure.amendment == row.amendment)
      #expect(failure.isLasting)
      #expect(failure.scope == .model)
      let amended = Prepared(row.body, by: plugin, amendments: [failure.amendment])
      #expect(amended.body == row.to)
      #expect(amended.edits == row.edits)
      let again = try classify(row.status, row.refusal, by: plugin, notes: amended.notes)
      #expect(again.amendment != row.amendment, "what did not help is not offered again")
    }
  }

  static let kept = [
    "model", "input", "tools", "tools[0].strict", "tool_choice", "previous_response_id",
    "instructions", "conversation", "background", "stream", "max_output_tokens", "text",
    "text.format", "text.format.schema", "prompt", "input[0].content", "include[7]", "metadata.a",
    "reasoning.effort.x", "unheard_of", "",
  ]

  @Test(arguments: Plugin.allCases, kept)
  func `is never offered for what decides the answer, or what was not sent`(
    plugin: Plugin, field: String
  ) throws {
    let failure = try classify(400, refusing(field), by: plugin, notes: ["include:a"])
    #expect(failure.code == .requestInvalid)
    #expect(failure.amendment.isEmpty)
    let text = #"{"\#(field)":"x"}"#
    let forced = Prepared(text, by: .openai, amendments: ["drop-param:\(field)"])
    #expect(forced.body == text)
  }

  @Test
  func `is not offered for a value of effort or tier, since its default may cost more (Q27, Q29)`()
    throws
  {
    for field in ["reasoning.effort", "service_tier"] {
      let failure = try classify(
        400, refusing(field, code: "unsupported_value", "Unsupported value: 'x'."), by: .openai)
      #expect(failure.amendment.isEmpty)
      #expect(failure.message.contains("`\(field)`"))
    }
  }

  @Test func `is not taken from a text that only quotes something`() throws {
    let failure = try classify(
      400, wrapped(nil, "Unsupported parameter: 'the user said: temperature'."), by: .openai)
    #expect(failure.amendment.isEmpty)
  }

  @Test(arguments: [TransportSettings.UnsupportedPolicy.error, .pass])
  func `is neither offered nor applied under another policy`(
    policy: TransportSettings.UnsupportedPolicy
  ) throws {
    let settings = TransportSettings(
      provider: "a", baseURL: Plugin.openai.baseURL, unsupported: policy)
    let failure = try classify(400, refusing("temperature"), by: .openai, settings: settings)
    #expect(failure.amendment.isEmpty)
    let text = #"{"temperature":1,"include":["a"],"text":{"verbosity":"low"}}"#
    let sent = Prepared(
      text, by: .openai, unsupported: policy,
      amendments: ["drop-param:temperature", "drop-param:include", "drop-param:text.verbosity"])
    #expect(sent.body == text)
    #expect(sent.edits.isEmpty)
    #expect(sent.failure == nil)
  }

  @Test(arguments: Plugin.allCases)
  func `keeps state from adding store again, and warns where nothing was to be kept`(
    plugin: Plugin
  ) {
    let amendments = ["drop-param:store"]
    let stateless = Prepared("{}", by: plugin, state: .stateless, amendments: amendments)
    #expect(!stateless.body.contains("\"store\""))
    let sent = Prepared(#"{"store":false}"#, by: plugin, amendments: amendments)
    #expect(sent.body == "{}")
    #expect(sent.warnings.count == 1)
  }

  @Test(arguments: Plugin.allCases)
  func `keeps the encrypted include from being added again (Q17)`(plugin: Plugin) {
    for field in ["include", "include[reasoning.encrypted_content]", "reasoning"] {
      let sent = Prepared(
        "{}", by: plugin, capabilities: #"{"reasoning":true}"#, amendments: ["drop-param:\(field)"])
      #expect(sent.body == "{}")
    }
  }

  @Test func `can be many at once, of the same object too`() {
    let sent = Prepared(
      #"{"reasoning":{"effort":"low","summary":"auto","x":1},"top_p":1,"include":["a","b"]}"#,
      by: .openai,
      amendments: [
        "drop-param:reasoning.summary", "drop-param:top_p", "drop-param:reasoning.effort",
        "drop-param:include[b]",
      ])
    #expect(sent.body == #"{"reasoning":{"x":1},"include":["a"]}"#)
  }

  @Test func `reaches what params set`() {
    func set(_ name: String, _ value: String) -> RequestParameters {
      RequestParameters(sets: [.init(name: name, value: Array(value.utf8))])
    }
    let text = Prepared(
      "{}", by: .openai, parameters: set("text", #"{"verbosity":"low","a":1}"#),
      amendments: ["drop-param:text.verbosity"])
    #expect(text.body == #"{"text":{"a":1}}"#)
    let include = Prepared(
      "{}", by: .openai, parameters: set("include", #"["a","b"]"#),
      amendments: ["drop-param:include[a]"])
    #expect(include.body == #"{"include":["b"]}"#)
  }
}

@Suite struct `An amendment that drops the version` {
  private static let base = "https://r.openai.azure.com/openai/v1?api-version=preview&k=v"
  private static let refusal = gateway(
    "BadRequest", "api-version query parameter is not allowed when using /v1 path")

  @Test func `takes it out of the query and warns (A2-6, A2-8)`() throws {
    let sent = Prepared("{}", by: .azureOpenAI, baseURL: Self.base)
    let settings = TransportSettings(provider: "a", baseURL: Self.base)
    let failure = try classify(
      400, Self.refusal, by: .azureOpenAI, notes: sent.notes, settings: settings)
    #expect(failure.amendment == "drop-api-version")
    #expect(failure.isLasting)
    #expect(failure.setting == "/base_url")
    let amended = Prepared(
      "{}", by: .azureOpenAI, amendments: [failure.amendment], baseURL: Self.base)
    #expect(amended.url == "https://r.openai.azure.com/openai/v1/responses?k=v")
    #expect(amended.edits.isEmpty)
    #expect(amended.warnings.count == 1)
    let again = try classify(
      400, Self.refusal, by: .azureOpenAI, notes: amended.notes, settings: settings)
    #expect(again.amendment.isEmpty)
  }

  @Test(arguments: Plugin.strict)
  func `is not offered where none was sent (A2-6, A2-7)`(plugin: Plugin) throws {
    let sent = Prepared("{}", by: plugin)
    #expect(!sent.url.contains("api-version"))
    #expect(try classify(400, Self.refusal, by: plugin, notes: sent.notes).amendment.isEmpty)
  }
}
