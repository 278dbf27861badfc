import Testing

@testable import UpstreamEmulator

private let body: JSON = ["input": "x"]

@Suite struct `A quirk is refused by name, and by deployment` {
  private func emulation(
    _ quirks: [String], _ upstream: EmulatedUpstream = .azureOpenAI
  ) throws -> Emulation {
    try Emulation(upstream) { $0.quirks = try quirks.map { try Quirk($0) } }
  }

  @Test(
    arguments: [
      ("temperature", "temperature", 0), ("reasoning.effort", "reasoning", ["effort": "low"]),
      ("text.verbosity", "text", ["verbosity": "low"]), ("service_tier", "service_tier", "flex"),
      ("store", "store", false), ("include", "include", ["reasoning.encrypted_content"]),
      ("prompt_cache_options", "prompt_cache_options", ["mode": "x"]),
      ("safety_identifier", "safety_identifier", "x"), ("truncation", "truncation", "auto"),
    ] as [(String, String, JSON)])
  func `Q22, Q23, Q26, Q28, Q29, Q30, Q33: an unsupported parameter, its code null behind Azure`(
    path: String, member: String, value: JSON
  ) throws {
    for upstream in EmulatedUpstream.allCases {
      let emulation = try emulation(["refuse:\(path)"], upstream)
      let reply = try emulation.create(body.with(member, value))
      #expect(reply.status == 400)
      #expect(
        reply.message == "Unsupported parameter: '\(path)' is not supported with this model.")
      #expect(reply.error["param"]?.text == path)
      #expect(reply.error["code"] == (upstream.isAzure ? .null : "unsupported_parameter"))
      #expect(try emulation.create(body).status == 200)
    }
  }

  @Test func `Q34: an unknown parameter, one after the other`() throws {
    let emulation = try emulation(["refuse-unknown:text.verbosity", "refuse:temperature"])
    let both = body.with("text", ["verbosity": "low"]).with("temperature", 1)
    let first = try emulation.create(both)
    #expect(first.message == "Unknown parameter: 'text.verbosity'.")
    #expect(first.error["code"] == "unknown_parameter")
    let second = try emulation.create(both.without("text"))
    #expect(second.error["param"] == "temperature")
  }

  @Test(
    arguments: [
      ("reasoning.effort=xhigh", ["reasoning": ["effort": "xhigh"]], "reasoning.effort"),
      ("service_tier=flex", ["service_tier": "flex"], "service_tier"),
      (
        "include=web_search_call.results",
        ["include": ["message.output_text.logprobs", "web_search_call.results"]], "include[1]"
      ),
    ] as [(String, JSON, String)])
  func `Q27, Q29, Q43: one value is refused, with its place`(
    rule: String, members: JSON, param: String
  ) throws {
    let emulation = try emulation(["refuse-value:\(rule)"])
    let request = JSON.object(body.members + members.members)
    let reply = try emulation.create(request)
    #expect(reply.status == 400)
    #expect(reply.error["param"]?.text == param)
    #expect(reply.error["code"] == "unsupported_value")
    #expect(try emulation.create(body.with("reasoning", ["effort": "low"])).status == 200)
  }

  @Test func `only the deployment that shows it`() throws {
    let emulation = try emulation(["refuse:temperature@gpt-5", "no-usage@gpt-5"])
    let warm = body.with("temperature", 1)
    #expect(try emulation.create(warm).status == 400)
    let other = try emulation.create(warm.with("model", "gpt-4.1"))
    #expect(other.status == 200)
    #expect(other.json["usage"]?.isNull == false)
    #expect(try emulation.create(body).json["usage"] == .null)
  }

  @Test func `a deployment without the Responses API`() throws {
    let reply = try emulation(["chat-only@gpt-4.1"]).create(body.with("model", "gpt-4.1"))
    #expect(reply.status == 400)
    #expect(reply.error["code"] == "OperationNotSupported")
    #expect(reply.headers["x-ms-error-code"] == "OperationNotSupported")
    #expect(
      reply.message?.hasPrefix(
        "The responses operation does not work with the specified model, gpt-4.1.") == true)
    let plain = try emulation(["chat-only"], .openai).create(body)
    #expect(plain.error["param"] == "model")
  }

  @Test func `E.1: codes that are left out, those of the gateway kept`() throws {
    let emulation = try emulation(["null-codes"])
    let unknown = try emulation.create(body.with("return_progress", true))
    #expect(unknown.error["code"] == .null)
    #expect(unknown.message == "Unknown parameter: 'return_progress'.")
    let missing = try emulation.create(body.with("model", "nope"))
    #expect(missing.error["code"] == "DeploymentNotFound")
  }

  @Test(arguments: [
    ("pace:5@gpt-5", true), ("refuse-value:a=b", true), ("refuse-value:a", false),
    ("refuse:a@", false), ("comments:1", false), ("refuse-unknown", false), ("nope@x", false),
    ("", false),
  ])
  func `how it is written`(text: String, isQuirk: Bool) {
    #expect(((try? Quirk(text)) != nil) == isQuirk)
  }
}

