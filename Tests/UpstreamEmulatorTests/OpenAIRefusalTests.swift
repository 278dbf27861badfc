import Testing

@testable import UpstreamEmulator

/// One body and what is said about it.
struct RefusalRow: Sendable, CustomTestStringConvertible {
  let body: JSON
  let message: String
  let param: String
  let code: String
  var testDescription: String { param }

  init(_ body: JSON, _ message: String, _ param: String, _ code: String) {
    self.body = body
    self.message = message
    self.param = param
    self.code = code
  }
}

@Suite struct `The OpenAI emulator refuses what it does not know` {
  let emulation: Emulation

  init() throws {
    emulation = try Emulation(.openai)
  }

  private static let long = String(repeating: "x", count: 65)

  private static let rows: [RefusalRow] = [
    RefusalRow(
      ["input": "x", "foo": 1], "Unknown parameter: 'foo'.", "foo", "unknown_parameter"),
    RefusalRow(
      ["input": "x", "temperature": "hot"],
      "Invalid type for 'temperature': expected a decimal, but got a string instead.",
      "temperature", "invalid_type"),
    RefusalRow(
      ["input": 5],
      "Invalid type for 'input': expected one of a string or an array of objects, but got an "
        + "integer instead.", "input", "invalid_type"),
    RefusalRow(
      ["input": "x", "text": ["speed": 1]], "Unknown parameter: 'text.speed'.", "text.speed",
      "unknown_parameter"),
    RefusalRow(
      ["input": [["role": "user", "content": "x", "name": "me"]]],
      "Unknown parameter: 'input[0].name'.", "input[0].name", "unknown_parameter"),
    RefusalRow(
      ["input": [["role": "user", "content": [["type": "input_text", "text": 1]]]]],
      "Invalid type for 'input[0].content[0].text': expected a string, but got an integer instead.",
      "input[0].content[0].text", "invalid_type"),
    RefusalRow(
      ["input": "x", "max_output_tokens": 15],
      "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got "
        + "15 instead.", "max_output_tokens", "integer_below_min_value"),
    RefusalRow(
      ["input": "x", "prompt_cache_key": .string(long)],
      "Invalid 'prompt_cache_key': string too long. Expected a string with maximum length 64, but "
        + "got a string with length 65 instead.", "prompt_cache_key", "string_above_max_length"),
    RefusalRow(
      [
        "input": [
          ["type": "function_call", "call_id": .string(long), "name": "f", "arguments": "{}"]
        ]
      ],
      "Invalid 'input[0].call_id': string too long. Expected a string with maximum length 64, but "
        + "got a string with length 65 instead.", "input[0].call_id", "string_above_max_length"),
    RefusalRow(
      [
        "input": [
          [
            "type": "function_call", "id": "call_1", "call_id": "c", "name": "f",
            "arguments": "{}",
          ]
        ]
      ], "Invalid 'input[0].id': 'call_1'. Expected an ID that begins with 'fc'.", "input[0].id",
      "invalid_value"),
    RefusalRow(
      ["input": [["type": "item_reference"]]], "Missing required parameter: 'input[0].id'.",
      "input[0].id", "missing_required_parameter"),
    RefusalRow(
      ["input": [["role": "assistant", "content": [["type": "input_text", "text": "x"]]]]],
      "Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.",
      "input[0].content[0]", "invalid_value"),
    RefusalRow(
      ["input": "x", "include": ["everything"]],
      "Invalid value: 'everything'. Supported values are: 'file_search_call.results', "
        + "'web_search_call.results', 'web_search_call.action.sources', "
        + "'message.input_image.image_url', 'computer_call_output.output.image_url', "
        + "'code_interpreter_call.outputs', 'reasoning.encrypted_content', and "
        + "'message.output_text.logprobs'.", "include[0]", "invalid_value"),
    RefusalRow(
      ["model": "gpt-9", "input": "x"], "The requested model 'gpt-9' does not exist.", "model",
      "model_not_found"),
    RefusalRow([:], "Missing required parameter: 'input'.", "input", "missing_required_parameter"),
  ]

