import Testing

@testable import UpstreamEmulator

@Suite struct `The Foundry emulator refuses what a naive client sends` {
  let emulation: Emulation

  init() throws {
    emulation = try Emulation(.azureFoundry)
  }

  private static let types =
    "'apply_patch_call', 'apply_patch_call_output', 'code_interpreter_call', 'compaction', "
    + "'compaction_trigger', 'computer_call', 'computer_call_output', 'custom_tool_call', "
    + "'custom_tool_call_output', 'file_search_call', 'function_call', 'function_call_output', "
    + "'image_generation_call', 'item_reference', 'local_shell_call', 'local_shell_call_output', "
    + "'mcp_approval_request', 'mcp_approval_response', 'mcp_call', 'mcp_list_tools', 'message', "
    + "'reasoning', 'shell_call', 'shell_call_output', 'tool_search_call', 'tool_search_output', "
    + "and 'web_search_call'."

  @Test func `Q01: an item without a type, with its place and all supported types`() throws {
    let reply = try emulation.create([
      "input": [Sample.user("first"), ["role": "user", "content": "second"]]
    ])
    #expect(reply.status == 400)
    #expect(reply.message == "Invalid value: ''. Supported values are: \(Self.types)")
    #expect(reply.error["param"] == "input[1]")
    #expect(reply.error["code"] == "invalid_value")
    #expect(reply.error["type"] == "invalid_request_error")
  }

  @Test(
    arguments: [
      ["role": "assistant", "content": "x"], ["role": "developer", "content": "x"],
      ["id": "msg_1"], ["call_id": "call_1", "output": "x"],
    ] as [JSON])
  func `any item without a type`(item: JSON) throws {
    let reply = try emulation.create(["input": [item]])
    #expect(reply.error["param"] == "input[0]")
    #expect(reply.message?.hasPrefix("Invalid value: ''.") == true)
  }

  @Test(arguments: ["v1", "preview", "2025-04-01-preview", ""])
  func `A2-6: any API version on the v1 path`(version: String) throws {
    let reply = try emulation.send(
      "POST", "\(emulation.base)/responses?api-version=\(version)",
      ["model": "gpt-5", "input": "x"])
    #expect(reply.status == 400)
    #expect(
      reply.json == [
        "error": [
          "code": "BadRequest",
          "message": "api-version query parameter is not allowed when using /v1 path",
        ]
      ])
    #expect(reply.headers["x-ms-error-code"] == "BadRequest")
  }

  @Test func `A2-9: the dated path without a version`() throws {
    let path = "/api/projects/demo/openai/responses"
    let body: JSON = ["model": "gpt-5", "input": "x"]
    let reply = try emulation.send("POST", path, body)
    #expect(reply.status == 400)
    #expect(reply.message?.contains("api-version query parameter") == true)
    let dated = try emulation.send("POST", "\(path)?api-version=2025-11-15-preview", body)
    #expect(dated.status == 200)
  }

  @Test func `chat completions`() throws {
    let reply = try emulation.send(
      "POST", "\(emulation.base)/chat/completions", ["model": "gpt-5", "messages": []])
    #expect(reply.status == 400)
    #expect(reply.message == "unsupported operation")
    #expect(reply.error["code"] == "OperationNotSupported")
  }

  @Test func `Q02: plain text of a developer message, and of no other`() throws {
    let roles = try ["developer", "system", "user"].map { role in
      try emulation.create([
        "input": [["type": "message", "role": .string(role), "content": "Be brief."]]
      ])
    }
    #expect(roles.map(\.status) == [400, 200, 200])
    #expect(roles[0].error["param"] == "input[0].content")
    #expect(
      roles[0].message
        == "Invalid type for 'input[0].content': expected an array of objects, but got a string "
        + "instead.")
  }

  @Test func `Q22: the retention of the prompt cache`() throws {
    let reply = try emulation.create(["input": "x", "prompt_cache_retention": "24h"])
    #expect(reply.status == 400)
    #expect(reply.message == "prompt_cache_retention is not supported on this model")
    #expect(reply.error["param"] == "prompt_cache_retention")
  }

  @Test func `Q04: text of the assistant without annotations`() throws {
    let bare: JSON = ["type": "output_text", "text": "hi"]
    let replies = try [bare, bare.with("annotations", [])].map { part in
      try emulation.create([
        "input": [
          ["type": "message", "role": "assistant", "content": [part]], Sample.user("and?"),
        ]
      ])
    }
    #expect(replies.map(\.status) == [400, 200])
    #expect(replies[0].error["code"] == "invalid_payload")
    #expect(replies[0].message == "The provided data does not match the expected schema")
  }

  @Test func `models, compaction and token counts, which a project does not have`() throws {
    #expect(try emulation.get("/models").status == 404)
    for operation in ["compact", "input_tokens"] {
      let reply = try emulation.send(
        "POST", "\(emulation.base)/responses/\(operation)", ["model": "gpt-5", "input": "x"])
      #expect([404, 405].contains(reply.status))
    }
  }

  @Test func `Q16: store, behind its quirk alone`() throws {
    #expect(try emulation.create(["input": "x", "store": false]).status == 200)
    let strict = try Emulation(.azureFoundry) { $0.quirks = [try Quirk("refuse-store")] }
    let reply = try strict.create(["input": "x", "store": false])
    #expect(reply.status == 400)
    #expect(reply.error["param"] == "store")
    #expect(reply.error["code"] == .null)
    #expect(try strict.create(["input": "x"]).status == 200)
  }
}