@Suite struct `What only a resource or a project limits` {
  private let azure: [EmulatedUpstream] = [.azureOpenAI, .azureFoundry]

  private func file(_ part: JSON) -> JSON {
    ["input": [["type": "message", "role": "user", "content": [part]]]]
  }

  @Test func `Q40: files are uploaded for assistants, images not at all`() throws {
    let image: JSON = ["type": "input_image", "file_id": "file-1"]
    let upload: JSON = ["type": "input_file", "file_id": "file-1"]
    for upstream in azure {
      let emulation = try Emulation(upstream)
      for part in [image, upload] {
        let reply = try emulation.create(file(part))
        #expect(reply.status == 400)
        #expect(reply.error["param"] == "input[0].content[0].file_id")
      }
      let known = try emulation.create(file(upload.with("file_id", "assistant-1")))
      #expect(known.status == 200)
      let inline: JSON = ["type": "input_file", "filename": "a.pdf", "file_data": "data:,x"]
      #expect(try emulation.create(file(inline)).status == 200)
    }
    #expect(try Emulation(.openai).create(file(image)).status == 200)
  }

  @Test func `Q41: images need a deployment of their own, and are not streamed in part`() throws {
    let body: JSON = [
      "model": "gpt-5", "input": "x", "tools": [["type": "image_generation", "partial_images": 2]],
    ]
    for upstream in azure {
      let emulation = try Emulation(upstream)
      let named = [emulation.credential, ("x-ms-oai-image-generation-deployment", "gpt-image-1")]
      let send = { (body: JSON, headers: [(String, String)]) in
        try emulation.send("POST", "\(emulation.base)/responses", body, headers: headers)
      }
      #expect(try send(body, [emulation.credential]).error["param"] == "tools[0]")
      #expect(try send(body, named).status == 200)
      let streamed = try send(body.with("stream", true), named)
      #expect(streamed.error["param"] == "tools[0].partial_images")
      let whole = body.with("stream", true).with("tools", [["type": "image_generation"]])
      #expect(try send(whole, named).status == 200)
    }
    #expect(try Emulation(.openai).create(body.with("stream", true)).status == 200)
  }

