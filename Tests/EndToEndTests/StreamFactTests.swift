import ProviderConfiguration
import Testing
import TransportHost

/// What upstreams were seen to do with a stream, over real sockets and through a real plugin.
@Suite struct `A stream over a socket` {
  typealias Reply = StreamedReply

  @Test func `needs no names of events, D01`() async throws {
    let reply = try await Reply(
      Reply.stream(Reply.created, Reply.delta, Reply.completed(Reply.message())))
    #expect(reply.deltas == "Hi")
    #expect(
      reply.events.map(\.type)
        == ["response.created", "response.output_text.delta", "response.completed"])
  }

  @Test func `is read by the type in the data where the name differs, D01`() async throws {
    let reply = try await Reply(
      "event: message\ndata: \(Reply.delta)\n\nevent: message\ndata: \(Reply.completed())\n\n")
    #expect(reply.deltas == "Hi")
    #expect(reply.events.map(\.type) == ["response.output_text.delta", "response.completed"])
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func `may end lines in any way and begin with a mark, D02`(end: String) async throws {
    let text = Reply.stream(Reply.delta, Reply.completed(Reply.message()))
      .replacing("\n", with: end)
    let reply = try await Reply("\u{FEFF}\(text)")
    #expect(reply.result?.text == "Hi")
    #expect(reply.events.count == 2)
  }

  @Test func `may hold comments and events without data, D03`() async throws {
    let reply = try await Reply(
      ": ping\n\ndata:\n\nevent: ping\ndata: \n\n" + Reply.stream(Reply.delta, Reply.completed()))
    #expect(reply.error == nil)
    #expect(reply.events.count == 2)
  }

  @Test(arguments: ["data: [DONE]\n\n", ""])
  func `that says nothing of its end has failed, D04 D26 D3-7`(end: String) async throws {
    let reply = try await Reply(Reply.stream(Reply.created, Reply.delta) + end)
    #expect(reply.error?.code == .streamTruncated)
    #expect(reply.events.map(\.type).last == "response.failed")
    #expect(reply.deltas == "Hi")
  }

  @Test(arguments: ["\n\n", "\n", ""])
  func `may lack the end of its last event, D05`(end: String) async throws {
    let reply = try await Reply("data: \(Reply.completed(Reply.message()))\(end)")
    #expect(reply.result?.text == "Hi")
  }

  @Test func `is not asked for again by its ids, D06`() async throws {
    let reply = try await Reply("retry: 1\nid: 7\ndata: \(Reply.delta)\n\n")
    #expect(reply.error?.code == .streamTruncated)
    #expect(reply.connections == 1)
  }

  @Test func `may hold an event of many megabytes, D07`() async throws {
    let text = String(repeating: "x", count: 6 << 20)
    let reply = try await Reply(Reply.stream(Reply.completed(Reply.message(text))))
    #expect(reply.result?.text.utf8.count == text.utf8.count)
  }

  @Test func `may leave out numbers and repeat them, D09`() async throws {
    let events = [7, 3, 3, 900].map { #"{"type":"response.x.delta","sequence_number":\#($0)}"# }
    let reply = try await Reply(
      events.map { Reply.stream($0) }.joined() + Reply.stream(Reply.completed()))
    #expect(reply.events.dropLast().map { String(decoding: $0.data, as: UTF8.self) } == events)
    #expect(reply.error == nil)
  }

  @Test(arguments: [
    #"{"type":"response.azure_ai_search_call_output.done","x":1.50}"#,
    #"{"type":"response.oauth_consent_requested","obfuscation":"aaaa"}"#,
    #"{ "type" : "new", "a":1, "a":2 }"#,
  ])
  func `passes on what nobody knows, untouched, D2-1 D2-3 D2-4`(event: String) async throws {
    let reply = try await Reply(Reply.stream(event, Reply.completed()))
    #expect(reply.events.first.map { String(decoding: $0.data, as: UTF8.self) } == event)
  }

  @Test func `may name its text otherwise, D2-2`() async throws {
    let reply = try await Reply(
      Reply.stream(
        #"{"type":"response.text.delta","delta":"Hi"}"#,
        Reply.completed(Reply.message(type: "text"))))
    #expect(reply.deltas == "Hi")
    #expect(reply.result?.text == "Hi")
  }

  @Test(arguments: ["null", #"[{"blocked":false,"source_type":"completion"}]"#])
  func `may carry findings of a filter or none, D2-5`(filters: String) async throws {
    let reply = try await Reply(
      Reply.stream(Reply.completed(Reply.message(), more: #","content_filters":\#(filters)"#)))
    #expect(reply.result?.text == "Hi")
    #expect(reply.result?.warnings == [])
  }

  @Test func `counts a message once that it repeats as it grows, D2-7`() async throws {
    let reply = try await Reply(
      Reply.stream(
        Reply.completed(
          Reply.message("A", id: "m"), Reply.message("A b", id: "m"), Reply.message("A", id: "n"))))
    #expect(reply.result?.text == "A bA")
  }

  @Test func `has the arguments of the finished call and not of its parts, D2-8`() async throws {
    let call = #"{"type":"function_call","call_id":"c","name":"f","arguments":"{\"a\":1}"}"#
    let events = Reply.stream(
      #"{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{\"a"}"#,
      #"{"type":"response.function_call_arguments.done","output_index":0,"arguments":""}"#,
      #"{"type":"response.output_item.done","output_index":0,"item":\#(call)}"#)
    for end in [Reply.completed(call), Reply.completed()] {
      let reply = try await Reply(events + Reply.stream(end))
      #expect(reply.result?.functionCalls.map(\.arguments) == [#"{"a":1}"#])
      #expect(reply.result?.finish == .toolCalls)
    }
  }

  @Test func `gives back the reasoning that its end lacks, with a warning, Q18`() async throws {
    let item = #"{"type":"reasoning","id":"rs","summary":[],"encrypted_content":"gAAA"}"#
    let lacking = item.replacing(#","encrypted_content":"gAAA""#, with: "")
    let reply = try await Reply(
      Reply.stream(
        #"{"type":"response.output_item.done","output_index":0,"item":\#(item)}"#,
        Reply.completed(lacking)))
    let result = try #require(reply.result)
    #expect(result.outputItems.map { String(decoding: $0, as: UTF8.self) } == [item])
    #expect(String(decoding: result.response, as: UTF8.self).contains(item))
    #expect(result.warnings.contains { $0.contains("encrypted content") })
    let whole = try await Reply(Reply.stream(Reply.completed(item)))
    #expect(whole.result?.warnings == [])
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      (StreamedReply.completed(), nil),
      (
        #"{"type":"response.failed","response":{"error":{"code":"server_error","message":"m"}}}"#,
        ErrorCode.upstreamFailed
      ),
      (#"{"type":"error","error":{"code":"rate_limit_exceeded","message":"m"}}"#, .rateLimited),
    ])
  func `is over with its terminal event, not with its connection, D24`(
    end: String, code: ErrorCode?
  ) async throws {
    let reply = try await Reply(Reply.stream(Reply.created, end), staysOpen: true)
    #expect(reply.error?.code == code)
  }
}

/// How an answer ends, and what of it a caller gets.
@Suite struct `The end of an answer` {
  typealias Reply = StreamedReply

  private static func incomplete(_ reason: String) -> String {
    #"{"type":"response.incomplete","response":{"id":"r","status":"incomplete","#
      + #""incomplete_details":{"reason":"\#(reason)"},"output":[\#(Reply.message("Half"))]}}"#
  }

  @Test func `is a stop when nothing is left to do, D3-1`() async throws {
    let reply = try await Reply(Reply.stream(Reply.completed(Reply.message())))
    #expect(reply.result?.finish == .stop)
  }

  @Test func `is a length with what came until then, D3-2`() async throws {
    let reply = try await Reply(Reply.stream(Self.incomplete("max_output_tokens")))
    #expect(reply.result?.finish == .length)
    #expect(reply.result?.text == "Half")
  }

  @Test func `is a filter's, with what came until then, D3-3`() async throws {
    let reply = try await Reply(Reply.stream(Self.incomplete("content_filter")))
    #expect(reply.error?.code == .contentFiltered)
    let partial = try #require(reply.error?.partialResponse)
    #expect(String(decoding: partial, as: UTF8.self).contains("Half"))
    #expect(reply.events.map(\.type) == ["response.incomplete"])
  }

  @Test(arguments: ["failed", "cancelled"])
  func `is a failure when the response says so, whatever the event, D3-4 D3-5 D3-6`(
    status: String
  ) async throws {
    let response = Reply.response().replacing(#""completed""#, with: #""\#(status)""#)
    let reply = try await Reply(
      Reply.stream(#"{"type":"response.completed","response":\#(response)}"#))
    #expect(reply.error?.code == .upstreamFailed)
    #expect(reply.events.map(\.type) == ["response.failed"])
  }
}
