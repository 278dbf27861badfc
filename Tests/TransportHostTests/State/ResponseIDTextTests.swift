import AgentHistory
import JSONFuzzing
import JSONText
import Testing

@testable import TransportHost

@Suite struct `Ids of responses are rewritten on their way out` {
  private func rewritten(_ data: String) -> String? {
    ResponseIDText.rewritten(Array(data.utf8).span) { "\($0)+" }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    (
      #"{"type":"response.created", "response" : {"id": "resp_1","object":"response"} }"#,
      #"{"type":"response.created", "response" : {"id": "resp_1+","object":"response"} }"#
    ),
    (
      #"{"type":"response.completed","response":{"output":[{"id":"msg_1"}],"previous_response_id":"resp_0","id":"resp_1"}}"#,
      #"{"type":"response.completed","response":{"output":[{"id":"msg_1"}],"previous_response_id":"resp_0+","id":"resp_1+"}}"#
    ),
    (
      #"{"response":{"i\u0064":"resp\u005f1"},"type":"response.delta"}"#,
      #"{"response":{"i\u0064":"resp_1+"},"type":"response.delta"}"#
    ),
    (
      #" {"id":"resp_1","object":"response","previous_response_id":null,"output":[{"id":"rs_1"}]}"#,
      #" {"id":"resp_1+","object":"response","previous_response_id":null,"output":[{"id":"rs_1"}]}"#
    ),
    (
      #"{"id":"resp_1","object":"response.deleted","deleted":true}"#,
      #"{"id":"resp_1+","object":"response.deleted","deleted":true}"#
    ),
    (
      #"{"id":"resp_1","object":"response.compaction","output":[{"id":"cmp_1"}]}"#,
      #"{"id":"resp_1+","object":"response.compaction","output":[{"id":"cmp_1"}]}"#
    ),
    (#"{"output":[],"id":"resp_1"}"#, #"{"output":[],"id":"resp_1+"}"#),
    (
      #"{"id":"evt_1","response":{"id":"a"},"\u0072esponse":{"id":"b"}}"#,
      #"{"id":"evt_1","response":{"id":"a"},"\u0072esponse":{"id":"b+"}}"#
    ),
  ])
  func `of an event and of a whole response, and not a byte besides`(data: String, new: String) {
    #expect(rewritten(data) == new)
  }

  @Test(arguments: [
    #"{"type":"response.output_text.delta","item_id":"msg_1","delta":"x"}"#,
    #"{"delta":"x","type":"response.output_text.delta","item_id":"msg_1"}"#,
    #"{"type":"response.output_item.done","item":{"id":"msg_1","object":"response"}}"#,
    #"{"type":"response.created","response":null}"#,
    #"{"type":"response.created","response":{"id":7,"previous_response_id":null}}"#,
    #"{"type":"response.created","response":{"id":""}}"#,
    #"{"object":"list","data":[{"id":"msg_1","object":"response"}],"first_id":"msg_1","id":"x"}"#,
    #"{"type":"error","error":{"id":"resp_1"}}"#, "[DONE]", "", "  ", "null",
    #"[{"response":{"id":"a"}}]"#, "{}", #"{"id":"x","output":"text"}"#,
    #"{"id":"gpt-5","object":"model"}"#,
  ])
  func `what carries no response is left alone`(data: String) {
    #expect(rewritten(data) == nil)
  }

  @Test func `an id that stays is no change`() {
    let data = Array(#"{"response":{"id":"resp_1"}}"#.utf8)
    var seen: [String] = []
    let result = ResponseIDText.rewritten(data.span) {
      seen.append($0)
      return $0
    }
    #expect(result == nil)
    #expect(seen == ["resp_1"])
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `what a tree with other ids would say`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let text = event(using: &random)
      for data in [Array(text.utf8), Mutation.damage(Array(text.utf8), using: &random)] {
        guard let tree = try? Tree(data) else { continue }
        let words = Comment(rawValue: String(decoding: data, as: UTF8.self))
        let new = ResponseIDText.rewritten(data.span) { "\($0)+" }
        let expected = tree.taggingResponse
        #expect(try new.map(Tree.init) == (expected == tree ? nil : expected), words)
      }
    }
  }

  @Test func `a text that is cut anywhere does no harm`() {
    let text = Array(#"{"type":"response.created","response":{"id":"a","object":"b"}}"#.utf8)
    for count in text.indices {
      let cut = Array(text[..<count])
      _ = ResponseIDText.rewritten(cut.span) { "\($0)+" }
    }
  }

  private func event(using random: inout SeededGenerator) -> String {
    let values = [#""resp_1""#, #""""#, "null", "12", #"{"id":"x"}"#, #"[{"id":"x"}]"#]
    func object(_ keys: [String], _ value: () -> String) -> String {
      let members = keys.map { "\(random.pick(["", " ", "\n"]))\"\($0)\": \(value())" }
      return "{\(members.joined(separator: ","))}"
    }
    let keys = ["id", "object", "previous_response_id", "output", "item_id", "i\\u0064", "status"]
    func response() -> String {
      object(keys.filter { _ in Bool.random(using: &random) }) { random.pick(values) }
    }
    let outer = ["response", "response", "\\u0072esponse", "item"] + keys
    let picked = outer.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
    return object(picked) {
      random.pick([response(), response(), #""response""#, random.pick(values)])
    }
  }
}

extension Tree {
  /// The event or response with a plus behind the ids of the response.
  fileprivate var taggingResponse: Tree {
    guard case .object(var members) = self else { return self }
    // Of several responses the last one counts.
    if let place = members.lastIndex(where: { $0.name == "response" && $0.value.isObject }) {
      members[place].value = members[place].value.taggingIDs
    }
    let kinds = ["response", "response.compaction", "response.deleted"].map(Tree.string)
    let isResponse = self["object"].map(kinds.contains) ?? self["output"]?.isArray ?? false
    return isResponse ? Tree.object(members).taggingIDs : .object(members)
  }

  private var isArray: Bool { if case .array = self { true } else { false } }
  private var isObject: Bool { if case .object = self { true } else { false } }

  private var taggingIDs: Tree {
    guard case .object(var members) = self else { return self }
    for place in members.indices
    where ["id", "previous_response_id"].contains(members[place].name) {
      guard case .string(let id) = members[place].value, !id.isEmpty else { continue }
      members[place].value = .string("\(id)+")
    }
    return .object(members)
  }
}
