import Testing

@testable import UpstreamEmulator

/// A.1: each operation by its method, at its path.
@Suite struct `Stored responses are served` {
  let emulation: Emulation

  init() throws {
    emulation = try Emulation(.openai)
  }

  private func made(_ body: JSON) throws -> String {
    try #require(try emulation.create(body).json["id"]?.text)
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `read, and gone once deleted`(upstream: EmulatedUpstream) throws {
    let emulation = try Emulation(upstream) { $0.race = .zero }
    let made = try emulation.create(["input": "x"]).json
    let id = try #require(made["id"]?.text)
    #expect(try emulation.get("/responses/\(id)").json == made)
    let gone = try emulation.send("DELETE", "\(emulation.base)/responses/\(id)")
    #expect(gone.json == ["id": .string(id), "object": "response", "deleted": true])
    let reply = try emulation.get("/responses/\(id)")
    #expect(reply.status == 404)
    #expect(reply.message == "Response with id '\(id)' not found.")
  }

  @Test func `one that was not to be stored is not there`() throws {
    let id = try made(["input": "x", "store": false])
    #expect(try emulation.get("/responses/\(id)").status == 404)
    let next = try emulation.create(["input": "y", "previous_response_id": .string(id)])
    #expect(next.error["code"] == "previous_response_not_found")
  }

  @Test func `input items in pages`() throws {
    let id = try made(["input": .array((1...5).map { Sample.user("\($0)") })])
    func page(_ query: String) throws -> JSON {
      try emulation.get("/responses/\(id)/input_items?\(query)").json
    }
    func texts(_ page: JSON) -> [String] { page["data"]?.items.map(Conversation.text) ?? [] }
    let first = try page("limit=2")
    #expect(texts(first) == ["5", "4"])
    #expect(first["has_more"] == true)
    #expect(first["first_id"] == first["data"]?[0]?["id"])
    let second = try page("limit=3&after=\(first["last_id"]?.text ?? "")")
    #expect(texts(second) == ["3", "2", "1"])
    #expect(second["has_more"] == false)
    #expect(texts(try page("order=asc")) == ["1", "2", "3", "4", "5"])
    #expect(try emulation.get("/responses/\(id)/input_items?limit=0").status == 400)
    #expect(try emulation.get("/responses/\(id)/input_items?order=up").status == 400)
    #expect(try emulation.get("/responses/resp_no/input_items").status == 404)
  }

  @Test func `work in the background is read, resumed and cancelled`() throws {
    let background: JSON = ["input": "x", "background": true]
    let queued = try emulation.create(background).json
    #expect(queued["status"] == "queued")
    let path = "/responses/\(queued["id"]?.text ?? "")"
    #expect(try emulation.get(path).json["status"] == "in_progress")
    emulation.clock.advance(by: .seconds(1))
    #expect(try emulation.get(path).json["status"] == "completed")

    let other = try made(background)
    let cancel = "\(emulation.base)/responses/\(other)/cancel"
    #expect(try emulation.send("POST", cancel).json["status"] == "cancelled")
    emulation.clock.advance(by: .seconds(1))
    #expect(try emulation.get("/responses/\(other)").json["status"] == "cancelled")

    let events = try emulation.create(background.with("stream", true)).events
    let id = try #require(events.last?.data["response"]?["id"]?.text)
    let rest = try emulation.get("/responses/\(id)?stream=true&starting_after=4").events
    #expect(rest.map(\.data) == events.dropFirst(5).map(\.data))
  }

  @Test func `what was not begun in the background cannot be cancelled or resumed`() throws {
    let id = try made(["input": "x"])
    let cancel = try emulation.send("POST", "\(emulation.base)/responses/\(id)/cancel")
    #expect(cancel.status == 400)
    #expect(cancel.message == "Cannot cancel a synchronous response.")
    #expect(try emulation.get("/responses/\(id)?stream=true").status == 400)
    let both = try emulation.create(["input": "x", "background": true, "store": false])
    #expect(both.error["param"] == "background")
  }

  @Test func `models, token counts and compaction`() throws {
    let models = try emulation.get("/models").json["data"]?.items.compactMap { $0["id"]?.text }
    #expect(models == ["gpt-5", "gpt-5-mini", "gpt-4.1"])
    let body: JSON = ["model": "gpt-5", "input": "count these words"]
    let count = try emulation.send("POST", "/v1/responses/input_tokens", body).json
    #expect(count["object"] == "response.input_tokens")
    #expect(count["input_tokens"] == (try emulation.create(body).json["usage"]?["input_tokens"]))
    let refused = try emulation.send(
      "POST", "/v1/responses/input_tokens", body.with("stream", true))
    #expect(refused.message == "Unknown parameter: 'stream'.")
    let compact = try emulation.send("POST", "/v1/responses/compact", body).json
    #expect(compact["object"] == "response.compaction")
    let items = compact["output"]?.items ?? []
    #expect(items.last?["type"] == "compaction")
    #expect(items.first?["status"] == "completed")
    #expect(items.first?["content"]?[0]?["type"] == "input_text")
    #expect(try emulation.create(["input": .array(items + [Sample.user("on")])]).status == 200)
  }

  @Test func `base models are listed, which are no deployments`() throws {
    let azure = try Emulation(.azureOpenAI)
    let name = try #require(try azure.get("/models").json["data"]?[0]?["id"])
    #expect(try azure.create(["model": name, "input": "x"]).status == 404)
  }

  @Test func `one model by its name`() throws {
    for upstream in [EmulatedUpstream.openai, .azureOpenAI] {
      let emulation = try Emulation(upstream)
      for model in try emulation.get("/models").json["data"]?.items ?? [] {
        #expect(try emulation.get("/models/\(model["id"]?.text ?? "")").json == model)
      }
      #expect(try emulation.get("/models/nope").status == 404)
    }
    let project = try Emulation(.azureFoundry)
    #expect(try project.get("/models/gpt-5").message == "Resource not found")
  }

  @Test func `items are listed in full, in whatever short form they were sent`() throws {
    let call: JSON = ["type": "function_call", "call_id": "1", "name": "f", "arguments": "{}"]
    let id = try made([
      "input": [
        ["role": "user", "content": "a"], ["role": "assistant", "content": "b"], call,
        Sample.output(of: call),
      ]
    ])
    let items = try emulation.get("/responses/\(id)/input_items?order=asc").json["data"]?.items
    #expect(items?.map { $0["status"] } == Array(repeating: "completed", count: 4))
    #expect(items?[0]["content"] == [["type": "input_text", "text": "a"]])
    #expect(items?[1]["content"]?[0]?["type"] == "output_text")
    #expect(items?[1]["content"]?[0]?["annotations"] == [])
  }

  @Test func `work in the background takes as long as was said`() throws {
    let emulation = try Emulation(.openai) { $0.quirks = [try Quirk("work:5000@gpt-5")] }
    let body: JSON = ["input": "x", "background": true]
    let slow = "/responses/\(try emulation.create(body).json["id"]?.text ?? "")"
    let quick = try emulation.create(body.with("model", "gpt-4.1")).json["id"]?.text ?? ""
    emulation.clock.advance(by: .milliseconds(4999))
    #expect(try emulation.get(slow).json["status"] == "in_progress")
    #expect(try emulation.get("/responses/\(quick)").json["status"] == "completed")
    emulation.clock.advance(by: .milliseconds(1))
    #expect(try emulation.get(slow).json["status"] == "completed")
  }
}
