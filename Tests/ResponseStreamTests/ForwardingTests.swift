import ResponseStream
import Testing

@Suite struct `Events that are not terminal` {
  @Test(arguments: [
    Sent.created, Sent.delta, Sent.unknown, #"{"type":"response.in_progress"}"#, "{}",
    #"{ "type" : "response.output_item.added", "item" : {"a":1.0e5,"a":2} }"#,
    #"{"type":"response.azure_ai_search_call_output.added"}"#,
    #"{"type":"keepalive","error":null}"#,
    #"{"type":7,"delta":"\ud800"}"#, #"{"statusCode":200,"message":"m"}"#,
    #"{"type":"progress","statusCode":500}"#,
    #"{"type":"response.output_text.delta","delta":"Hi","obfuscation":"aaaa"}"#,
  ])
  func `leave byte for byte, of unknown type too, D2-1 D2-3 D2-4`(data: String) {
    let exchange = Exchange([.event(data)])
    #expect(exchange.forwarded == [data])
    #expect(!exchange.isOver)
  }

  @Test(arguments: ["", " ", "\n\t \r\n"])
  func `are none when their data is blank, D03`(data: String) {
    let exchange = Exchange([.named("ping", data), .named("error", data)])
    #expect(exchange.forwarded.isEmpty)
    #expect(!exchange.isOver)
  }

  @Test func `are told by the type in the data before the name of the event, D01`() {
    #expect(Exchange([.named("response.completed", Sent.delta)]).forwarded == [Sent.delta])
    #expect(!Exchange([.named("response.completed", Sent.delta)]).isOver)
    #expect(Exchange([.named("response.output_text.delta", Sent.completed)]).isOver)
  }

  @Test(arguments: [
    ("response.completed", #"{"response":{"id":"r"}}"#, ResponseOutcome.Kind.completed),
    ("response.completed", #"{"type":"","response":{"id":"r"}}"#, .completed),
    ("response.completed", #"{"type":null,"response":{"id":"r"}}"#, .completed),
    ("error", #"{"code":"c","message":"m"}"#, .failed),
  ])
  func `fall back to the name of the event, D01`(
    name: String, data: String, kind: ResponseOutcome.Kind
  ) {
    #expect(Exchange([.named(name, data)]).outcome?.kind == kind)
  }

  @Test(arguments: [
    #"{"type":"response\u002ecompleted","response":{"id":"r"}}"#,
    #"{"\u0074ype":"response.completed","r\u0065sponse":{"id":"r"}}"#,
  ])
  func `are told by a type that is written with escapes`(data: String) {
    #expect(Exchange([.event(data)]).outcome?.kind == .completed)
  }

  @Test func `are told by the last of several types, as parsers do`() {
    let data = #"{"type":"error","type":"response.output_text.delta"}"#
    #expect(Exchange([.event(data)]).forwarded == [data])
  }
}

@Suite struct `A stream is committed` {
  @Test(arguments: [
    "response.output_item.added", "response.output_item.done", "response.output_text.delta",
    "response.text.delta", "response.output_text.done", "response.content_part.added",
    "response.reasoning_summary_text.delta", "response.function_call_arguments.delta",
    "response.web_search_call.searching", "response.image_generation_call.partial_image",
    "response.azure_ai_search_call_output.done", "something.delta",
  ])
  func `by the first part of an answer, D2-2`(type: String) {
    var exchange = Exchange([.event(Sent.created)])
    #expect(!exchange.stream.isCommitted)
    exchange.take(.event(#"{"type":"\#(type)","part":{"type":"text"}}"#))
    #expect(exchange.stream.isCommitted)
    exchange.take(.end)
    #expect(exchange.outcome?.isCommitted == true)
  }

  @Test(arguments: [
    "response.created", "response.queued", "response.in_progress", "response", "response.", "ping",
    "keepalive", "x.y.z",
  ])
  func `not by what only tells of its state`(type: String) {
    var exchange = Exchange([.event(#"{"type":"\#(type)"}"#), .event("{}")])
    #expect(!exchange.stream.isCommitted)
    exchange.take(.end)
    #expect(exchange.outcome?.isCommitted == false)
  }

  @Test func `not by its terminal event`() {
    #expect(Exchange([.event(Sent.completed)]).outcome?.isCommitted == false)
  }
}
