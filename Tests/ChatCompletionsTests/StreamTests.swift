import ChatCompletions
import Foundation
import Testing

@Suite struct `A streamed answer` {
  private static func added(_ place: Int, _ item: String) -> String {
    #"{"type":"response.output_item.added","output_index":\#(place),"item":\#(item)}"#
  }

  private static func done(_ place: Int, _ item: String) -> String {
    #"{"type":"response.output_item.done","output_index":\#(place),"item":\#(item)}"#
  }

  private static func delta(_ type: String, _ place: Int, _ text: String) -> String {
    #"{"type":"response.\#(type).delta","output_index":\#(place),"delta":"\#(text)"}"#
  }

  private static func completed(_ output: String = "") -> String {
    #"{"type":"response.completed","response":{"id":"resp_1","output":[\#(output)]}}"#
  }

  private static func call(_ number: Int, _ arguments: String) -> String {
    #"{"id":"fc_\#(number)","type":"function_call","call_id":"call_\#(number)","name":"f","arguments":"\#(arguments)"}"#
  }

  private static func message(_ text: String) -> String {
    #"{"id":"msg","type":"message","content":[{"type":"output_text","text":"\#(text)","annotations":[{"type":"url_citation","start_index":0,"end_index":1,"url":"u","title":"t"}]}]}"#
  }

  private static let text = [
    delta("output_text", 0, "a"), delta("output_text", 0, "b"),
    #"{"type":"response.output_text.done","output_index":0,"content_index":0,"text":"ab"}"#,
    done(0, message("ab")), completed(message("ab")),
  ]

