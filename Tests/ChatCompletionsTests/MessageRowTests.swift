import ChatCompletions
import Testing

@Suite struct `A message of a request` {
  private static let call =
    #"{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}"#
  private static let callItem =
    #"{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}"#

  static let rows: [(message: String, items: String)] = [
    (
      #"{"role":"user","type":"message","content":"a","x":1}"#,
      #"{"type":"message","role":"user","content":"a","x":1}"#
    ),
    (
      #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"u","y":2},"x":1}]}"#,
      #"{"type":"message","role":"user","content":[{"type":"input_image","image_url":"u","detail":"auto","x":1,"y":2}]}"#
    ),
    (
      #"{"role":"user","content":[{"type":"input_text","text":"t"},{"type":"video","v":[ ]}]}"#,
      #"{"type":"message","role":"user","content":[{"type":"input_text","text":"t"},{"type":"video","v":[ ]}]}"#
    ),
    (
      #"{"role":"assistant","content":[],"tool_calls":[\#(call)]}"#, callItem
    ),
    (
      #"{"role":"assistant","content":"","tool_calls":[\#(call)]}"#, callItem
    ),
    (
      #"{"role":"assistant","content":"a","tool_calls":[\#(call)]}"#,
      #"{"type":"message","role":"assistant","content":"a"},\#(callItem)"#
    ),
    (
      #"{"role":"assistant","content":"","tool_calls":[]}"#,
      #"{"type":"message","role":"assistant","content":""}"#
    ),
    (
      #"{"role":"assistant","content":null,"refusal":"no"}"#,
      #"{"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"no"}]}"#
    ),
    (
      #"{"role":"assistant","content":"","refusal":"no"}"#,
      #"{"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"no"}]}"#
    ),
    (
      #"{"role":"assistant","content":[{"type":"text","text":"a"}],"refusal":"no"}"#,
      #"{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"},{"type":"refusal","refusal":"no"}]}"#
    ),
    (
      #"{"role":"assistant","tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{}"}}]}"#,
      callItem
    ),
    (
      #"{"role":"tool","tool_call_id":"c","content":""}"#,
      #"{"type":"function_call_output","call_id":"c","output":""}"#
    ),
    (
      #"{"role":"tool","tool_call_id":"c","content":[{"type":"image_url","image_url":{"url":"u"}}]}"#,
      #"{"type":"function_call_output","call_id":"c","output":[{"type":"input_image","image_url":"u","detail":"auto"}]}"#
    ),
  ]

  @Test(arguments: rows)
  func `becomes items`(_ message: String, _ items: String) throws {
    let request = #"{"model":"m","messages":[\#(message)]}"#
    let body = try ChatRequest.translated(utf8(request)).body
    #expect(body.text == #"{"model":"m","store":false,"input":[\#(items)]}"#)
  }

  @Test(arguments: [
    (#"{"role":"user","content":"a","name":"n"}"#, ["messages[].name"]),
    (#"{"role":"assistant","content":"a","annotations":[{}]}"#, ["messages[].annotations"]),
    (#"{"role":"assistant","content":"a","reasoning":"r"}"#, ["messages[].reasoning"]),
    (
      #"{"role":"assistant","content":"a","reasoning_details":[1]}"#,
      ["messages[].reasoning_details"]
    ),
    (#"{"role":"assistant","content":"a","reasoning_content":"","annotations":[]}"#, []),
    (
      #"{"role":"assistant","tool_calls":[\#(call)],"x":1,"a\r\nset-cookie: b":1}"#,
      ["messages[].x", "messages[].(unprintable)"]
    ),
  ])
  func `tells what of it was left out`(_ message: String, _ dropped: [String]) throws {
    let request = #"{"model":"m","messages":[\#(message),\#(message)]}"#
    #expect(try ChatRequest.translated(utf8(request)).dropped == dropped)
  }

  @Test func `tells of no more than a few names`() throws {
    let members = (0..<100).map { #""x\#($0)":1"# }.joined(separator: ",")
    let message = #"{"role":"assistant","tool_calls":[\#(Self.call)],\#(members)}"#
    let translation = try ChatRequest.translated(utf8(#"{"model":"m","messages":[\#(message)]}"#))
    #expect(translation.dropped.count == 32)
  }

  @Test func `answers the newest open call of its function`() throws {
    let call = #"{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}"#
    let output = #"{"role":"function","name":"f","content":"1"}"#
    let request = #"{"model":"m","messages":[\#(call),\#(call),\#(output),\#(output)]}"#
    let body = try ChatRequest.translated(utf8(request)).body.text
    let ids = body.matches(of: /"call_id":"([a-z_0-9]+)"/).map { String($0.output.1) }
    #expect(ids == ["call_function_0", "call_function_1", "call_function_1", "call_function_0"])
  }
}
