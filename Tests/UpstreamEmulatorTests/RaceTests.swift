import Testing

@testable import UpstreamEmulator

@Suite struct `What was just stored cannot be read yet` {
  private static let lagging: [EmulatedUpstream] = [.azureOpenAI, .azureFoundry]

  /// The two steps of the thread that reported the race: the call is replayed as it came.
  private func replay(_ emulation: Emulation, streamed: Bool) throws -> JSON {
    let first = try emulation.create(Sample.toolRequest.with("stream", .boolean(streamed)))
    let response = streamed ? first.events.last?.data["response"] : first.json
    let call = try #require(response?["output"]?.items.first { $0["type"] == "function_call" })
    return Sample.toolRequest.with(
      "input", .array([Sample.user("Oslo?"), call, Sample.output(of: call)]))
  }

  @Test(arguments: lagging, [false, true])
  func `a naive second step fails until the race is over`(
    upstream: EmulatedUpstream, streamed: Bool
  ) throws {
    let emulation = try Emulation(upstream) { $0.race = .seconds(2) }
    let second = try replay(emulation, streamed: streamed)
    let id = try #require(second["input"]?[1]?["id"]?.text)
    emulation.clock.advance(by: .milliseconds(1999))
    let early = try emulation.create(second)
    #expect(early.status == 400)
    #expect(
      early.json == [
        "error": [
          "message": .string("Item with id '\(id)' not found."),
          "type": "invalid_request_error", "param": "input", "code": .null,
        ]
      ])
    emulation.clock.advance(by: .milliseconds(1))
    let late = try emulation.create(second)
    #expect(late.status == 200)
    #expect(late.text.contains("The tool answered: 12 degrees"))
  }

  @Test(arguments: lagging)
  func `a second step without ids never fails`(upstream: EmulatedUpstream) throws {
    let emulation = try Emulation(upstream)
    let second = try replay(emulation, streamed: true)
    let items = second["input"]?.items.map { $0.without("id").without("status") } ?? []
    #expect(try emulation.create(second.with("input", .array(items))).status == 200)
  }

  @Test func `the first upstream has no race`() throws {
    let emulation = try Emulation(.openai)
    #expect(try emulation.create(replay(emulation, streamed: true)).status == 200)
    let id = try #require(try emulation.create(["input": "one"]).json["id"]?.text)
    #expect(try emulation.get("/responses/\(id)").status == 200)
    let next = try emulation.create(["input": "two", "previous_response_id": .string(id)])
    #expect(next.status == 200)
  }

  @Test(arguments: lagging)
  func `a response that was just made is not found`(upstream: EmulatedUpstream) throws {
    let emulation = try Emulation(upstream) { $0.race = .seconds(2) }
    let id = try #require(try emulation.create(["input": "one"]).json["id"]?.text)
    let next: JSON = ["input": "two", "previous_response_id": .string(id)]
    let early = try emulation.create(next)
    #expect(early.status == 400)
    #expect(early.error["code"] == "previous_response_not_found")
    #expect(early.error["param"] == "previous_response_id")
    #expect(early.message == "Previous response with id '\(id)' not found.")
    #expect(try emulation.get("/responses/\(id)").status == 404)
    #expect(try emulation.send("DELETE", "\(emulation.base)/responses/\(id)").status == 404)
    emulation.clock.advance(by: .seconds(2))
    #expect(try emulation.create(next).text.contains("This is turn 2"))
    #expect(try emulation.get("/responses/\(id)").status == 200)
  }

  @Test func `ids that were never minted are not found for ever`() throws {
    let emulation = try Emulation(.azureOpenAI) { $0.race = .zero }
    let call: JSON = [
      "type": "function_call", "id": "fc_invented", "call_id": "c", "name": "f",
      "arguments": "{}",
    ]
    let body: JSON = ["input": [call, Sample.output(of: call)]]
    emulation.clock.advance(by: .seconds(3600))
    #expect(try emulation.create(body).message == "Item with id 'fc_invented' not found.")
    let reference = try emulation.create(["input": [["type": "item_reference", "id": "msg_x"]]])
    #expect(reference.message == "Item with id 'msg_x' not found.")
    let previous = try emulation.create(["input": "x", "previous_response_id": "resp_x"])
    #expect(previous.error["code"] == "previous_response_not_found")
  }

  @Test func `what was not to be stored says so, and no waiting helps`() throws {
    let emulation = try Emulation(.azureOpenAI)
    let first = try emulation.create(Sample.toolRequest.with("store", false))
    let call = try #require(first.json["output"]?[0])
    emulation.clock.advance(by: .seconds(3600))
    let second = try emulation.create(["input": [call, Sample.output(of: call)], "store": false])
    #expect(
      second.message
        == "Item with id '\(call["id"]?.text ?? "")' not found. Items are not persisted when "
        + "`store` is set to false. Try again with `store` set to true, or remove this item from "
        + "your input.")
  }

  @Test func `a reference stands for its item once it can be read`() throws {
    let emulation = try Emulation(.azureOpenAI) { $0.race = .zero }
    let call = try #require(try emulation.create(Sample.toolRequest).json["output"]?[0])
    let body: JSON = [
      "input": [["type": "item_reference", "id": call["id"] ?? ""], Sample.output(of: call)]
    ]
    #expect(try emulation.create(body).text.contains("The tool answered"))
  }

  @Test func `an item that the chain already holds is a duplicate`() throws {
    let emulation = try Emulation(.azureOpenAI) { $0.race = .zero }
    let first = try emulation.create(Sample.toolRequest).json
    let call = try #require(first["output"]?[0])
    let body: JSON = [
      "previous_response_id": first["id"] ?? "", "input": [call, Sample.output(of: call)],
    ]
    #expect(
      try emulation.create(body).message?
        .hasPrefix("Duplicate item found with id \(call["id"]?.text ?? "?").") == true)
    let right = body.with("input", .array([Sample.output(of: call)]))
    #expect(try emulation.create(right).status == 200)
    #expect(
      try emulation.create(right.with("input", "never mind")).message?
        .hasPrefix("No tool output found for function call") == true)
  }
}
