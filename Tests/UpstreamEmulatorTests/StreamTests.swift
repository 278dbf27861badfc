import Testing

@testable import UpstreamEmulator

@Suite struct `A stream has every event in its order` {
  /// The members that the published description requires of each event, beside type and number.
  private static let required: [String: [String]] = [
    "response.queued": ["response"], "response.created": ["response"],
    "response.in_progress": ["response"], "response.completed": ["response"],
    "response.incomplete": ["response"], "response.failed": ["response"],
    "response.output_item.added": ["output_index", "item"],
    "response.output_item.done": ["output_index", "item"],
    "response.content_part.added": ["item_id", "output_index", "content_index", "part"],
    "response.content_part.done": ["item_id", "output_index", "content_index", "part"],
    "response.output_text.delta": [
      "item_id", "output_index", "content_index", "delta", "logprobs",
    ],
    "response.output_text.done": [
      "item_id", "output_index", "content_index", "text", "logprobs",
    ],
    "response.function_call_arguments.delta": ["item_id", "output_index", "delta"],
    "response.function_call_arguments.done": ["item_id", "output_index", "name", "arguments"],
    "response.custom_tool_call_input.delta": ["item_id", "output_index", "delta"],
    "response.custom_tool_call_input.done": ["item_id", "output_index", "input"],
    "response.reasoning_summary_part.added": [
      "item_id", "output_index", "summary_index", "part",
    ],
    "response.reasoning_summary_part.done": ["item_id", "output_index", "summary_index", "part"],
    "response.reasoning_summary_text.delta": [
      "item_id", "output_index", "summary_index", "delta",
    ],
    "response.reasoning_summary_text.done": ["item_id", "output_index", "summary_index", "text"],
  ]

  // Source: openresponses.org/reference, and `user`, which all recorded answers have.
  private static let responseMembers = [
    "id", "object", "created_at", "completed_at", "status", "error", "incomplete_details",
    "instructions", "model", "previous_response_id", "tools", "output", "parallel_tool_calls",
    "metadata", "tool_choice", "truncation", "text", "temperature", "top_p", "presence_penalty",
    "frequency_penalty", "top_logprobs", "reasoning", "usage", "max_output_tokens",
    "max_tool_calls", "store", "background", "service_tier", "safety_identifier",
    "prompt_cache_key", "user",
  ]

  private static let bodies: [JSON] = [
    Sample.streamed,
    Sample.toolRequest.with("stream", true)
      .with("reasoning", ["effort": "low", "summary": "auto"])
      .with("include", ["reasoning.encrypted_content"])
      .with("tools", [Sample.tool("weather"), Sample.tool("tides")])
      .with("parallel_tool_calls", true),
    ["input": "free text", "tools": [["type": "custom", "name": "c"]], "stream": true],
    [
      "input": "one two three four five six seven eight nine ten 11 12 13 14 15 16 17",
      "max_output_tokens": 16, "stream": true,
    ],
    ["input": "later", "background": true, "stream": true],
  ]

