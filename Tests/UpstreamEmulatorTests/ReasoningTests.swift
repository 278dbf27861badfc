import Testing

@testable import UpstreamEmulator

@Suite struct `Reasoning is taken back only as a whole` {
  private static let asked: JSON = [
    "input": [Sample.user("think")], "reasoning": ["effort": "low", "summary": "auto"],
    "include": ["reasoning.encrypted_content"], "store": false,
  ]

  private func output(_ emulation: Emulation, _ body: JSON = asked) throws -> [JSON] {
    let items = try emulation.create(body).json["output"]?.items ?? []
    try #require(items.count == 2)
    return items
  }

  private func history(_ items: [JSON]) -> JSON {
    ["input": .array([Sample.user("think")] + items + [Sample.user("more")]), "store": false]
  }

  private func plain(_ message: JSON) -> JSON { message.without("id").without("status") }

  @Test(arguments: EmulatedUpstream.allCases)
  func `sealed reasoning with its id comes back`(upstream: EmulatedUpstream) throws {
    let emulation = try Emulation(upstream)
    let items = try output(emulation)
    #expect(try emulation.create(history([items[0], plain(items[1])])).status == 200)
  }

  @Test func `Foundry wants the id, and nothing beside the four fields`() throws {
    let foundry = try Emulation(.azureFoundry)
    let items = try output(foundry)
    let odd = [
      items[0].without("id"), items[0].with("response_id", "resp_1"),
      items[0].with("status", "completed"), items[0].with("content", .null),
    ]
    for reasoning in odd {
      let reply = try foundry.create(history([reasoning, plain(items[1])]))
      #expect(reply.error["code"] == "invalid_payload")
      #expect(reply.error["param"] == "/")
    }
    for upstream in [EmulatedUpstream.openai, .azureOpenAI] {
      let emulation = try Emulation(upstream)
      let items = try output(emulation)
      let reply = try emulation.create(history([items[0].without("id"), plain(items[1])]))
      #expect(reply.status == 200)
    }
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `reasoning without its blob is not found when nothing was stored`(
    upstream: EmulatedUpstream
  ) throws {
    let emulation = try Emulation(upstream)
    let items = try output(emulation)
    let bare = items[0].without("encrypted_content")
    let reply = try emulation.create(history([bare, plain(items[1])]))
    #expect(reply.message?.contains("Items are not persisted when `store` is set to false") == true)
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `reasoning is followed by its item`(upstream: EmulatedUpstream) throws {
    let emulation = try Emulation(upstream)
    let items = try output(emulation)
    let id = items[0]["id"]?.text ?? ""
    let expected =
      "Item '\(id)' of type 'reasoning' was provided without its required following item."
    #expect(try emulation.create(history([items[0]])).message == expected)
    let trailing: JSON = ["input": [Sample.user("think"), items[0]], "store": false]
    #expect(try emulation.create(trailing).message == expected)
  }

  @Test func `an item with its id is preceded by its reasoning`() throws {
    let emulation = try Emulation(.azureOpenAI) { $0.race = .zero }
    let items = try output(emulation, Self.asked.with("store", true))
    let reply = try emulation.create(history([items[1]]).with("store", true))
    #expect(
      reply.message
        == "Item '\(items[1]["id"]?.text ?? "")' of type 'message' was provided without its "
        + "required 'reasoning' item: '\(items[0]["id"]?.text ?? "")'.")
    #expect(try emulation.create(history([plain(items[1])])).status == 200)
    #expect(try emulation.create(history(items).with("store", true)).status == 200)
  }

  @Test func `a blob of another resource, and one cut short, are not verified`() throws {
    let emulation = try Emulation(.azureOpenAI)
    let other = try Emulation(.azureOpenAI) { $0.key = "another key" }
    let items = try output(emulation)
    let blob = items[0]["encrypted_content"]?.text ?? ""
    let short = items[0].with("encrypted_content", .string(String(blob.dropLast(20))))
    for (server, reasoning) in [(other, items[0]), (emulation, short)] {
      let reply = try server.create(history([reasoning, plain(items[1])]))
      #expect(reply.error["code"] == "invalid_encrypted_content")
      #expect(reply.message?.contains("could not be verified") == true)
    }
  }

  @Test func `reasoning of two responses, behind its quirk alone`() throws {
    for isStrict in [false, true] {
      let emulation = try Emulation(.azureOpenAI) {
        $0.quirks = isStrict ? [try Quirk("refuse-mixed-reasoning")] : []
      }
      let (one, two) = (try output(emulation), try output(emulation))
      let reply = try emulation.create(history([one[0], plain(one[1]), two[0], plain(two[1])]))
      #expect(reply.status == (isStrict ? 400 : 200))
      if isStrict {
        #expect(reply.message == "Conflicting authenticated continuation identities.")
      }
    }
  }

  @Test func `it is sealed only for those who ask, and summed up only for those`() throws {
    let emulation = try Emulation(.openai)
    let bare = try output(emulation, ["input": "x", "reasoning": ["effort": "low"]])
    #expect(bare[0]["encrypted_content"] == nil)
    #expect(bare[0]["summary"] == [])
    let none = try emulation.create(["input": "x", "reasoning": ["effort": "none"]])
    #expect(none.json["output"]?.items.count == 1)
  }
}
