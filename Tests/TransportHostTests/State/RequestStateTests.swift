import AgentHistory
import JSONFuzzing
import JSONText
import Routing
import Testing

@testable import ResponsesTransport
@testable import TransportHost

@Suite struct `A request is read for what it says of stored state` {
  private func state(_ body: String) throws -> RequestState {
    let bytes = Array(body.utf8)
    return RequestState(of: bytes.span, members: try JSONText.index(bytes.span).members)
  }

  private func items(_ input: String) throws -> StateItems {
    let bytes = Array(input.utf8)
    return StateItems(of: try JSONText.validate(bytes.span), in: bytes.span)
  }

  @Test func `the top level names the previous response and the cache key`() throws {
    let body = #"{"previous_response_id":"resp_1","input":[],"prompt_cache_key":"k"}"#
    let state = try state(body)
    #expect(state.previousResponseID == "resp_1")
    #expect(state.previousResponse?.range == 24..<32)
    #expect(state.promptCacheKey == "k")
    #expect(state.input?.range == 41..<43)
  }

  @Test(arguments: [
    "{}", #"{"previous_response_id":null,"prompt_cache_key":null,"input":null}"#,
    #"{"previous_response_id":"","prompt_cache_key":"","input":"text"}"#,
    #"{"previous_response_id":"resp_1","previous_response_id":7,"input":[],"input":{}}"#,
  ])
  func `what is absent, null, empty or of another kind says nothing`(body: String) throws {
    let state = try state(body)
    #expect(state.previousResponseID == nil)
    #expect(state.previousResponse == nil)
    #expect(state.promptCacheKey == nil)
    #expect(state.input == nil)
    #expect(state.items(in: Array(body.utf8).span).items.isEmpty)
  }

