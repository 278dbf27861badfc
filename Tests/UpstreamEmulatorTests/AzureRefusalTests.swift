import Testing

@testable import UpstreamEmulator

@Suite struct `The Azure OpenAI emulator refuses what a naive client sends` {
  let emulation: Emulation

  init() throws {
    emulation = try Emulation(.azureOpenAI)
  }
  private let body: JSON = ["model": "gpt-5", "input": "x"]

  @Test(arguments: [
    ("/openai/v1/responses", 200), ("/openai/v1/responses?api-version=v1", 200),
    ("/openai/v1/responses?api-version=preview", 200),
    ("/openai/v1/responses?api-version=2025-04-01-preview", 400),
    ("/openai/v1/responses?api-version=latest", 400),
    ("/openai/responses?api-version=2025-04-01-preview", 200),
    ("/openai/responses?api-version=2025-04-01", 200),
    ("/openai/responses", 404), ("/openai/responses?api-version=v1", 404),
    ("/openai/responses?api-version=2024-10-21", 404),
    ("/openai/deployments/gpt-5/responses?api-version=2025-04-01-preview", 404),
    ("/openai/deployments/gpt-5/responses", 404), ("/v1/responses", 404),
    ("/openai/v1/responses/", 404), ("/", 404), ("/openai/v1/%zz", 404),
  ])
  func `A2-1, A2-2, A2-3, A2-4, A2-5, A2-12, A2-16: a version or a path of the wrong family`(
    target: String, status: Int
  ) throws {
    let reply = try emulation.send("POST", target, body)
    #expect(reply.status == status)
    if status == 404 {
      #expect(reply.json == ["error": ["code": "404", "message": "Resource not found"]])
    }
    if status == 400 {
      #expect(
        reply.json == ["error": ["code": "BadRequest", "message": "API version not supported"]])
    }
  }

  @Test func `Q38: a deployment that does not exist`() throws {
    let reply = try emulation.create(["model": "gpt-5-2025-08-07", "input": "x"])
    #expect(reply.status == 404)
    #expect(reply.error["code"] == "DeploymentNotFound")
    #expect(
      reply.message?.hasPrefix("The API deployment for this resource does not exist.") == true)
  }

  @Test func `Q22: the retention of the prompt cache`() throws {
    let reply = try emulation.create(["input": "x", "prompt_cache_retention": "24h"])
    #expect(reply.message == "prompt_cache_retention is not supported on this model")
  }

  @Test func `Q34: an unknown field`() throws {
    let reply = try emulation.create(["input": "x", "return_progress": true])
    #expect(reply.message == "Unknown parameter: 'return_progress'.")
  }

  @Test func `a message without a type is understood here`() throws {
    let reply = try emulation.create(["input": [["role": "developer", "content": "x"]]])
    #expect(reply.status == 200)
  }

  @Test func `B.5: every reply names its request, errors included`() throws {
    for reply in [try emulation.create(body), try emulation.create(["model": "no"])] {
      #expect(reply.headers["apim-request-id"]?.isEmpty == false)
      #expect(reply.headers["x-request-id"]?.isEmpty == false)
      #expect(reply.headers["x-ms-region"]?.isEmpty == false)
    }
    #expect(try emulation.create(body).headers["x-ms-served-model"] == "gpt-5-2025-08-07")
  }
}

@Suite struct `Calls and outputs belong together on every upstream` {
  @Test(arguments: EmulatedUpstream.allCases)
  func `an output without its call`(upstream: EmulatedUpstream) throws {
    let reply = try Emulation(upstream).create([
      "input": [["type": "function_call_output", "call_id": "call_x", "output": "1"]]
    ])
    #expect(reply.status == 400)
    #expect(reply.message == "No tool call found for function call output with call_id call_x.")
    #expect(reply.error["param"] == "input")
    #expect(reply.error["code"] == .null)
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `a call without its output`(upstream: EmulatedUpstream) throws {
    let reply = try Emulation(upstream).create([
      "input": [
        ["type": "function_call", "call_id": "call_x", "name": "f", "arguments": "{}"],
        Sample.user("never mind"),
      ]
    ])
    #expect(reply.message == "No tool output found for function call call_x.")
  }

  @Test func `an output before its call, and the output of another kind of tool`() throws {
    let emulation = try Emulation(.openai)
    let call: JSON = ["type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"]
    let output: JSON = ["type": "function_call_output", "call_id": "c", "output": "1"]
    let custom: JSON = ["type": "custom_tool_call_output", "call_id": "c", "output": "1"]
    #expect(try emulation.create(["input": [call, output]]).status == 200)
    #expect(
      try emulation.create(["input": [output, call]]).message
        == "No tool call found for function call output with call_id c.")
    #expect(
      try emulation.create(["input": [call, custom]]).message
        == "No tool call found for custom tool call output with call_id c.")
  }
}
