import AgentHistory
import ChatCompletions
import Foundation
import JSONFuzzing
import JSONText
import Testing

@Suite struct `Nothing that is sent breaks the bridge` {
  /// Requests that use all that can be translated.
  private static let requests: [[UInt8]] = {
    let rows =
      `A member of a request`.carried + `A member of a request`.renamed
      + `A member of a request`.tools + `A member of a request`.hints
    let files = ["conversation", "functions"].compactMap { name in
      try? fixture("requests/\(name).chat.json")
    }
    let refused =
      `A request is refused`.options + `A request is refused`.tools
      + `A request is refused`.messages
    return files + files + rows.map { utf8($0.request) } + refused.map { utf8($0.request) }
  }()

  @Test(arguments: 0..<8)
  func `a damaged request is translated to JSON, or refused with a place`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var translatedCount = 0
    for _ in 0..<400 {
      let request = Mutation.damage(random.pick(Self.requests), using: &random)
      do throws(ChatRefusal) {
        let translation = try ChatRequest.translated(request)
        translatedCount += 1
        let isJSON = (try? JSONText.validate(translation.body.span)) != nil
        #expect(
          isJSON && !hasDuplicate(translation), "\(request.text)\nbecame \(translation.body.text)")
        let place = anyPlace(of: translation, using: &random)
        #expect(
          place == nil || root(of: request)?.value(at: place ?? "", in: request.span) != nil,
          "\(place ?? "") of \(request.text)")
      } catch {
        #expect(leadsSomewhere(error, in: request), "\(error.param) of \(request.text)")
      }
    }
    #expect(translatedCount > 5)
  }

  @Test(arguments: 0..<4)
  func `any JSON in any place is translated to JSON, or refused`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let names = [
      "model", "messages", "tools", "tool_choice", "functions", "function_call", "response_format",
      "stream_options", "web_search_options", "logit_bias", "stop", "n", "include", "text",
      "reasoning", "reasoning_effort", "max_tokens", "metadata", "logprobs", "other",
    ]
    for _ in 0..<400 {
      var request = utf8(#"{"model":"m","messages":[{"role":"user","content":"x"}]"#)
      for _ in 0..<3 {
        request += utf8(",\"\(random.pick(names))\":") + RandomJSON.text(using: &random)
      }
      request += utf8("}")
      guard let translation = try? ChatRequest.translated(request) else { continue }
      #expect(throws: Never.self) { try JSONText.validate(translation.body.span) }
    }
  }

  @Test(arguments: 0..<4)
  func `what is not translated stays as it was written`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let value = RandomJSON.text(using: &random)
      let root = try JSONText.validate(value.span)
      let json = String(decoding: value[root.range], as: UTF8.self)
      let request =
        #"{"model":"m","messages":[{"role":"user","content":"x","own":\#(json)},{"role":"user","content":[{"type":"text","text":"t","own":\#(json)}]}],"tools":[{"type":"function","function":{"name":"f","parameters":{"p":\#(json)},"own":\#(json)}},{"type":"own","own":\#(json)}],"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"p":\#(json)}}},"own":\#(json)}"#
      let body = try ChatRequest.translated(utf8(request)).body.text
      let places = [
        #""content":"x","own":\#(json)}"#, #""text":"t","own":\#(json)}]"#,
        #""parameters":{"p":\#(json)},"strict":false,"own":\#(json)},"#,
        #"{"type":"own","own":\#(json)}],"#, #""schema":{"p":\#(json)}}},"#,
        #","own":\#(json)}"#,
      ]
      for place in places { #expect(body.contains(place), "\(place)\nin \(body)") }
    }
  }

  @Test(arguments: 0..<8)
  func `damaged events become a stream in good form`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let events = try fixture("streams/everything.events.jsonl").split(separator: 0x0A)
    for _ in 0..<40 {
      var stream = ChatStream(
        model: "m", created: 1,
        reply: ChatReply(includesUsage: .random(using: &random), usesFunctionCall: seed == 0))
      var frames: [UInt8] = []
      for event in events {
        let whole = Array(event)
        let root = try? whole.parsed() as? [String: Any]
        let type = Bool.random(using: &random) ? root?["type"] as? String ?? "" : ""
        // A quarter is missing, a quarter comes twice, and some are damaged.
        for _ in 0..<random.pick([0, 1, 1, 2]) {
          let isDamaged = Int.random(in: 0..<40, using: &random) == 0
          let data = isDamaged ? damagedValue(whole, using: &random) : whole
          stream.take(type: type, data: data[...], into: &frames)
        }
      }
      stream.end(into: &frames)
      #expect(stream.isFinished)
      let answer = try Accumulated(frames)
      #expect(answer.isDone == (answer.error == nil))
      #expect(answer.ids.count <= 1)
    }
  }

  @Test(arguments: 0..<4)
  func `a damaged response is a completion or an error`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let response = try fixture("answers/everything.response.json")
    var completionCount = 0
    for _ in 0..<300 {
      let damaged = damagedValue(response, using: &random)
      guard
        let completion = try? ChatAnswer.completion(from: damaged[...], model: "m", created: 1)
      else { continue }
      completionCount += 1
      #expect(throws: Never.self) { try JSONText.validate(completion.span) }
    }
    #expect(completionCount > 30)
  }

  /// Damage that often leaves JSON: a value in place of another, or any byte.
  private func damagedValue(_ text: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    guard Bool.random(using: &random), let root = try? JSONText.validate(text.span) else {
      return Mutation.damage(text, using: &random)
    }
    let offset = Int.random(in: root.range, using: &random)
    let pointer = JSONPointer.path(to: offset, in: text.span)
    guard let value = root.value(at: pointer, in: text.span) else { return text }
    var damaged = text
    damaged.replaceSubrange(value.range, with: RandomJSON.text(using: &random))
    return damaged
  }

  /// Where something that the translated request has comes from.
  private func anyPlace(
    of translation: ChatTranslation, using random: inout SeededGenerator
  ) -> String? {
    let offset = Int.random(in: translation.body.indices, using: &random)
    return translation.place(of: JSONPointer.path(to: offset, in: translation.body.span))
  }

  private func root(of text: [UInt8]) -> JSONValue? { try? JSONText.validate(text.span) }

  private func leadsSomewhere(_ refusal: ChatRefusal, in request: [UInt8]) -> Bool {
    guard let root = root(of: request) else { return refusal.param.isEmpty }
    guard refusal.reason == .missing else {
      return root.value(at: refusal.param, in: request.span) != nil
    }
    let container = refusal.param.lastIndex(of: "/").map { String(refusal.param[..<$0]) }
    return container.flatMap { root.value(at: $0, in: request.span) }?.kind == .object
  }

  /// Whether a member that the translation writes stands twice.
  private func hasDuplicate(_ translation: ChatTranslation) -> Bool {
    let text = translation.body.span
    guard let index = try? JSONText.index(text) else { return true }
    let own = ["model", "store", "input", "tools", "tool_choice", "text", "include", "stream"]
    let names = index.members.map { $0.name(in: text) }.filter(own.contains)
    return Set(names).count != names.count
  }
}