  @Test(arguments: EmulatedUpstream.allCases, bodies)
  func `numbered from zero, with all required members`(
    upstream: EmulatedUpstream, body: JSON
  ) throws {
    let reply = try Emulation(upstream).create(body)
    #expect(reply.headers["content-type"] == "text/event-stream; charset=utf-8")
    #expect(reply.ending == .complete)
    for (index, event) in reply.events.enumerated() {
      #expect(event.data["type"]?.text == event.name)
      #expect(event.data["sequence_number"]?.integer == index)
      let members = try #require(Self.required[event.name], "\(event.name) is not known")
      for member in members { #expect(event.data[member] != nil, "\(event.name) \(member)") }
      if let response = event.data["response"] {
        for member in Self.responseMembers { #expect(response[member] != nil, "\(member)") }
      }
    }
    let terminal = reply.events.filter { ServerEvent($0.data).isTerminal }
    #expect(terminal.count == 1)
    #expect(terminal.first?.name == reply.eventNames.last)
  }

  @Test func `a message, word by word`() throws {
    let reply = try Emulation(.openai).create(Sample.streamed)
    #expect(
      reply.eventNames == [
        "response.created", "response.in_progress", "response.output_item.added",
        "response.content_part.added",
      ] + Array(repeating: "response.output_text.delta", count: 6) + [
        "response.output_text.done", "response.content_part.done", "response.output_item.done",
        "response.completed",
      ])
    let words = reply.events.compactMap { $0.data["delta"]?.text }
    #expect(words == ["You", " said:", " hello", " there,", " é", " 漢字"])
    let last = try #require(reply.events.last?.data["response"])
    #expect(last["output"]?[0]?["content"]?[0]?["text"]?.text == words.joined())
    #expect(last["usage"]?["output_tokens"] == 6)
  }

  @Test func `a call, its arguments in pieces that add up`() throws {
    let reply = try Emulation(.azureOpenAI).create(Sample.toolRequest.with("stream", true))
    let pieces = reply.events.filter { $0.name.hasSuffix("arguments.delta") }
      .compactMap { $0.data["delta"]?.text }
    let call = try #require(reply.events.last?.data["response"]?["output"]?[0])
    #expect(pieces.count > 1)
    #expect(pieces.joined() == call["arguments"]?.text)
    #expect(call["arguments"]?.text == #"{"city":"Oslo?"}"#)
    #expect(call["id"]?.text?.hasPrefix("fc_") == true)
    let opening = reply.events.first { $0.name == "response.output_item.added" }
    #expect(opening?.data["item"]?["arguments"] == "")
    #expect(opening?.data["item"]?["status"] == "in_progress")
  }

  @Test func `reasoning, whose blob is whole only at its end`() throws {
    let body: JSON = [
      "input": "x", "stream": true, "reasoning": ["summary": "auto"],
      "include": ["reasoning.encrypted_content"],
    ]
    func blobs(_ quirks: [Quirk]) throws -> [String?] {
      let events = try Emulation(.azureOpenAI) { $0.quirks = quirks }.create(body).events
      let items = events.filter { $0.data["item"]?["type"] == "reasoning" }
        .map { $0.data["item"]?["encrypted_content"]?.text }
      try #require(items.count == 2)
      return items + [events.last?.data["response"]?["output"]?[0]?["encrypted_content"]?.text]
    }
    let usual = try blobs([])
    #expect(usual[1] == usual[2])
    #expect(try #require(usual[0]).count < (try #require(usual[1])).count)
    let late = try blobs([Quirk("late-blob")])
    #expect(late[0] == nil && late[1] == nil && late[2] != nil)
  }

  @Test func `an answer that is cut by its limit is incomplete`() throws {
    let body = Self.bodies[3]
    let last = try #require(try Emulation(.openai).create(body).events.last)
    #expect(last.name == "response.incomplete")
    #expect(last.data["response"]?["incomplete_details"] == ["reason": "max_output_tokens"])
    let whole = try Emulation(.openai).create(body.without("stream")).json
    #expect(whole["status"] == "incomplete")
    #expect(whole["output"]?[0]?["status"] == "incomplete")
  }

  @Test func `D2-5: only the two Azure ones add their filters`() throws {
    for upstream in EmulatedUpstream.allCases {
      let events = try Emulation(upstream).create(Sample.streamed).events
      let first = events.first?.data["response"]?["content_filters"]
      let last = events.last?.data["response"]?["content_filters"]
      #expect(first == (upstream == .openai ? nil : .null))
      #expect(last?.items.count == (upstream == .openai ? nil : 2))
    }
  }

  @Test func `D2-2, D2-4, D03: the quirks of streams`() throws {
    let odd = try Emulation(.azureOpenAI) { $0.quirks = [try Quirk("odd-deltas")] }
    #expect(try odd.create(Sample.streamed).eventNames.contains("response.text.delta"))
    let comments = try Emulation(.openai) { $0.quirks = [try Quirk("comments")] }
    let reply = try comments.create(Sample.streamed)
    #expect(reply.text.hasPrefix(": keep-alive\n\nevent: response.created"))
    let padded = try Emulation(.openai).create(Sample.streamed)
    #expect(padded.text.contains("obfuscation"))
    let plain = try Emulation(.openai) { $0.quirks = [try Quirk("no-obfuscation")] }
    #expect(try !plain.create(Sample.streamed).text.contains("obfuscation"))
    let asked = Sample.streamed.with("stream_options", ["include_obfuscation": false])
    #expect(try !Emulation(.openai).create(asked).text.contains("obfuscation"))
    let split = try Emulation(.openai) { $0.quirks = [try Quirk("scalar-deltas")] }
    let family: JSON = ["input": "👩🏽‍🚀 é", "stream": true]
    let deltas = try split.create(family).events.compactMap { $0.data["delta"]?.text }
    #expect(deltas.suffix(6) == ["👩", "🏽", "\u{200D}", "🚀", " ", "é"])
    let paced = try Emulation(.openai) { $0.quirks = [try Quirk("pace:1")] }
    #expect(try paced.create(Sample.streamed).eventNames == padded.eventNames)
  }

  @Test func `D2: text beyond ASCII as escapes`() throws {
    let emulation = try Emulation(.openai) { $0.quirks = [try Quirk("escapes@gpt-5")] }
    let plain: JSON = ["input": "é 😀\u{7}"]
    for body in [plain, plain.with("stream", true)] {
      let reply = try emulation.create(body)
      #expect(reply.text.contains("\\u00e9"))
      #expect(reply.text.contains("\\ud83d\\ude00"))
      #expect(reply.body.allSatisfy { $0 < 0x80 })
      let object = reply.events.last?.data["response"] ?? reply.json
      #expect(object["output"]?[0]?["content"]?[0]?["text"] == "You said: é 😀\u{7}")
      let other = try emulation.create(body.with("model", "gpt-4.1"))
      #expect(other.text.contains("é 😀\\u0007"))
    }
  }
}