  @Test func `Q37: with an agent there are no tools and no model`() throws {
    let emulation = try Emulation(.azureFoundry)
    let agent: JSON = ["type": "agent_reference", "name": "helper"]
    let body: JSON = ["input": "x", "agent_reference": agent]
    let send = { (body: JSON) in
      try emulation.send("POST", "\(emulation.base)/responses", body)
    }
    #expect(try send(body).status == 200)
    for (name, value) in [
      ("tools", []), ("tool_choice", "auto"), ("parallel_tool_calls", true), ("model", "gpt-5"),
    ] as [(String, JSON)] {
      let reply = try send(body.with(name, value))
      #expect(reply.status == 400)
      #expect(reply.message == "Not allowed when agent is specified.")
      #expect(reply.error["param"]?.text == name)
    }
    #expect(
      try send(body.with("agent_reference", agent.without("type"))).error["code"]
        == "invalid_payload")
    let elsewhere = try Emulation(.azureOpenAI).create(body)
    #expect(elsewhere.message == "Unknown parameter: 'agent_reference'.")
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `Q31: metadata has bounds`(upstream: EmulatedUpstream) throws {
    let emulation = try Emulation(upstream)
    func pairs(_ count: Int, key: Int = 8, value: Int = 1) -> JSON {
      .object(
        (0..<count).map { number in
          let name = String(repeating: "k", count: key - 2) + (number < 10 ? "0" : "") + "\(number)"
          return JSON.Member(name: name, value: .string(String(repeating: "v", count: value)))
        })
    }
    let rows: [(JSON, Int)] = [
      (pairs(16), 200), (pairs(17), 400), (pairs(1, key: 64), 200), (pairs(1, key: 65), 400),
      (pairs(1, value: 512), 200), (pairs(1, value: 513), 400),
    ]
    for (metadata, status) in rows {
      let reply = try emulation.create(body.with("metadata", metadata))
      #expect(reply.status == status)
      if status == 400 { #expect(reply.error["param"]?.text?.hasPrefix("metadata") == true) }
    }
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `Q32: work in the background must be stored`(upstream: EmulatedUpstream) throws {
    let emulation = try Emulation(upstream)
    let reply = try emulation.create(body.with("background", true).with("store", false))
    #expect(reply.status == 400)
    #expect(reply.error["param"] == "background")
    #expect(try emulation.create(body.with("background", true)).status == 200)
  }

  @Test func `Q35, Q04, Q44, Q28, Q30: what older surfaces do not know`() throws {
    let strict = try Emulation(.azureOpenAI) {
      $0.quirks = [
        try Quirk("string-outputs"), try Quirk("require-annotations"), try Quirk("old-fields"),
      ]
    }
    let call: JSON = ["type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"]
    let output: JSON = [
      "type": "function_call_output", "call_id": "c",
      "output": [["type": "input_text", "text": "1"]],
    ]
    #expect(
      try strict.create(["input": [call, output]]).error["param"] == "input[1].output")
    #expect(try strict.create(["input": [call, output.with("output", "1")]]).status == 200)
    let said: JSON = [
      "type": "message", "role": "assistant",
      "content": [["type": "output_text", "text": "hi"]],
    ]
    #expect(
      try strict.create(["input": [said, Sample.user("?")]]).error["param"]
        == "input[0].content[0].annotations")
    let dated = "/openai/responses?api-version=2025-04-01-preview"
    let phased = Sample.user("x").with("phase", "commentary")
    for (body, param) in [
      (["input": "x", "safety_identifier": "x"], "safety_identifier"),
      (["input": "x", "text": ["verbosity": "low"]], "text.verbosity"),
      (["input": [phased]], "input[0].phase"),
    ] as [(JSON, String)] {
      let old = try strict.send("POST", dated, body.with("model", "gpt-5"))
      #expect(old.error["param"]?.text == param)
      #expect(try strict.create(body).status == 200)
    }
  }

  @Test func `Q39: instructions of the parent are not carried over`() throws {
    let emulation = try Emulation(.openai)
    let first = try emulation.create(["input": "x", "instructions": "Be brief."])
    #expect(first.text.contains("I was told: Be brief."))
    let next: JSON = ["input": "y", "previous_response_id": first.json["id"] ?? ""]
    #expect(try !emulation.create(next).text.contains("I was told"))
  }

  @Test func `Q42: half a surrogate pair is no JSON, an empty output is taken`() throws {
    let emulation = try Emulation(.openai)
    let client = try WireClient(port: emulation.listener.port)
    let text = #"{"model":"gpt-5","input":"\ud83d"}"#
    try client.send(
      "POST /v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \(emulation.listener.key)"
        + "\r\ncontent-type: application/json\r\ncontent-length: \(text.utf8.count)\r\n\r\n\(text)")
    #expect(client.reply().message?.contains("half a surrogate pair") == true)
    let call: JSON = ["type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"]
    let output: JSON = ["type": "function_call_output", "call_id": "c", "output": ""]
    #expect(try emulation.create(["input": [call, output]]).status == 200)
  }
}
