import ChatCompletions
import Testing

@Suite struct `Whole exchanges are translated byte for byte` {
  @Test(arguments: ["conversation", "functions"])
  func `a request`(_ name: String) throws {
    let translation = try ChatRequest.translated(fixture("requests/\(name).chat.json"))
    #expect(try translation.body.text == fixture("requests/\(name).responses.json").trimmed)
  }

  @Test func `what a request says of its answer, and what was left out`() throws {
    let translation = try ChatRequest.translated(fixture("requests/conversation.chat.json"))
    #expect(translation.model == "gpt-5.2")
    #expect(translation.isStream)
    #expect(translation.reply == ChatReply(includesUsage: true, usesFunctionCall: false))
    #expect(
      translation.dropped == [
        "presence_penalty", "seed", "messages[].name", "messages[].reasoning_content",
      ])
    let old = try ChatRequest.translated(fixture("requests/functions.chat.json"))
    #expect(!old.isStream)
    #expect(old.reply == ChatReply(includesUsage: false, usesFunctionCall: true))
    #expect(old.dropped.isEmpty)
  }

  @Test func `an answer`() throws {
    let completion = try ChatAnswer.completion(
      from: fixture("answers/everything.response.json")[...], model: "asked", created: 7)
    #expect(try completion.text == fixture("answers/everything.completion.json").trimmed)
  }

  @Test(arguments: [true, false])
  func `a stream`(hasTypes: Bool) throws {
    let events = try fixture("streams/everything.events.jsonl").split(separator: 0x0A)
    var stream = ChatStream(
      model: "asked", created: 7, reply: ChatReply(includesUsage: true))
    var chunks: [UInt8] = []
    for event in events {
      let object = try #require(try Array(event).parsed() as? [String: Any])
      let type = hasTypes ? try #require(object["type"] as? String) : ""
      stream.take(type: type, data: event, into: &chunks)
    }
    #expect(stream.isFinished)
    #expect(try chunks.text == fixture("streams/everything.chunks.txt").text)
  }
}
