import Testing

@testable import UpstreamEmulator

@Suite struct `The answer shows what arrived` {
  let emulation: Emulation

  init() throws {
    emulation = try Emulation(.openai)
  }

  private func text(_ body: JSON) throws -> String? {
    try emulation.create(body).json["output"]?.items.last?["content"]?[0]?["text"]?.text
  }

  @Test func `the last words of the user, the turn, and the instructions`() throws {
    #expect(try text(["input": "hi"]) == "You said: hi")
    #expect(try text(["input": []]) == "You said nothing.")
    let two: JSON = [
      "input": [Sample.user("one"), Sample.user("two")], "instructions": "Be brief.",
    ]
    #expect(
      try text(two)
        == "You said: two\nThis is turn 2 of our conversation.\nI was told: Be brief.")
    let long = String(repeating: "a ", count: 3000)
    #expect(try text(["input": .string(long)])?.hasSuffix("… (6000 bytes)") == true)
  }

  @Test func `one tool, two only when that was allowed, none when it was forbidden`() throws {
    let tools: JSON = [Sample.tool("a"), Sample.tool("b"), Sample.tool("c")]
    func called(_ more: JSON) throws -> [String] {
      let body: JSON = ["input": "x", "tools": tools]
      let reply = try emulation.create(.object(body.members + more.members))
      return (reply.json["output"]?.items ?? []).compactMap { $0["name"]?.text }
    }
    #expect(try called([:]) == ["a"])
    #expect(try called(["parallel_tool_calls": true]) == ["a", "b"])
    #expect(try called(["tool_choice": "none"]) == [])
    #expect(try called(["tool_choice": ["type": "function", "name": "c"]]) == ["c"])
    #expect(try called(["tool_choice": "required"]) == ["a"])
  }

  @Test func `what the tools returned`() throws {
    let calls: [JSON] = ["1", "2"].map {
      ["type": "function_call", "call_id": .string($0), "name": "f", "arguments": "{}"]
    }
    let outputs = [Sample.output(of: calls[0], "rain"), Sample.output(of: calls[1], "sun")]
    let body: JSON = ["input": .array(calls + outputs), "tools": [Sample.tool("f")]]
    #expect(try text(body) == "The tool answered: rain and sun")
  }

  @Test func `JSON that fits the schema`() throws {
    let schema: JSON = [
      "type": "object", "required": ["name", "count", "kind", "tags", "inner", "none"],
      "properties": [
        "name": ["type": "string", "maxLength": 3], "count": ["type": "integer", "minimum": 7],
        "kind": ["enum": ["red", "blue"]], "tags": ["type": "array", "items": ["type": "boolean"]],
        "inner": ["$ref": "#/$defs/inner"], "none": ["type": ["string", "null"]],
        "left": ["type": "string"],
      ],
      "$defs": [
        "inner": ["type": "object", "properties": ["ratio": ["type": "number", "maximum": 0]]]
      ],
    ]
    let format: JSON = ["type": "json_schema", "name": "n", "schema": schema, "strict": true]
    let answer = try #require(try text(["input": "hi", "text": ["format": format]]))
    #expect(
      try JSON(parsing: Array(answer.utf8)) == [
        "name": "You", "count": 7, "kind": "red", "tags": [true],
        "inner": ["ratio": 0], "none": "You said: hi",
      ])
  }

  @Test func `settings are echoed`() throws {
    let body: JSON = ["input": "x", "metadata": ["a": "b"], "temperature": .number("0.50")]
    let reply = try emulation.create(body).json
    #expect(reply["metadata"] == ["a": "b"])
    #expect(reply["temperature"] == .number("0.50"))
    #expect(reply["model"] == "gpt-5")
  }

  @Test func `whoever demands a call gets another after the output of one`() throws {
    let call: JSON = ["type": "function_call", "call_id": "1", "name": "f", "arguments": "{}"]
    let body: JSON = ["input": [Sample.user("x"), call, Sample.output(of: call)]]
    func types(_ choice: JSON) throws -> [String] {
      let asked = body.with("tools", [Sample.tool("f")]).with("tool_choice", choice)
      let output = try emulation.create(asked).json["output"]?.items ?? []
      return output.compactMap { $0["type"]?.text }
    }
    #expect(try types("auto") == ["message"])
    #expect(try types("required") == ["function_call"])
    #expect(try types(["type": "function", "name": "f"]) == ["function_call"])
    let allowed: JSON = ["type": "allowed_tools", "mode": "auto", "tools": [["name": "f"]]]
    #expect(try types(allowed) == ["message"])
    #expect(try types(allowed.with("mode", "required")) == ["function_call"])
  }

  @Test func `what the developer and the system say`() throws {
    let input: JSON = [
      ["role": "system", "content": "Be kind."], Sample.user("hi"),
      ["role": "developer", "content": [["type": "input_text", "text": "Be brief."]]],
    ]
    #expect(
      try text(["input": input, "instructions": "Be."])
        == "You said: hi\nI was told: Be.\nI was told: Be kind.\nI was told: Be brief.")
  }

  @Test func `an image, by its kind and size where it is in the request`() throws {
    func said(_ url: String) throws -> String? {
      let image: JSON = ["type": "input_image", "image_url": .string(url)]
      let parts: JSON = [["type": "input_text", "text": "what?"], image]
      return try text(["input": [["role": "user", "content": parts]]])
    }
    #expect(
      try said("data:image/png;base64,AAAABBBB")
        == "You said: what? [input_image image/png, 8 characters]")
    #expect(try said("https://example.com/a.png") == "You said: what? [input_image]")
  }

  @Test func `tools and formats are echoed with all their members`() throws {
    let format: JSON = ["type": "json_schema", "name": "n", "schema": ["type": "string"]]
    let bare: JSON = ["type": "function", "name": "f"]
    let body: JSON = [
      "input": "x", "tools": [bare, ["type": "custom", "name": "c"]],
      "text": ["format": format],
    ]
    let reply = try emulation.create(body).json
    #expect(
      reply["tools"] == [
        bare.with("description", .null).with("parameters", .null).with("strict", true),
        ["type": "custom", "name": "c"],
      ])
    #expect(
      reply["text"]?["format"] == format.with("description", .null).with("strict", false))
    let strict = body.with("text", ["format": format.with("strict", true)])
    #expect(try emulation.create(strict).json["text"]?["format"]?["strict"] == true)
  }
}
