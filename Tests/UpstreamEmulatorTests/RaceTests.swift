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
  func `E.4, Q05: a naive second step fails until the race is over`(
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
  func `E.4: a response that was just made is not found`(upstream: EmulatedUpstream) throws {
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

  @Test func `E.4, Q10: what was not to be stored says so, and no waiting helps`() throws {
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

  @Test func `Q06: a reference stands for its item once it can be read`() throws {
    let emulation = try Emulation(.azureOpenAI) { $0.race = .zero }
    let call = try #require(try emulation.create(Sample.toolRequest).json["output"]?[0])
    let body: JSON = [
      "input": [["type": "item_reference", "id": call["id"] ?? ""], Sample.output(of: call)]
    ]
    #expect(try emulation.create(body).text.contains("The tool answered"))
  }

  @Test func `Q15: an item that the chain already holds is a duplicate`() throws {
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

  @Test func `Q06: a reference to a call that counts as no call`() throws {
    let emulation = try Emulation(.openai) { $0.quirks = [try Quirk("references-break-calls")] }
    let call = try #require(try emulation.create(Sample.toolRequest).json["output"]?[0])
    let body: JSON = [
      "input": [["type": "item_reference", "id": call["id"] ?? ""], Sample.output(of: call)]
    ]
    #expect(
      try emulation.create(body).message?
        .hasPrefix("No tool call found for function call output") == true)
    let inline: JSON = ["input": [call.without("id"), Sample.output(of: call)]]
    #expect(try emulation.create(inline).status == 200)
  }
}

@Suite struct `E.4: how long it lasts, and for what` {
  /// When each response, and its call, can be read: seconds after it was made.
  private func ages(
    _ change: (inout EmulatorOptions) -> Void, streamed: Bool = false
  ) throws -> [(response: Int, item: Int)] {
    let emulation = try Emulation(.azureOpenAI) { change(&$0) }
    let body = Sample.toolRequest.with("stream", .boolean(streamed))
    return try (0..<12).map { _ in
      let reply = try emulation.create(body)
      let made = streamed ? reply.events.last?.data["response"] ?? .null : reply.json
      let id = made["id"]?.text ?? ""
      let reference: JSON = [
        "input": [
          ["type": "item_reference", "id": made["output"]?[0]?["id"] ?? ""],
          Sample.output(of: made["output"]?[0] ?? .null),
        ]
      ]
      var ages: (response: Int?, item: Int?) = (nil, nil)
      for second in 0...40 where ages.response == nil || ages.item == nil {
        if try ages.response == nil && emulation.get("/responses/\(id)").status == 200 {
          ages.response = second
        }
        if try ages.item == nil && emulation.create(reference).status == 200 { ages.item = second }
        emulation.clock.advance(by: .seconds(1))
      }
      return (try #require(ages.response), try #require(ages.item))
    }
  }

  @Test(arguments: [8, 32])
  func `each response and each item has its own time, up to the longest`(most: Int) throws {
    let ages = try ages({
      $0.race = .seconds(most)
      $0.raceFrom = .zero
    })
    #expect(ages.allSatisfy { (0...most).contains($0.response) && (0...most).contains($0.item) })
    #expect(Set(ages.map(\.response)).count > 3)
    #expect(ages.contains { $0.response != $0.item })
    #expect(ages.contains { $0.item > most / 2 })
    let again = try self.ages({
      $0.race = .seconds(most)
      $0.raceFrom = .zero
    })
    #expect(again.map(\.response) == ages.map(\.response))
  }

  @Test func `a parent that was not streamed may be faster`() throws {
    let change: (inout EmulatorOptions) -> Void = {
      $0.race = .seconds(8)
      $0.raceOfWhole = .seconds(1)
    }
    #expect(try ages(change).allSatisfy { $0.response == 1 && $0.item == 1 })
    #expect(try ages(change, streamed: true).allSatisfy { $0.response == 8 && $0.item == 8 })
  }

  @Test func `only the newest fails`() throws {
    let emulation = try Emulation(.azureOpenAI) { $0.race = .seconds(8) }
    let call = try #require(try emulation.create(Sample.toolRequest).json["output"]?[0])
    emulation.clock.advance(by: .seconds(8))
    let old = [call, Sample.output(of: call)]
    let second = try emulation.create(["input": .array(old)]).json
    let message = try #require(second["output"]?[0])
    let reply = try emulation.create(["input": .array(old + [message, Sample.user("and?")])])
    #expect(reply.message == "Item with id '\(message["id"]?.text ?? "")' not found.")
    #expect(try emulation.create(["input": .array(old)]).status == 200)
  }

  @Test func `a store that never becomes readable`() throws {
    let emulation = try Emulation(.azureFoundry) { $0.quirks = [try Quirk("lost-store@gpt-5")] }
    let lost = try emulation.create(["input": "x"]).json["id"]?.text ?? ""
    let kept = try emulation.create(["model": "gpt-4.1", "input": "x"]).json["id"]?.text ?? ""
    emulation.clock.advance(by: .seconds(86_400 * 30))
    #expect(try emulation.get("/responses/\(lost)").status == 404)
    #expect(try emulation.get("/responses/\(kept)").status == 200)
    #expect(try emulation.send("POST", "\(emulation.base)/responses/\(lost)/cancel").status == 404)
    let next = try emulation.create(["input": "y", "previous_response_id": .string(lost)])
    #expect(next.error["code"] == "previous_response_not_found")
  }

  @Test func `E.2: the same race in other words and by another status`() throws {
    func second(_ quirk: String) throws -> (Emulation, JSON) {
      let emulation = try Emulation(.azureOpenAI) {
        $0.race = .seconds(2)
        $0.quirks = [try Quirk(quirk)]
      }
      let first = try emulation.create(Sample.toolRequest).json
      return (
        emulation,
        [
          "previous_response_id": first["id"] ?? "",
          "input": [Sample.output(of: first["output"]?[0] ?? .null)],
        ]
      )
    }
    let (other, status) = try second("race-404")
    #expect(try other.create(status).status == 404)
    let (forgetful, body) = try second("race-no-call")
    #expect(
      try forgetful.create(body).message?
        .hasPrefix("No tool call found for function call output") == true)
    forgetful.clock.advance(by: .seconds(2))
    #expect(try forgetful.create(body).status == 200)
    let unknown = try forgetful.create(body.with("previous_response_id", "resp_x"))
    #expect(unknown.error["code"] == "previous_response_not_found")
  }
}