  @Test(arguments: rows)
  func `Q03, Q07, Q20, Q21, Q24, Q25, Q34, Q43: with the place and the reason`(row: RefusalRow)
    throws
  {
    let reply = try emulation.create(row.body)
    #expect(reply.status == 400)
    #expect(reply.message == row.message)
    #expect(reply.error["param"]?.text == row.param)
    #expect(reply.error["code"]?.text == row.code)
    #expect(reply.error["type"] == "invalid_request_error")
  }

  @Test func `what the others refuse is taken here`() throws {
    let accepted: [JSON] = [
      ["input": [["role": "developer", "content": "x"]]],
      ["input": "x", "prompt_cache_retention": "24h"],
      ["input": [["role": "assistant", "content": [["type": "output_text", "text": "x"]]]]],
      ["input": "x", "tools": [], "metadata": ["a": "b"], "store": .null],
    ]
    for body in accepted { #expect(try emulation.create(body).status == 200) }
  }

  @Test func `a body that is no JSON, or is called otherwise`() throws {
    let client = try WireClient(port: emulation.listener.port)
    let head = "POST /v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
    try client.send("\(head)\(emulation.listener.key)\r\ncontent-type: application/json\r\n")
    try client.send("content-length: 9\r\n\r\n{\"model\":")
    let broken = client.reply()
    #expect(broken.status == 400)
    #expect(broken.message?.hasPrefix("We could not parse the JSON body of your request") == true)
    try client.send("\(head)\(emulation.listener.key)\r\ncontent-type: text/plain\r\n")
    try client.send("content-length: 2\r\n\r\n{}")
    #expect(client.reply().error["code"] == "unsupported_content_type")
  }

  @Test func `an unknown path and a wrong method`() throws {
    let unknown = try emulation.send("POST", "/v1/chat/completions", [:])
    #expect(unknown.status == 404)
    #expect(unknown.message == "Invalid URL (POST /v1/chat/completions)")
    #expect(try emulation.get("/responses").status == 405)
  }
}

@Suite struct `A credential is checked in the form of its upstream` {
  @Test(arguments: [
    (EmulatedUpstream.openai, "authorization", "Bearer KEY", 200),
    (.openai, "authorization", "bearer KEY", 200), (.openai, "api-key", "KEY", 401),
    (.openai, "authorization", "Bearer wrong-wrong-wrong", 401),
    (.openai, "authorization", "KEY", 401), (.openai, "x-nothing", "", 401),
    (.azureOpenAI, "api-key", "KEY", 200), (.azureOpenAI, "authorization", "Bearer KEY", 200),
    (.azureOpenAI, "api-key", "wrong", 401), (.azureOpenAI, "x-nothing", "", 401),
    (.azureFoundry, "api-key", "KEY", 200), (.azureFoundry, "authorization", "Bearer KEY", 200),
    (.azureFoundry, "api-key", "wrong", 401),
  ])
  func `right or wrong`(
    upstream: EmulatedUpstream, name: String, value: String, status: Int
  ) throws {
    let emulation = try Emulation(upstream)
    let header = (name, value.replacing("KEY", with: emulation.listener.key))
    let reply = try emulation.send(
      "POST", "\(emulation.base)/responses", ["model": "gpt-5", "input": "x"], headers: [header])
    #expect(reply.status == status)
    #expect(!reply.text.contains(emulation.listener.key))
    #expect(!reply.text.contains("wrong-wrong"))
  }

  @Test func `B.1: the words of each 401`() throws {
    let body: JSON = ["model": "gpt-5", "input": "x"]
    let openAI = try Emulation(.openai).send("POST", "/v1/responses", body, headers: [])
    #expect(openAI.message == "Missing bearer or basic authentication in header")
    let azure = try Emulation(.azureOpenAI)
      .send("POST", "/openai/v1/responses", body, headers: [("api-key", "no")])
    #expect(azure.error["code"] == "401")
    #expect(azure.message?.hasPrefix("Access denied due to invalid subscription key") == true)
    let foundry = try Emulation(.azureFoundry)
    let token = try foundry.send(
      "POST", "\(foundry.base)/responses", body, headers: [("authorization", "Bearer a.b.c")])
    #expect(token.json["statusCode"] == 401)
    #expect(token.json["message"]?.text?.contains("https://ai.azure.com") == true)
  }
}
