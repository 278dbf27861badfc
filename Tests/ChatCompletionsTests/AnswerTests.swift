import ChatCompletions
import Foundation
import Testing

@Suite struct `A whole answer` {
  private static func completion(
    _ members: String, reply: ChatReply = ChatReply()
  ) throws -> [String: Any] {
    let bytes = try ChatAnswer.completion(
      from: utf8("{\(members)}")[...], reply: reply, model: "asked", created: 7)
    return try #require(bytes.parsed() as? [String: Any])
  }

  private static func choice(_ completion: [String: Any]) throws -> [String: Any] {
    let choices = try #require(completion["choices"] as? [[String: Any]])
    #expect(choices.count == 1)
    return try #require(choices.first)
  }

  private static let call = #"{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}"#

  @Test(arguments: [
    (#""status":"completed","output":[]"#, "stop"), (#""output":[]"#, "stop"),
    (#""status":"completed","output":[\#(call)]"#, "tool_calls"),
    (#""status":"incomplete","output":[\#(call)]"#, "length"),
    (
      #""status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]"#,
      "content_filter"
    ),
    (
      #""status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]"#,
      "length"
    ),
  ])
  func `says why it ended`(_ members: String, _ reason: String) throws {
    let choice = try Self.choice(Self.completion(members))
    #expect(choice["finish_reason"] as? String == reason)
  }

  @Test(arguments: [
    (#""id":"resp_x","#, "chatcmpl-x", 7, "asked"),
    (#""id":"x_resp_","#, "chatcmpl-x_resp_", 7, "asked"),
    (#""id":7,"created_at":"x","model":null,"#, "chatcmpl-7", 7, "asked"),
    (#""created_at":1741476542.9,"model":"m","#, "chatcmpl-7", 1_741_476_542, "m"),
    (#""created_at":1e400,"#, "chatcmpl-7", 7, "asked"),
  ])
  func `has a head`(_ members: String, id: String, created: Int, model: String) throws {
    let completion = try Self.completion(members + #""output":[]"#)
    #expect(completion["id"] as? String == id)
    #expect(completion["created"] as? Int == created)
    #expect(completion["model"] as? String == model)
    #expect(completion["object"] as? String == "chat.completion")
    #expect(completion["usage"] == nil)
  }

  @Test func `has null where it says nothing`() throws {
    let choice = try Self.choice(Self.completion(#""output":[\#(Self.call)]"#))
    let message = try #require(choice["message"] as? [String: Any])
    #expect(message["content"] is NSNull && message["refusal"] is NSNull)
    #expect(message["reasoning_content"] == nil)
    #expect((message["annotations"] as? [Any])?.isEmpty == true)
    #expect(choice["logprobs"] is NSNull)
  }

  @Test func `has a refusal, and reasoning word for word where there is no summary`() throws {
    let output =
      #""output":[{"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"t"}]},{"type":"message","content":[{"type":"refusal","refusal":"no"},{"type":"refusal","refusal":"!"}]}]"#
    let choice = try Self.choice(Self.completion(output))
    let message = try #require(choice["message"] as? [String: Any])
    #expect(message["refusal"] as? String == "no!")
    #expect(message["content"] is NSNull)
    #expect(message["reasoning_content"] as? String == "t")
    #expect(choice["finish_reason"] as? String == "stop")
  }

  @Test func `has the summary of its reasoning where it has both`() throws {
    let output =
      #""output":[{"type":"reasoning","summary":[{"text":"s"}],"content":[{"text":"t"}]}]"#
    let choice = try Self.choice(Self.completion(output))
    let message = try #require(choice["message"] as? [String: Any])
    #expect(message["reasoning_content"] as? String == "s")
  }

  @Test func `has one call for who sent functions`() throws {
    let choice = try Self.choice(
      Self.completion(
        #""output":[\#(Self.call),\#(Self.call)]"#, reply: ChatReply(usesFunctionCall: true)))
    let message = try #require(choice["message"] as? [String: Any])
    #expect(message["function_call"] as? [String: String] == ["name": "f", "arguments": "{}"])
    #expect(message["tool_calls"] == nil)
    #expect(choice["finish_reason"] as? String == "function_call")
  }

  @Test func `makes do with a call that lacks what it must have`() throws {
    let output =
      #""output":[{"type":"function_call","id":"fc","arguments":{"a":"b"}},{"type":"custom_tool_call"}]"#
    let choice = try Self.choice(Self.completion(output))
    let calls = try #require((choice["message"] as? [String: Any])?["tool_calls"] as? NSArray)
    let expected: NSArray = [
      ["id": "fc", "type": "function", "function": ["name": "", "arguments": #"{"a":"b"}"#]],
      ["id": "call_1", "type": "custom", "custom": ["name": "", "input": ""]],
    ]
    #expect(calls == expected)
  }

  @Test(arguments: [
    ("{", "protocol_error"), ("[]", "protocol_error"), ("{}", "protocol_error"),
    (#"{"output":{}}"#, "protocol_error"), (#"{"status":"queued","output":[]}"#, "protocol_error"),
    (#"{"status":"in_progress","output":[]}"#, "protocol_error"),
    (#"{"status":"cancelled","output":[]}"#, "cancelled"),
    (#"{"status":"failed","output":[],"error":{"code":"c","message":"m"}}"#, "c"),
    (#"{"status":"failed","error":{"code":"c","message":"m"}}"#, "c"),
  ])
  func `is an error where there is none`(_ response: String, _ code: String) {
    #expect {
      try ChatAnswer.completion(from: utf8(response)[...], model: "m", created: 1)
    } throws: { error in
      (error as? ChatFailure)?.code == code
    }
  }
}