  @Test(arguments: [
    text, Array(text.dropFirst(2)), Array(text.dropFirst(3)), Array(text.dropFirst(4)),
    Array(text.prefix(2)) + [completed(message("ab"))], Array(text.prefix(2)) + [completed()],
    text.map { $0.replacing(#""output_index":0,"#, with: "") },
    text.map { $0.replacing(#""output_index":0"#, with: #""item_id":"msg""#) },
    [delta("text", 0, "ab"), completed()],
    text.prefix(2).map { $0.replacing(#""output_index":0"#, with: #""item_id":"other""#) }
      + [completed(message("ab"))],
  ])
  func `has its text once, whatever events are missing`(_ events: [String]) throws {
    let answer = try Accumulated(chunks(of: events))
    #expect(answer.content == "ab")
    #expect(answer.finishReasons == ["stop"])
    #expect(answer.roles == ["assistant"])
    #expect(answer.isDone)
    #expect(answer.ids.count == 1)
  }

  @Test(arguments: [text, Array(text.dropFirst(3)), Array(text.dropFirst(4))])
  func `has its citations once`(_ events: [String]) throws {
    #expect(try Accumulated(chunks(of: events)).annotations.count == 1)
  }

  private static let calls = [
    added(0, call(1, "")), added(1, call(2, "")),
    delta("function_call_arguments", 0, "{"), delta("function_call_arguments", 1, "["),
    delta("function_call_arguments", 0, "}"), delta("function_call_arguments", 1, "]"),
    #"{"type":"response.function_call_arguments.done","output_index":0,"arguments":"{}"}"#,
    #"{"type":"response.function_call_arguments.done","output_index":1,"arguments":"[]"}"#,
    done(0, call(1, "{}")), done(1, call(2, "[]")), completed(call(1, "{}") + "," + call(2, "[]")),
  ]

  @Test(arguments: [
    calls, calls.flatMap { $0.contains("added") ? [$0, $0] : [$0] },
    calls.filter { !$0.contains(".delta") }, calls.filter { !$0.contains(".done") },
    calls.filter { $0.contains("_item.done") || $0.contains("completed") },
    calls.filter { !$0.contains("_item.added") }, [calls[10]],
    Array(calls[2...5]) + Array(calls[0...1]) + [completed()],
    [calls[2], calls[0], calls[4], calls[1], calls[3], calls[5], completed()],
    calls.map { $0.replacing("output_index", with: "x") }.filter { !$0.contains(".delta") },
  ])
  func `has its calls once, whatever events are missing or too early`(_ events: [String]) throws {
    let answer = try Accumulated(chunks(of: events))
    #expect(
      answer.calls == [
        Accumulated.Call(id: "call_1", type: "function", name: "f", input: "{}"),
        Accumulated.Call(id: "call_2", type: "function", name: "f", input: "[]"),
      ])
    #expect(answer.content == nil)
    #expect(answer.finishReasons == ["tool_calls"])
  }

  @Test func `has the one call that the old form has room for`() throws {
    let answer = try Accumulated(chunks(of: Self.calls, reply: ChatReply(usesFunctionCall: true)))
    #expect(answer.functionCall == Accumulated.Call(name: "f", input: "{}"))
    #expect(answer.calls.isEmpty)
    #expect(answer.finishReasons == ["function_call"])
  }

  @Test(arguments: [
    [delta("reasoning_summary_text", 0, "a"), delta("reasoning_text", 0, "x")],
    [delta("reasoning_text", 0, "a"), delta("reasoning_summary_text", 0, "x")],
    [
      #"{"type":"response.reasoning_summary_text.done","output_index":0,"summary_index":0,"text":"a"}"#
    ],
    [
      delta("reasoning_summary_text", 0, "a"),
      done(0, #"{"type":"reasoning","summary":[{"text":"a"}],"content":[{"text":"x"}]}"#),
    ],
    [done(0, #"{"type":"reasoning","summary":[{"text":"a"}],"content":[{"text":"x"}]}"#)],
    [completed(#"{"type":"reasoning","content":[{"text":"a"}]}"#)],
  ])
  func `has its reasoning in one form`(_ events: [String]) throws {
    #expect(try Accumulated(chunks(of: events + [Self.completed()])).reasoning == "a")
  }

  @Test func `keeps only so much of a call that does not come`() throws {
    let early = Self.delta("function_call_arguments", 0, String(repeating: "x", count: 1 << 19))
    let isKept = try Accumulated(chunks(of: [early, Self.calls[0], Self.completed()]))
    #expect(isKept.calls.first?.input.utf8.count == 1 << 19)
    let events = [early, early, early, Self.calls[0], Self.calls[8], Self.completed()]
    let answer = try Accumulated(chunks(of: events))
    #expect(answer.error?["code"] as? String == "protocol_error")
  }

  @Test func `counts the places of citations from the start of the content`() throws {
    let annotation =
      #"{"type":"response.output_text.annotation.added","output_index":1,"annotation":{"type":"url_citation","start_index":1,"end_index":2,"url":"u","title":"t"}}"#
    let answer = try Accumulated(
      chunks(of: [
        Self.delta("output_text", 0, #"\ud83e\udd8a\n"#), Self.delta("output_text", 0, "é🦊"),
        Self.delta("output_text", 1, "xyz"), annotation, Self.completed(),
      ]))
    let citation = try #require(answer.annotations.first?["url_citation"] as? NSDictionary)
    #expect(citation["start_index"] as? Int == 5)
    #expect(citation["end_index"] as? Int == 6)
  }

  @Test(arguments: [
    (#""status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}"#, "length"),
    (#""status":"incomplete","incomplete_details":{"reason":"content_filter"}"#, "content_filter"),
    (#""status":"incomplete","incomplete_details":null"#, "length"), (#""id":"r""#, "length"),
  ])
  func `says why it was cut`(_ members: String, _ reason: String) throws {
    let end = #"{"type":"response.incomplete","response":{\#(members)}}"#
    let answer = try Accumulated(chunks(of: Array(Self.calls.prefix(4)) + [end]))
    #expect(answer.finishReasons == [reason])
    #expect(answer.isDone)
  }

  @Test(arguments: [
    (
      #"{"type":"response.failed","response":{"error":{"code":"server_error","message":"m"}}}"#,
      "m", "server_error", "server_error"
    ),
    (
      #"{"type":"error","code":"rate_limit_exceeded","message":"m","param":null}"#, "m",
      "rate_limit_error", "rate_limit_exceeded"
    ),
    (
      #"{"type":"error","message":"x","error":{"type":"t","code":404,"message":"m"}}"#, "m", "t",
      "404"
    ),
    (
      #"{"type":"response.failed","response":{"error":{"code":"invalid_image","message":"m"}}}"#,
      "m", "invalid_request_error", "invalid_image"
    ),
    (
      #"{"type":"response.cancelled","response":{}}"#, "The response was cancelled.",
      "server_error", "cancelled"
    ),
    ("{", "An event of the upstream is no JSON object.", "server_error", "protocol_error"),
  ])
  func `ends with an error and without a mark`(
    _ event: String, message: String, type: String, code: String
  ) throws {
    let events = Array(Self.text.prefix(1)) + [event, event, Self.completed()]
    let answer = try Accumulated(chunks(of: events, ending: true))
    #expect(answer.content == "a")
    let expected: [String: String] = ["message": message, "type": type, "code": code]
    for (name, value) in expected { #expect(answer.error?[name] as? String == value) }
    #expect(!answer.isDone && answer.finishReasons.isEmpty)
  }

  @Test(
    arguments: [
      (#"{"type":"error","message":"m","param":"max_output_tokens"}"#, "max_tokens"),
      (
        #"{"type":"error","error":{"param":"input[1].arguments"}}"#,
        "messages[0].tool_calls[0].function.arguments"
      ),
      (
        #"{"type":"response.failed","response":{"error":{"param":"input[0].content"}}}"#,
        "messages[0].content"
      ),
      (#"{"type":"error","message":"m","param":"store"}"#, nil),
      (#"{"type":"error","message":"m","param":null}"#, nil),
    ] as [(String, String?)])
  func `names in its error a place of what the caller wrote`(_ event: String, _ param: String?)
    throws
  {
    let call = #"{"id":"c","function":{"name":"f","arguments":"{}"}}"#
    let request =
      #"{"model":"m","max_tokens":1,"messages":[{"role":"assistant","content":"a","tool_calls":[\#(call)]}]}"#
    let translation = try ChatRequest.translated(utf8(request))
    var stream = ChatStream(answering: translation, created: 1)
    var frames: [UInt8] = []
    stream.take(type: "", data: utf8(event)[...], into: &frames)
    let error = try #require(try Accumulated(frames).error)
    #expect(error["param"] as? String == param)
  }

  @Test func `that breaks off ends with an error`() throws {
    let answer = try Accumulated(chunks(of: Array(Self.text.prefix(3)), ending: true))
    #expect(answer.error?["code"] as? String == "stream_truncated")
    #expect(!answer.isDone && answer.finishReasons.isEmpty)
  }

  @Test func `takes an error of the host on one line`() throws {
    var stream = ChatStream(model: "m", created: 1)
    var frames: [UInt8] = []
    stream.fail(with: utf8("{\r\n\"error\": {\n\"message\": \"m\"}}"), into: &frames)
    stream.fail(with: utf8("{}"), into: &frames)
    stream.end(into: &frames)
    #expect(try Accumulated(frames).error?["message"] as? String == "m")
    #expect(stream.isFinished)
  }

  @Test func `keeps a line break between tokens out of its lines`() throws {
    let event =
      "{\"type\":\"response.output_text.delta\",\n\"delta\":\"a\",\"logprobs\":[\r\n{\"token\":\n\"a\"}]}"
    let end = Self.completed().replacing(
      #""output""#, with: "\"usage\":{\"input_tokens\":1,\"input_tokens_details\":{\n}},\"output\"")
    let answer = try Accumulated(
      chunks(of: [event, end], reply: ChatReply(includesUsage: true)))
    #expect(answer.content == "a")
    #expect(answer.usage?["prompt_tokens"] as? Int == 1)
    #expect(answer.usage?["completion_tokens"] as? Int == 0)
    #expect(answer.usage?["total_tokens"] as? Int == 1)
  }

  @Test func `tells no usage unless asked, nor what it does not know`() throws {
    let end = Self.completed().replacing(#""output""#, with: #""usage":{},"output""#)
    #expect(try Accumulated(chunks(of: [end])).usage == nil)
    let asked = chunks(of: [Self.completed()], reply: ChatReply(includesUsage: true))
    #expect(try Accumulated(asked).usage == nil)
    #expect(asked.text.contains(#""usage":null"#))
  }

  @Test func `says what it was told where events say nothing`() throws {
    let frames = chunks(of: [Self.delta("output_text", 0, "a"), Self.completed()]).text
    #expect(frames.hasPrefix(#"data: {"id":"chatcmpl-7","#))
    #expect(frames.contains(#""delta":{"role":"assistant","content":"","refusal":null}"#))
    #expect(frames.contains(#""created":7,"model":"asked","system_fingerprint":null"#))
  }

  @Test(arguments: ["", " ", "[DONE]", "null", #"{"type":"response.new"}"#, "{}", #"{"type":1}"#])
  func `passes over what it does not know`(_ data: String) {
    #expect(chunks(of: [data]).isEmpty)
    var stream = ChatStream(model: "m", created: 1)
    var frames: [UInt8] = []
    stream.take(type: "response.new", data: utf8(data)[...], into: &frames)
    #expect(frames.isEmpty && !stream.isFinished)
  }
}
