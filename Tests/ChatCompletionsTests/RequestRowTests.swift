import ChatCompletions
import JSONText
import Testing

/// A request's further members, and what becomes of them.
struct RequestRow: Sendable, CustomTestStringConvertible {
  let members: String
  /// The members before `input`, where `store` is not the only one.
  var head = #""store":false"#
  /// The members behind `input`.
  var tail = ""
  var dropped: [String] = []
  var testDescription: String { members }

  init(_ members: String, _ tail: String = "", head: String? = nil, dropped: [String] = []) {
    self.members = members
    self.tail = tail
    self.head = head ?? self.head
    self.dropped = dropped
  }

  var expected: String {
    let input = #""input":[{"type":"message","role":"user","content":"x"}]"#
    return #"{"model":"m",\#(head),\#(input)\#(tail.isEmpty ? "" : ",")\#(tail)}"#
  }

  var request: String {
    #"{"model":"m","messages":[{"role":"user","content":"x"}],\#(members)}"#
  }
}

@Suite struct `A member of a request` {
  static let carried: [RequestRow] = [
    RequestRow(#""temperature":1.50"#, head: #""temperature":1.50,"store":false"#),
    RequestRow(#""top_p":1e-1"#, head: #""top_p":1e-1,"store":false"#),
    RequestRow(#""user":"\u0061""#, head: #""user":"\u0061","store":false"#),
    RequestRow(#""safety_identifier":"s""#, head: #""safety_identifier":"s","store":false"#),
    RequestRow(#""prompt_cache_key":"k""#, head: #""prompt_cache_key":"k","store":false"#),
    RequestRow(
      #""prompt_cache_retention":"24h""#, head: #""prompt_cache_retention":"24h","store":false"#),
    RequestRow(
      #""prompt_cache_options":{ "ttl":"30m"}"#,
      head: #""prompt_cache_options":{ "ttl":"30m"},"store":false"#),
    RequestRow(#""moderation":{"model":"o"}"#, head: #""moderation":{"model":"o"},"store":false"#),
    RequestRow(#""service_tier":"flex""#, head: #""service_tier":"flex","store":false"#),
    RequestRow(#""metadata":{"a":"b"}"#, head: #""metadata":{"a":"b"},"store":false"#),
    RequestRow(
      #""parallel_tool_calls":false"#, head: #""parallel_tool_calls":false,"store":false"#),
    RequestRow(#""stream":true"#, head: #""stream":true,"store":false"#),
    RequestRow(#""store":true"#, head: #""store":true"#),
    RequestRow(#""store":false"#), RequestRow(#""store":null"#),
    RequestRow(#""instructions":null"#, #""instructions":null"#),
    RequestRow(#""new":[1.0,{"a" : "\/"}]"#, #""new":[1.0,{"a" : "\/"}]"#),
    RequestRow(#""n\u0065w":1"#, #""n\u0065w":1"#),
    RequestRow(#""background":false"#),
  ]

  static let renamed: [RequestRow] = [
    RequestRow(#""max_tokens":5"#, #""max_output_tokens":5"#),
    RequestRow(#""max_completion_tokens":5"#, #""max_output_tokens":5"#),
    RequestRow(#""max_output_tokens":5"#, #""max_output_tokens":5"#),
    RequestRow(#""max_tokens":5,"max_completion_tokens":5"#, #""max_output_tokens":5"#),
    RequestRow(#""max_tokens":null"#),
    RequestRow(#""reasoning_effort":"low""#, #""reasoning":{"effort":"low"}"#),
    RequestRow(#""reasoning":{"summary":"auto"}"#, #""reasoning":{"summary":"auto"}"#),
    RequestRow(
      #""reasoning":{"summary":"auto"},"reasoning_effort":"low""#,
      #""reasoning":{"effort":"low","summary":"auto"}"#),
    RequestRow(#""verbosity":"low""#, #""text":{"verbosity":"low"}"#),
    RequestRow(
      #""verbosity":"low","text":{"format":{"type":"text"},"x":1}"#,
      #""text":{"format":{"type":"text"},"verbosity":"low","x":1}"#),
    RequestRow(#""response_format":{"type":"text"}"#, #""text":{"format":{"type":"text"}}"#),
    RequestRow(
      #""response_format":{"type":"json_object"},"text":{"verbosity":"low"}"#,
      #""text":{"format":{"type":"json_object"},"verbosity":"low"}"#),
    RequestRow(
      #""response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"a":1.0}}}"#,
      #""text":{"format":{"type":"json_schema","name":"s","schema":{"a":1.0}}}"#),
    RequestRow(#""logprobs":true"#, #""include":["message.output_text.logprobs"]"#),
    RequestRow(
      #""logprobs":true,"top_logprobs":3,"include":["a","message.output_text.logprobs"]"#,
      #""top_logprobs":3,"include":["a","message.output_text.logprobs"]"#),
    RequestRow(#""logprobs":false,"top_logprobs":0"#),
    RequestRow(#""include":["a"]"#, #""include":["a"]"#),
    RequestRow(#""stream_options":{"include_usage":true}"#),
    RequestRow(
      #""stream_options":{"include_obfuscation":true,"x":1}"#,
      #""stream_options":{"include_obfuscation":true,"x":1}"#),
  ]

  static let tools: [RequestRow] = [
    RequestRow(#""tools":[]"#, #""tools":[]"#),
    RequestRow(
      #""tools":[{"type":"function","function":{"name":"f","strict":null},"x":1}]"#,
      #""tools":[{"type":"function","name":"f","parameters":{"type":"object","properties":{}},"strict":false,"x":1}]"#
    ),
    RequestRow(
      #""tools":[{"type":"mcp","server_url":"u"}]"#, #""tools":[{"type":"mcp","server_url":"u"}]"#),
    RequestRow(
      #""tools":[{"type":"custom","custom":{"name":"c"}}]"#,
      #""tools":[{"type":"custom","name":"c"}]"#),
    RequestRow(#""web_search_options":{}"#, #""tools":[{"type":"web_search"}]"#),
    RequestRow(
      #""functions":[{"name":"f","parameters":{}}],"parallel_tool_calls":true"#,
      #""tools":[{"type":"function","name":"f","parameters":{},"strict":false}]"#,
      head: #""parallel_tool_calls":true,"store":false"#),
    RequestRow(#""tool_choice":"none""#, #""tool_choice":"none""#),
    RequestRow(#""tool_choice":"required""#, #""tool_choice":"required""#),
    RequestRow(
      #""tool_choice":{"type":"function","function":{"name":"f"}}"#,
      #""tool_choice":{"type":"function","name":"f"}"#),
    RequestRow(
      #""tool_choice":{"type":"custom","custom":{"name":"c"}}"#,
      #""tool_choice":{"type":"custom","name":"c"}"#),
    RequestRow(
      #""tool_choice":{"type":"web_search"}"#, #""tool_choice":{"type":"web_search"}"#),
    RequestRow(
      #""tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"f"}},{"type":"mcp"}]}}"#,
      #""tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"f"},{"type":"mcp"}]}"#
    ),
    RequestRow(#""function_call":"auto""#, #""tool_choice":"auto""#),
    RequestRow(
      #""function_call":{"name":"f"}"#, #""tool_choice":{"type":"function","name":"f"}"#),
  ]

  static let hints: [RequestRow] = [
    RequestRow(#""n":1"#), RequestRow(#""n":null"#), RequestRow(#""modalities":["text"]"#),
    RequestRow(#""stop":null"#), RequestRow(#""stop":"""#), RequestRow(#""stop":[ ]"#),
    RequestRow(#""seed":1"#, dropped: ["seed"]),
    RequestRow(#""prediction":{"type":"content"}"#, dropped: ["prediction"]),
    RequestRow(#""audio":{"voice":"a"}"#, dropped: ["audio"]),
    RequestRow(#""logit_bias":{}"#),
    RequestRow(#""logit_bias":{"1":99,"2":-99.5}"#, dropped: ["logit_bias"]),
    RequestRow(#""presence_penalty":0.0,"frequency_penalty":-0e7"#),
    RequestRow(
      #""presence_penalty":-0.01,"frequency_penalty":10"#,
      dropped: ["frequency_penalty", "presence_penalty"]),
  ]

  @Test(arguments: carried + renamed + tools + hints)
  func `becomes its counterpart`(_ row: RequestRow) throws {
    let translation = try ChatRequest.translated(utf8(row.request))
    #expect(translation.body.text == row.expected)
    #expect(translation.dropped == row.dropped)
  }

  @Test(arguments: [
    (#""stream":true"#, true, false, false),
    (#""stream":false,"stream_options":{"include_usage":true}"#, false, true, false),
    (#""stream":null,"stream_options":{"include_usage":null}"#, false, false, false),
    (#""functions":[]"#, false, false, true), (#""functions":[],"tools":[]"#, false, false, false),
  ])
  func `says what the answer looks like`(
    _ members: String, isStream: Bool, includesUsage: Bool, usesFunctionCall: Bool
  ) throws {
    let translation = try ChatRequest.translated(utf8(RequestRow(members).request))
    #expect(translation.isStream == isStream)
    #expect(translation.reply.includesUsage == includesUsage)
    #expect(translation.reply.usesFunctionCall == usesFunctionCall)
  }
}