  @Test(arguments: [
    (#"{"type":"message","role":"user"}"#, StateItem.Kind.message(isAssistant: false)),
    (#"{"role":"assistant","content":"x"}"#, .message(isAssistant: true)),
    (#"{"type":null,"role":"assistant"}"#, .message(isAssistant: true)),
    (#"{"type":"function_call"}"#, .call), (#"{"type":"custom_tool_call"}"#, .call),
    (#"{"type":"function_call_output"}"#, .callOutput),
    (#"{"type":"custom_tool_call_output"}"#, .callOutput),
    (#"{"type":"reasoning"}"#, .reasoning), (#"{"typ\u0065":"reas\u006fning"}"#, .reasoning),
    (#"{"type":"message","type":"reasoning"}"#, .reasoning),
    (#"{"type":"computer_call_output"}"#, .otherOutput), (#"{"type":"compaction"}"#, .other),
    (#"{"type":7,"role":"assistant"}"#, .other), ("{}", .other), ("null", .other), ("[]", .other),
  ])
  func `an item is what its type or its role says`(item: String, kind: StateItem.Kind) throws {
    let items = try items("[\(item)]").items
    #expect(items.map(\.kind) == [kind])
    #expect(items.map(\.value.range) == [1..<1 + item.utf8.count])
  }

  @Test func `an item tells id, encrypted content and whether it is a reference`() throws {
    let input = #"""
      [{"type":"reasoning","id":"rs_1","encrypted_content":"blob"}, {"id":"a"},
      {"id":"","type":"reasoning","encrypted_content":null}, {"type":"","id":"b"},
      {"type":"item_reference","id":"c","x":1}, {"type":"compaction","encrypted_content":"blob"}]
      """#
    let items = try items(input)
    let text = Array(input.utf8)
    #expect(items.items.map { $0.id?.string(in: text.span) } == ["rs_1", "a", nil, "b", "c", nil])
    #expect(items.items.map(\.isReference) == [false, true, false, true, true, false])
    let fingerprints = items.items.map(\.fingerprint)
    #expect(fingerprints.map { $0 != nil } == [true, false, false, false, false, true])
    #expect(fingerprints[0] == fingerprints[5])
    #expect(
      items.names(in: text.span).prefix(3) == [
        .item("rs_1"), .blob(try #require(fingerprints[0])), .item("a"),
      ])
  }

  @Test func `homes are looked up by encrypted content first, then by id`() throws {
    let input = #"""
      [{"type":"reasoning","id":"rs_1","encrypted_content":"far"},{"role":"assistant","id":"msg_1"},
      {"type":"reasoning","id":"msg_1","encrypted_content":"unknown"},{"type":"function_call"}]
      """#
    let text = Array(input.utf8)
    let items = try items(input)
    let (near, far) = (
      StateHome(boundary: 1, provider: 1), StateHome(boundary: 2, provider: 2)
    )
    var memory = StateMemory()
    #expect(items.homes(in: memory, at: .zero, of: text.span) == [nil, nil, nil, nil])
    memory.insert(.item("rs_1"), home: near, at: .zero)
    memory.insert(.item("msg_1"), home: near, at: .zero)
    memory.insert(.blob(try #require(items.items[0].fingerprint)), home: far, at: .zero)
    #expect(items.homes(in: memory, at: .zero, of: text.span) == [far, near, near, nil])
    #expect(items.homes(in: memory, at: StateMemory.age, of: text.span) == [nil, nil, nil, nil])
  }

  @Test func `a turn ends behind what is not the assistant's`() throws {
    let items = try items(
      #"""
      [{"role":"user"},{"type":"reasoning"},{"type":"function_call"},{"type":"function_call_output"},
      {"type":"reasoning"},{"type":"x_output"},{"type":"compaction"},{"role":"assistant"}]
      """#)
    #expect(items.items.map(\.turn) == [0, 1, 1, 1, 2, 2, 3, 3])
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `transports judge items and transcripts alike`(seed: UInt64) throws {
    var requests = RandomRequest(seed: seed)
    for _ in 0..<50 {
      let body = requests.body()
      let index = try JSONText.index(body.span)
      guard let input = RequestState(of: body.span, members: index.members).input else { continue }
      let items = StateItems(of: input, in: body.span)
      let survey = InputSurvey(of: input, in: body.span)
      let words = String(decoding: body, as: UTF8.self)
      #expect(items.items.map(\.turn) == survey.items.map(\.turn), "\(words)")
      #expect(items.items.map(\.isReference) == survey.items.map(\.isReference), "\(words)")
      #expect(
        items.items.map { $0.callID?.string(in: body.span) } == survey.items.map(\.callID),
        "\(words)")
      #expect(
        items.items.map { $0.fingerprint != nil } == survey.items.map { $0.fingerprint != nil },
        "\(words)")
      #expect(items.carriesTranscript(in: body.span) == survey.carriesTranscript, "\(words)")
    }
  }

  @Test(arguments: [
    (#"[{"role":"user"},{"role":"assistant"},{"role":"user"}]"#, true),
    (#"[{"role":"assistant"},{"role":"user"}]"#, false), (#"[{"role":"user"}]"#, false),
    (
      #"[{"role":"user"},{"type":"function_call","call_id":"c"},"#
        + #"{"type":"function_call_output","call_id":"c"}]"#, true
    ),
    (
      #"[{"role":"user"},{"role":"assistant"},{"type":"function_call_output","call_id":"c"}]"#,
      false
    ),
    (#"[{"role":"user"},{"role":"assistant"},{"id":"msg_1"}]"#, false), ("[]", false),
  ])
  func `a transcript has each call, a question and an answer`(
    input: String, isTranscript: Bool
  ) throws {
    #expect(try items(input).carriesTranscript(in: Array(input.utf8).span) == isTranscript)
  }

  @Test func `an agent's history carries its transcript`() throws {
    let body = AgentHistory.body(byteCount: 1 << 16)
    let state = RequestState(of: body.span, members: try JSONText.index(body.span).members)
    let items = state.items(in: body.span)
    #expect(state.promptCacheKey == "session-0042")
    let isTranscript = items.carriesTranscript(in: body.span)
    #expect(isTranscript)
    #expect(items.items.contains { $0.fingerprint != nil && $0.kind == .reasoning })
  }

  @Test func `damaged requests are read without harm`() throws {
    var random = SeededGenerator(seed: 77)
    var requests = RandomRequest(seed: 77)
    for _ in 0..<2000 {
      let text = Mutation.damage(requests.body(), using: &random)
      let whole = JSONValue(kind: .array, range: 0..<text.count)
      let items = StateItems(of: whole, in: text.span)
      _ = items.carriesTranscript(in: text.span)
      _ = items.names(in: text.span)
    }
  }
}
