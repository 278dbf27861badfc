import JSONText
import Testing

@testable import TransportHost

@Suite struct `State of another boundary is taken out of a request` {
  private func edited(
    _ body: String, _ chain: StateDecision.Chain = .asSent, foreign: Set<Int> = []
  ) throws -> EditedRequest? {
    var decision = StateDecision()
    decision.chain = chain
    decision.foreignItems = foreign
    return try ForeignState.edited(Array(body.utf8), by: decision)
  }

  private func expect(
    _ edited: EditedRequest?, _ body: String, _ edits: [String],
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      edited.map { String(decoding: $0.bytes, as: UTF8.self) } == body, sourceLocation: location)
    #expect(
      edited?.edits.map { "\($0.rule.id) \($0.action) \($0.pointer)" } == edits,
      sourceLocation: location)
  }

  @Test func `a tag is taken off the previous response`() throws {
    let body = #"{ "previous_response_id" : "resp_1_jf1xyz", "input": "next" }"#
    expect(
      try edited(body, .untagged("resp_1")),
      #"{ "previous_response_id" : "resp_1", "input": "next" }"#,
      ["state-tag replace /previous_response_id"])
    #expect(try edited(body) == nil)
    #expect(try edited(body, .untagged("resp_1_jf1xyz")) == nil)
    #expect(try edited(#"{"input":"next"}"#, .untagged("resp_1")) == nil)
    #expect(try edited(#"{"previous_response_id":null}"#, .replayed) == nil)
  }

  @Test func `a chain that is replayed goes, whatever its spelling`() throws {
    let body =
      #"{"model":"m","previous_response_id":"a","previous\u005fresponse_id":"b","input":[]}"#
    expect(
      try edited(body, .replayed), #"{"model":"m","input":[]}"#,
      ["replayed-chain remove /previous_response_id"])
    expect(
      try edited(body, .untagged("raw \"id\"")),
      #"{"model":"m","previous_response_id":"raw \"id\"","previous\u005fresponse_id":"raw \"id\"","input":[]}"#,
      ["state-tag replace /previous_response_id"])
  }

  @Test func `foreign ids go, the rest of the item stays`() throws {
    let body = #"""
      {"input":[{"id":"msg_1","role":"assistant","content":"x"},{"type":"function_call","id":"fc_1",
      "call_id":"c","id":"fc_2"},{"type":"function_call_output","call_id":"c"},{"id" : "m","role":"user"}]}
      """#
    expect(
      try edited(body, foreign: [0, 1, 2]),
      #"""
      {"input":[{"role":"assistant","content":"x"},{"type":"function_call",
      "call_id":"c"},{"type":"function_call_output","call_id":"c"},{"id" : "m","role":"user"}]}
      """#,
      ["foreign-id remove /input/0/id", "foreign-id remove /input/1/id"])
  }

  @Test func `foreign reasoning goes whole, with what of its turn would ask for it`() throws {
    let body = #"""
      {"input":[{"role":"user","id":"u","content":"a"},
      {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"far"},
      {"type":"reasoning","id":"rs_2","summary":[]},
      {"type":"reasoning","id":"rs_3","summary":[],"encrypted_content":"near"},
      {"type":"web_search_call","id":"ws_1"},{"type":"function_call","id":"fc_1","call_id":"c"},
      {"role":"assistant","id":"msg_1"},{"type":"function_call_output","id":"o","call_id":"c"},
      {"type":"reasoning","id":"rs_4"},{"role":"assistant","id":"msg_2"}]}
      """#
    let result = try edited(body, foreign: [1])
    expect(
      result,
      #"""
      {"input":[{"role":"user","id":"u","content":"a"},
      {"type":"reasoning","id":"rs_3","summary":[],"encrypted_content":"near"},
      {"type":"web_search_call","id":"ws_1"},{"type":"function_call","call_id":"c"},
      {"role":"assistant"},{"type":"function_call_output","id":"o","call_id":"c"},
      {"type":"reasoning","id":"rs_4"},{"role":"assistant","id":"msg_2"}]}
      """#,
      [
        "foreign-ciphertext remove /input/1", "foreign-ciphertext remove /input/2",
        "foreign-ciphertext remove /input/5/id", "foreign-ciphertext remove /input/6/id",
      ])
    #expect(result?.map.original("/input/0") == "/input/0")
    #expect(result?.map.original("/input/1/encrypted_content") == "/input/3/encrypted_content")
    #expect(result?.map.original("/input/8") == "/input/10")
    #expect(result?.map.original("/input") == "/input")
    #expect(result?.map.original("/input/") == "/input/")
    #expect(result?.map.original("/input/-") == "/input/-")
    #expect(result?.map.original("/input/+1") == "/input/+1")
    #expect(
      result?.map.original("/input/9223372036854775807") == "/input/9223372036854775807")
    #expect(result?.map.original("/inputs/1") == "/inputs/1")
  }

  @Test func `a foreign compaction goes whole, and its neighbours keep their ids`() throws {
    let body = #"""
      {"input":[{"type":"compaction","id":"cmp_1","encrypted_content":"far"},{"role":"assistant","id":"m"}]}
      """#
    expect(
      try edited(body, foreign: [0]), #"{"input":[{"role":"assistant","id":"m"}]}"#,
      ["foreign-ciphertext remove /input/0"])
  }

  @Test func `reasoning that a foreign id alone names goes, too`() throws {
    let body =
      #"{"input":[{"type":"reasoning","id":"rs_1","summary":[]},{"role":"assistant","id":"m"}]}"#
    expect(
      try edited(body, foreign: [0, 1]), #"{"input":[{"role":"assistant"}]}"#,
      ["foreign-ciphertext remove /input/0", "foreign-id remove /input/1/id"])
  }

  @Test(arguments: [#"{"type":"item_reference","id":"rs_1"}"#, #"{"id":"rs_1"}"#])
  func `a reference is not left out, since it stands for what was said`(reference: String) throws {
    #expect(try edited(#"{"input":[\#(reference),{"role":"user"}]}"#, foreign: [0]) == nil)
  }

  @Test func `a decision about items that are not there changes nothing`() throws {
    #expect(try edited(#"{"input":"text"}"#, foreign: [0]) == nil)
    #expect(try edited(#"{"input":[{"role":"user"},null]}"#, foreign: [0, 1, 2, -1]) == nil)
  }

  @Test(arguments: StateRule.allCases)
  func `each rule has an id and one sentence`(rule: StateRule) {
    #expect(rule.id.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") })
    #expect(rule.reason.hasSuffix(".") && !rule.reason.dropLast().contains(". "))
  }
}

extension ForeignState {
  /// Edits a request as the host does, which has its index at hand.
  static func edited(_ body: [UInt8], by decision: StateDecision) throws -> EditedRequest? {
    let members = try JSONText.index(body.span).members
    let state = RequestState(of: body.span, members: members)
    return edited(
      body, members: members, state: state, items: state.items(in: body.span), by: decision)
  }
}
