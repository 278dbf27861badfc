import AgentHistory
import ChatCompletions
import Foundation
import Testing

/// A response with random output, and the events that tell it.
struct ToldResponse {
  private(set) var items: [String] = []
  private(set) var events: [String] = []
  private var random: SeededGenerator

  private static let words = [
    "a", "", #"\n"#, #"\"q\""#, "é", "🦊", #"\ud83e\udd8a"#, #"\\"#, " words and more words ", "{",
    "]",
  ]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    events.append(#"{"type":"response.created","response":{"id":"resp_1","created_at":5}}"#)
    for place in 0..<Int.random(in: 0...5, using: &random) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: reasoning(place)
      case 1, 2: message(place)
      default: call(place, isCustom: .random(using: &random))
      }
    }
    events.append(#"{"type":"response.completed","response":\#(object)}"#)
  }

  var object: String {
    #"{"id":"resp_1","created_at":5,"model":"m","status":"completed","output":[\#(items.joined(separator: ","))]}"#
  }

  /// Some events, of which enough are left.
  mutating func thinned() -> [String] {
    let drops = Int.random(in: 0..<4, using: &random)
    return events.filter { event in
      switch drops {
      case 0: true
      case 1: !event.contains(#".done","#)
      case 2: !event.contains(#".delta","#)
      default:
        event.contains("item.done") || event.contains(".created")
          || event.contains(#".completed","#)
      }
    }
  }

  private mutating func deltas(_ type: String, _ place: Int, _ members: String = "") -> String {
    var whole = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let word = random.pick(Self.words)
      whole += word
      events.append(
        #"{"type":"response.\#(type).delta","output_index":\#(place),"item_id":"i\#(place)"\#(members),"delta":"\#(word)"}"#
      )
    }
    return whole
  }

  private mutating func tell(_ place: Int, _ item: String, _ body: (inout Self) -> String) {
    let start = item.replacing("ITEM", with: "")
    events.append(
      #"{"type":"response.output_item.added","output_index":\#(place),"item":\#(start)}"#)
    let whole = item.replacing("ITEM", with: body(&self))
    events.append(
      #"{"type":"response.output_item.done","output_index":\#(place),"item":\#(whole)}"#)
    items.append(whole)
  }

  private mutating func reasoning(_ place: Int) {
    tell(place, #"{"id":"i\#(place)","type":"reasoning","summary":[ITEM]}"#) { told in
      (0..<Int.random(in: 0...2, using: &told.random)).map { index in
        let text = told.deltas("reasoning_summary_text", place, #","summary_index":\#(index)"#)
        return #"{"type":"summary_text","text":"\#(text)"}"#
      }.joined(separator: ",")
    }
  }

  private mutating func message(_ place: Int) {
    tell(place, #"{"id":"i\#(place)","type":"message","content":[ITEM]}"#) { told in
      (0..<Int.random(in: 0...2, using: &told.random)).map { index in
        let isRefusal = Bool.random(using: &told.random)
        let type = isRefusal ? "refusal" : "output_text"
        let text = told.deltas(type, place, #","content_index":\#(index)"#)
        return #"{"type":"\#(type)","\#(isRefusal ? "refusal" : "text")":"\#(text)"}"#
      }.joined(separator: ",")
    }
  }

  private mutating func call(_ place: Int, isCustom: Bool) {
    let type = isCustom ? "custom_tool_call" : "function_call"
    let name = isCustom ? "input" : "arguments"
    tell(
      place,
      #"{"id":"i\#(place)","type":"\#(type)","call_id":"call_\#(place)","name":"f","\#(name)":"ITEM"}"#
    ) { told in told.deltas(isCustom ? "custom_tool_call_input" : "function_call_arguments", place)
    }
  }
}

@Suite struct `A streamed answer and a whole one` {
  @Test(arguments: 0..<8)
  func `say the same, whatever kind of event is missing`(seed: UInt64) throws {
    for round in 0..<60 {
      var told = ToldResponse(seed: seed << 32 + UInt64(round))
      let answer = try Accumulated(chunks(of: told.thinned()))
      let completion = try ChatAnswer.completion(
        from: utf8(told.object)[...], model: "asked", created: 7)
      let root = try #require(completion.parsed() as? [String: Any])
      let choice = try #require((root["choices"] as? [[String: Any]])?.first)
      let message = try #require(choice["message"] as? [String: Any])
      #expect(answer.ids == [try #require(root["id"] as? String)])
      #expect(answer.finishReasons == [try #require(choice["finish_reason"] as? String)])
      let content = message["content"] as? String
      #expect((answer.content ?? "") == (content ?? ""), "\(told.object)")
      #expect(answer.refusal == message["refusal"] as? String, "\(told.object)")
      #expect(answer.reasoning == message["reasoning_content"] as? String, "\(told.object)")
      #expect(answer.calls == calls(of: message), "\(told.object)")
    }
  }

  private func calls(of message: [String: Any]) -> [Accumulated.Call] {
    (message["tool_calls"] as? [[String: Any]] ?? []).map { call in
      let callee = (call["function"] ?? call["custom"]) as? [String: String] ?? [:]
      return Accumulated.Call(
        id: call["id"] as? String, type: call["type"] as? String, name: callee["name"] ?? "",
        input: callee["arguments"] ?? callee["input"] ?? "")
    }
  }
}
