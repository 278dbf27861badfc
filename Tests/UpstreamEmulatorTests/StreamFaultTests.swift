import Testing

@testable import UpstreamEmulator

@Suite struct `D: streams that are odd on demand` {
  private func reply(
    _ fault: String, _ body: JSON = Sample.streamed, _ upstream: EmulatedUpstream = .azureOpenAI,
    quirks: [String] = []
  ) throws -> WireReply {
    try Emulation(upstream) { $0.quirks = try quirks.map { try Quirk($0) } }
      .create(body, fault: fault)
  }

  @Test func `D01, D02: names that lie, no spaces, data on two lines, other fields`() throws {
    let usual = try Emulation(.azureOpenAI).create(Sample.streamed)
    let named = try reply("wrong-event-names")
    #expect(Set(named.eventNames) == ["message"])
    #expect(
      named.events.map { $0.data["type"]?.text } == usual.events.map { $0.data["type"]?.text })
    #expect(try reply("no-space").text.hasPrefix("event:response.created\ndata:{\"type\""))
    let split = try reply("split-data").text
    #expect(split.hasPrefix("event: response.created\ndata: {\ndata: \"type\""))
    let odd = try reply("odd-fields").text
    #expect(odd.hasPrefix("event: response.created\nid: 7\nretry: 10\ncolour: blue\nlonely\ndata:"))
    let crlf = try reply("split-data,crlf").text
    #expect(crlf.contains("data: {\r\ndata: \"type\""))
  }

  @Test func `D03, D06: comments between events, and no ids without being asked`() throws {
    let reply = try reply("empty-event", quirks: ["comments"])
    #expect(reply.text.contains(": keep-alive\n\n"))
    #expect(reply.text.contains("data:\n\n"))
    #expect(!reply.text.contains("\nid:"))
    #expect(reply.eventNames.last == "response.completed")
  }

  @Test func `D05: a last event without its end, and half of one`() throws {
    let bare = try reply("no-final-newline")
    #expect(bare.text.hasSuffix("}"))
    #expect(bare.ending == .complete)
    #expect(bare.events.last?.name == "response.completed")
    let half = try reply("half-terminal")
    #expect(half.ending == .complete)
    #expect(half.text.contains("event: response.completed\n"))
    #expect(half.events.last?.name != "response.completed")
  }

  @Test func `D08: what stands in place of a stream`() throws {
    let text = try reply("text-200")
    #expect(text.status == 200)
    #expect(text.text == "no healthy upstream")
    let disguised = try reply("error-json-200,wrong-content-type:text/event-stream")
    #expect(disguised.headers["content-type"] == "text/event-stream")
    #expect(disguised.error["code"] == "rate_limit_exceeded")
  }

  @Test func `D09: numbers with a gap, twice, and none`() throws {
    func numbers(_ fault: String) throws -> [Int?] {
      try reply(fault).events.map { $0.data["sequence_number"]?.integer }
    }
    #expect(try numbers("sequence-gap:2").prefix(4) == [0, 1, 12, 13])
    #expect(try numbers("repeat:2").prefix(5) == [0, 1, 2, 2, 3])
    #expect(try numbers("sequence-none").allSatisfy { $0 == nil })
  }

  @Test func `D2-1, D2-3: events that nobody knows`() throws {
    let unknown = try reply("unknown-event").events
    #expect(unknown[1].name == "response.unheard_of")
    #expect(unknown[2].data["sequence_number"] == 2)
    let search = "response.azure_ai_search_call_output.done"
    #expect(try reply("unknown-event:\(search)").eventNames[1] == search)
  }

  @Test func `D2-2: text by other names`() throws {
    let odd = try reply("done", quirks: ["odd-deltas", "odd-parts"])
    #expect(odd.eventNames.contains("response.text.delta"))
    let parts = odd.events.compactMap { $0.data["part"]?["type"]?.text }
    #expect(parts == ["text", "text"])
  }

  @Test func `D2-5, D2-6: filters that stay null, usage that is odd or missing`() throws {
    let quiet = try reply("done", quirks: ["null-filters"]).events
    #expect(quiet.allSatisfy { $0.data["response"]?["content_filters"] ?? .null == .null })
    let usage = try #require(
      try reply("no-space,no-event-names", Sample.streamed.without("stream"), quirks: ["odd-usage"])
        .json["usage"])
    let details = try #require(usage["input_tokens_details"])
    let cached =
      (details["cached_tokens"]?.integer ?? 0)
      + (details["cache_write_tokens"]?.integer ?? 0)
    #expect(cached > usage["input_tokens"]?.integer ?? .max)
  }

  @Test func `D2-7: one message as growing snapshots`() throws {
    let events = try reply("snapshots").events
    let done = events.filter { $0.name == "response.output_item.done" }
    let texts = done.compactMap { $0.data["item"]?["content"]?[0]?["text"]?.text }
    try #require(texts.count == 3)
    #expect(texts[1].hasPrefix(texts[0]) && texts[2].hasPrefix(texts[1]))
    #expect(texts[0].count < texts[1].count && texts[1].count < texts[2].count)
    #expect(events.map { $0.data["sequence_number"]?.integer } == Array(0..<events.count))
  }

  @Test func `D2-8: items that take turns, and arguments that come in deltas only`() throws {
    let two: JSON = [
      "input": [Sample.user("Oslo?")], "tools": [Sample.tool("one"), Sample.tool("two")],
      "parallel_tool_calls": true, "stream": true,
    ]
    let events = try reply("interleave", two).events
    let indices = events.compactMap { $0.data["output_index"]?.integer }
    #expect(indices.prefix(4) == [0, 1, 0, 1])
    #expect(events.first?.name == "response.created")
    #expect(events.last?.name == "response.completed")
    #expect(try events.count == Emulation(.azureOpenAI).create(two).events.count)
    let empty = try reply("empty-arguments-done", two).events
    let done = empty.filter { $0.name == "response.function_call_arguments.done" }
    #expect(done.map { $0.data["arguments"] } == ["", ""])
    #expect(empty.contains { $0.name == "response.function_call_arguments.delta" })
  }

  @Test func `Q18: the blob is whole at the end, or only there`() throws {
    let asked: JSON = [
      "input": [Sample.user("think")], "reasoning": ["effort": "low"], "stream": true,
      "include": ["reasoning.encrypted_content"],
    ]
    func blobs(_ quirks: [String]) throws -> [Int] {
      let events = try reply("done", asked, quirks: quirks).events
      let items = ["response.output_item.added", "response.output_item.done"].map { name in
        events.first { $0.name == name }?.data["item"]
      }
      let last = events.last?.data["response"]?["output"]?[0]
      return (items + [last]).map { $0?["encrypted_content"]?.text?.count ?? 0 }
    }
    let usual = try blobs([])
    #expect(usual[0] > 0 && usual[0] < usual[1] && usual[1] == usual[2])
    let late = try blobs(["late-blob"])
    #expect(late[0] == 0 && late[1] == 0 && late[2] > 0)
  }

  @Test func `D.3: ends that are none of the two usual`() throws {
    let filtered = try #require(try reply("incomplete").events.last)
    #expect(filtered.name == "response.incomplete")
    #expect(filtered.data["response"]?["status"] == "incomplete")
    #expect(
      filtered.data["response"]?["incomplete_details"] == ["reason": "content_filter"])
    #expect(filtered.data["response"]?["content_filters"]?[0]?["blocked"] == true)
    let length = try reply("incomplete:max_output_tokens").events.last?.data["response"]
    #expect(length?["incomplete_details"]?["reason"] == "max_output_tokens")
    let cancelled = try reply("completed-status").events.last
    #expect(cancelled?.name == "response.completed")
    #expect(cancelled?.data["response"]?["status"] == "cancelled")
    let hollow = try reply("empty-output").events.last?.data["response"]
    #expect(hollow?["output"] == [])
  }

  @Test func `D20, D21, D22: errors of any code and shape inside a 200`() throws {
    let failed = try reply("failed:context_length_exceeded/Too long.").events.last?.data
    #expect(failed?["response"]?["error"]?["code"] == "context_length_exceeded")
    #expect(failed?["response"]?["error"]?["message"] == "Too long.")
    let uncoded = try reply("failed:-/Please try again in 2.5s.").events.last?.data
    #expect(uncoded?["response"]?["error"]?["code"] == .null)
    #expect(try reply("failed-object").events.last?.data["response"]?["error"] == [:])
    let nested = try reply("error:rate_limit_exceeded/Slow.").events.last?.data
    #expect(nested?["type"] == "error")
    #expect(nested?["error"]?["code"] == "rate_limit_exceeded")
    #expect(try reply("error-null").events.last?.data["error"] == .null)
    let message = try #require(try reply("error-message-only").events.last?.data)
    #expect(message.members.map(\.name) == ["type", "message"])
    #expect(try reply("error-first").eventNames == ["error"])
  }

  @Test(arguments: ["failed-null", "error-then-failed", "done"])
  func `D23, D24: after the last event the connection may stay open`(fault: String) throws {
    let emulation = try Emulation(.azureFoundry)
    let client = try WireClient(port: emulation.listener.port)
    try client.send(
      emulation.request(
        "POST", "\(emulation.base)/responses", Sample.streamed.with("model", "gpt-5"),
        headers: [emulation.credential, ("x-emulate-fault", "\(fault),no-end")]))
    let last = fault == "done" ? "[DONE]\n\n\r\n" : "response.failed\n"
    let hasCome = client.received(until: last)
    #expect(hasCome)
    if fault != "done" {
      let hasEnded = client.received(until: "}\n\n\r\n")
      #expect(hasEnded)
    }
    #expect(client.isSilent(for: .milliseconds(30)))
    #expect(client.unread.isEmpty)
    emulation.emulator.stop()
    #expect(client.reply().ending != .complete)
  }
}
