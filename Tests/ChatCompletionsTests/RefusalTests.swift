import ChatCompletions
import JSONText
import Testing

/// A request that is refused.
struct RefusalRow: Sendable, CustomTestStringConvertible {
  let request: String
  let reason: ChatRefusal.Reason
  let param: String
  var testDescription: String { "\(reason) at \(param): \(request)" }

  init(_ reason: ChatRefusal.Reason, _ param: String, _ request: String) {
    self.request = request
    self.reason = reason
    self.param = param
  }

  /// A row of a request that is good but for its further members.
  static func with(
    _ members: String, _ reason: ChatRefusal.Reason, _ param: String
  ) -> RefusalRow {
    RefusalRow(reason, param, RequestRow(members).request)
  }

  /// A row of a request with one message.
  static func message(
    _ message: String, _ reason: ChatRefusal.Reason, _ param: String
  ) -> RefusalRow {
    RefusalRow(reason, "/messages/0\(param)", #"{"model":"m","messages":[\#(message)]}"#)
  }
}

@Suite struct `A request is refused` {
  static let whole: [RefusalRow] = [
    RefusalRow(.notJSON, "", ""), RefusalRow(.notJSON, "", #"{"model":"m","#),
    RefusalRow(.notJSON, "", String(repeating: "[", count: 600)),
    RefusalRow(.wrongType, "", "[]"), RefusalRow(.wrongType, "", "null"),
    RefusalRow(.missing, "/model", #"{"messages":[{"role":"user","content":"x"}]}"#),
    RefusalRow(.missing, "/model", #"{"model":null,"messages":[{"role":"user","content":"x"}]}"#),
    RefusalRow(.wrongType, "/model", #"{"model":1,"messages":[{"role":"user","content":"x"}]}"#),
    RefusalRow(.missing, "/messages", #"{"model":"m"}"#),
    RefusalRow(.wrongType, "/messages", #"{"model":"m","messages":"x"}"#),
    RefusalRow(.wrongValue, "/messages", #"{"model":"m","messages":[]}"#),
    RefusalRow(
      .wrongType, "/messages/1", #"{"model":"m","messages":[{"role":"user","content":"x"},1]}"#),
    RefusalRow(.duplicate, "/model", #"{"model":"m","messages":[],"mod\u0065l":"n"}"#),
    .with(#""input":"x""#, .conflict, "/input"),
    .with(#""background":true"#, .unsupported, "/background"),
  ]

  static let options: [RefusalRow] = [
    .with(#""n":2"#, .unsupported, "/n"), .with(#""n":0"#, .unsupported, "/n"),
    .with(#""n":"1""#, .wrongType, "/n"),
    .with(#""modalities":["text","audio"]"#, .unsupported, "/modalities/1"),
    .with(#""modalities":"text""#, .wrongType, "/modalities"),
    .with(#""audio":1"#, .wrongType, "/audio"),
    .with(#""stop":"END""#, .unsupported, "/stop"), .with(#""stop":["a"]"#, .unsupported, "/stop"),
    .with(#""stop":1"#, .wrongType, "/stop"),
    .with(#""logit_bias":{"1":5,"2":-100}"#, .unsupported, "/logit_bias/2"),
    .with(#""logit_bias":{"1":1e9999}"#, .unsupported, "/logit_bias/1"),
    .with(#""logit_bias":{"1":"x"}"#, .wrongType, "/logit_bias/1"),
    .with(#""seed":"x""#, .wrongType, "/seed"),
    .with(#""prediction":1"#, .wrongType, "/prediction"),
    .with(#""presence_penalty":"x""#, .wrongType, "/presence_penalty"),
    .with(#""max_tokens":5,"max_completion_tokens":6"#, .conflict, "/max_tokens"),
    .with(#""max_tokens":"5""#, .wrongType, "/max_tokens"),
    .with(#""top_logprobs":5"#, .conflict, "/top_logprobs"),
    .with(#""logprobs":2"#, .wrongType, "/logprobs"),
    .with(#""logprobs":true,"include":{}"#, .wrongType, "/include"),
    .with(#""stream":"yes""#, .wrongType, "/stream"),
    .with(#""stream_options":[]"#, .wrongType, "/stream_options"),
    .with(#""stream_options":{"include_usage":1}"#, .wrongType, "/stream_options/include_usage"),
    .with(#""temperature":"1""#, .wrongType, "/temperature"),
    .with(#""store":1"#, .wrongType, "/store"),
    .with(#""reasoning_effort":1"#, .wrongType, "/reasoning_effort"),
    .with(
      #""reasoning_effort":"low","reasoning":{"effort":"low"}"#, .conflict, "/reasoning/effort"),
    .with(#""verbosity":"low","text":{"verbosity":"low"}"#, .conflict, "/text/verbosity"),
    .with(
      #""response_format":{"type":"text"},"text":{"format":{}}"#, .conflict, "/text/format"),
    .with(#""response_format":{}"#, .missing, "/response_format/type"),
    .with(#""response_format":"text""#, .wrongType, "/response_format"),
    .with(#""response_format":{"type":"json_schema"}"#, .missing, "/response_format/json_schema"),
    .with(
      #""response_format":{"type":"json_schema","json_schema":{"type":"x"}}"#, .conflict,
      "/response_format/json_schema/type"),
  ]

  static let tools: [RefusalRow] = [
    .with(#""tools":{}"#, .wrongType, "/tools"), .with(#""tools":[1]"#, .wrongType, "/tools/0"),
    .with(#""tools":[{}]"#, .missing, "/tools/0/type"),
    .with(#""tools":[{"type":"function","name":"f"}]"#, .missing, "/tools/0/function"),
    .with(#""tools":[{"type":"function","function":{}}]"#, .missing, "/tools/0/function/name"),
    .with(
      #""tools":[{"type":"function","function":{"name":"f"},"strict":true}]"#, .conflict,
      "/tools/0/strict"),
    .with(
      #""tools":[{"type":"function","function":{"name":"f","strict":"yes"}}]"#, .wrongType,
      "/tools/0/function/strict"),
    .with(
      #""tools":[{"type":"function","function":{"name":"f","description":"a"},"description":"b"}]"#,
      .conflict, "/tools/0/description"),
    .with(#""tools":[{"type":"custom"}]"#, .missing, "/tools/0/custom"),
    .with(
      #""tools":[{"type":"custom","custom":{"name":"c","format":{"grammar":1,"type":"grammar"}}}]"#,
      .wrongType, "/tools/0/custom/format/grammar"),
    .with(#""functions":[{}]"#, .missing, "/functions/0/name"),
    .with(#""web_search_options":1"#, .wrongType, "/web_search_options"),
    .with(#""tool_choice":1"#, .wrongType, "/tool_choice"),
    .with(#""tool_choice":{"type":"function"}"#, .missing, "/tool_choice/function"),
    .with(#""tool_choice":{"type":"allowed_tools"}"#, .missing, "/tool_choice/allowed_tools"),
    .with(
      #""tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto"}}"#, .missing,
      "/tool_choice/allowed_tools/tools"),
    .with(#""tool_choice":"auto","function_call":"auto""#, .conflict, "/function_call"),
    .with(#""function_call":{}"#, .missing, "/function_call/name"),
    .with(#""function_call":[]"#, .wrongType, "/function_call"),
  ]

  static let messages: [RefusalRow] = [
    .message(#"{"content":"x"}"#, .missing, "/role"),
    .message(#"{"role":1}"#, .wrongType, "/role"),
    .message(#"{"role":"bot","content":"x"}"#, .wrongValue, "/role"),
    .message(#"{"role":"user"}"#, .missing, "/content"),
    .message(#"{"role":"user","content":null}"#, .missing, "/content"),
    .message(#"{"role":"user","content":{}}"#, .wrongType, "/content"),
    .message(#"{"role":"user","content":"x","content":"y"}"#, .duplicate, "/content"),
    .message(#"{"role":"user","content":"x","type":"reasoning"}"#, .wrongValue, "/type"),
    .message(#"{"role":"user","content":["x"]}"#, .wrongType, "/content/0"),
    .message(#"{"role":"user","content":[{}]}"#, .missing, "/content/0/type"),
    .message(#"{"role":"user","content":[{"type":"text"}]}"#, .missing, "/content/0/text"),
    .message(
      #"{"role":"user","content":[{"type":"image_url","image_url":"u"}]}"#, .wrongType,
      "/content/0/image_url"),
    .message(
      #"{"role":"user","content":[{"type":"image_url","image_url":{}}]}"#, .missing,
      "/content/0/image_url/url"),
    .message(#"{"role":"user","content":[{"type":"file"}]}"#, .missing, "/content/0/file"),
    .message(
      #"{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}"#, .unsupported,
      "/content/0/type"),
    .message(
      #"{"role":"user","content":[{"type":"refusal","refusal":"r"}]}"#, .wrongValue,
      "/content/0/type"),
    .message(
      #"{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"u"}}]}"#,
      .wrongValue, "/content/0/type"),
    .message(#"{"role":"assistant"}"#, .missing, "/content"),
    .message(#"{"role":"assistant","refusal":1}"#, .wrongType, "/refusal"),
    .message(#"{"role":"assistant","tool_calls":[]}"#, .missing, "/content"),
    .message(#"{"role":"assistant","tool_calls":{}}"#, .wrongType, "/tool_calls"),
    .message(#"{"role":"assistant","tool_calls":[{}]}"#, .missing, "/tool_calls/0/id"),
    .message(
      #"{"role":"assistant","tool_calls":[{"id":"c","type":"x"}]}"#, .wrongValue,
      "/tool_calls/0/type"),
    .message(
      #"{"role":"assistant","tool_calls":[{"id":"c","type":"custom"}]}"#, .missing,
      "/tool_calls/0/custom"),
    .message(
      #"{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":{}}}]}"#,
      .wrongType, "/tool_calls/0/function/arguments"),
    .message(
      #"{"role":"assistant","tool_calls":[{"id":"c","call_id":"d","function":{"name":"f","arguments":""}}]}"#,
      .conflict, "/tool_calls/0/call_id"),
    .message(#"{"role":"assistant","content":"x","audio":{"id":"a"}}"#, .unsupported, "/audio"),
    .message(
      #"{"role":"assistant","function_call":{"name":"f"}}"#, .missing, "/function_call/arguments"),
    .message(#"{"role":"tool","content":"x"}"#, .missing, "/tool_call_id"),
    .message(#"{"role":"tool","tool_call_id":"c"}"#, .missing, "/content"),
    .message(#"{"role":"function","content":"x"}"#, .missing, "/name"),
    .message(#"{"role":"function","name":"f","content":"x"}"#, .wrongValue, "/name"),
  ]

  @Test(arguments: whole + options + tools + messages)
  func `with its place and what to do`(_ row: RefusalRow) throws {
    let refused = refusal(of: row.request)
    let refusal = try #require(refused)
    #expect(refusal.reason == row.reason)
    #expect(refusal.param == row.param)
    #expect(refusal.message.hasSuffix(".") && refusal.remedy.hasSuffix("."))
    #expect(refusal.description.contains(refusal.remedy))
  }

  @Test func `in the shape of an error answer`() throws {
    let refused = refusal(of: RequestRow(#""n":2"#).request)
    let several = try #require(refused)
    let root = try #require(several.body.parsed() as? [String: [String: String]])
    #expect(
      root["error"] == [
        "message": "\(several.message) \(several.remedy)", "type": "invalid_request_error",
        "param": "/n", "code": "unsupported_parameter",
      ])
    let whole = refusal(of: "x")
    #expect(whole?.body.text.contains(#""param":null"#) == true)
  }
}
