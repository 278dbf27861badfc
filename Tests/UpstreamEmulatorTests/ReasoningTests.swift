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

  @Test func `Q08, Q09: Foundry wants the id, and nothing beside the four fields`() throws {
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
  func `Q10: reasoning without its blob is not found when nothing was stored`(
    upstream: EmulatedUpstream
  ) throws {
    let emulation = try Emulation(upstream)
    let items = try output(emulation)
    let bare = items[0].without("encrypted_content")
    let reply = try emulation.create(history([bare, plain(items[1])]))
    #expect(reply.message?.contains("Items are not persisted when `store` is set to false") == true)
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `Q11: reasoning is followed by its item`(upstream: EmulatedUpstream) throws {
    let emulation = try Emulation(upstream)
    let items = try output(emulation)
    let id = items[0]["id"]?.text ?? ""
    let expected =
      "Item '\(id)' of type 'reasoning' was provided without its required following item."
    #expect(try emulation.create(history([items[0]])).message == expected)
    let trailing: JSON = ["input": [Sample.user("think"), items[0]], "store": false]
    #expect(try emulation.create(trailing).message == expected)
  }

  @Test func `Q12: an item with its id is preceded by its reasoning`() throws {
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

  @Test func `Q19: a blob of another resource, and one cut short, are not verified`() throws {
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

  @Test func `Q13: reasoning of two responses, behind its quirk alone`() throws {
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

  private func strict(_ upstream: EmulatedUpstream, _ quirks: String...) throws -> Emulation {
    try Emulation(upstream) { $0.quirks = try quirks.map { try Quirk($0) } }
  }

  @Test func `Q13: reasoning of even one, when the newest alone did not help`() throws {
    let emulation = try strict(.azureOpenAI, "refuse-any-reasoning")
    let items = try output(emulation)
    let reply = try emulation.create(history([items[0], plain(items[1])]))
    #expect(reply.message == "Conflicting authenticated continuation identities.")
    #expect(reply.error["param"] == "input")
    #expect(reply.error["code"] == "invalid_value")
    #expect(try emulation.create(history([plain(items[1])])).status == 200)
  }

  @Test func `Q13: what was compacted may stay beside reasoning`() throws {
    let emulation = try strict(.azureOpenAI, "refuse-mixed-reasoning")
    let items = try output(emulation)
    let compacted = try emulation.send(
      "POST", "\(emulation.base)/responses/compact", ["model": "gpt-5", "input": "x"])
    let compaction = try #require(compacted.json["output"]?.items.last)
    let reply = try emulation.create(history([compaction, items[0], plain(items[1])]))
    #expect(reply.status == 200, "\(reply.text)")
  }

  @Test func `Q14: reasoning, a call and its output in one request`() throws {
    let emulation = try strict(.azureFoundry, "refuse-reasoning-with-calls")
    let body = Self.asked.with("tools", [Sample.tool("weather")])
    let items = try output(emulation, body)
    let call = plain(items[1])
    let both = try emulation.create([
      "input": [Sample.user("think"), items[0], call, Sample.output(of: call)], "store": false,
    ])
    #expect(both.error["code"] == "invalid_payload")
    let one = try emulation.create([
      "input": [Sample.user("think"), call, Sample.output(of: call)], "store": false,
    ])
    #expect(one.status == 200)
  }

  @Test func `Q08, Q09: a resource that wants the id and the four fields, with the place`() throws {
    let emulation = try strict(.azureOpenAI, "plain-reasoning")
    let items = try output(emulation)
    let bare = try emulation.create(history([items[0].without("id"), plain(items[1])]))
    #expect(bare.message == "Missing required parameter: 'input[1].id'.")
    let more = items[0].with("status", "completed")
    let odd = try emulation.create(history([more, plain(items[1])]))
    #expect(odd.message == "Unknown parameter: 'input[1].status'.")
    #expect(try emulation.create(history([items[0], plain(items[1])])).status == 200)
  }

  @Test func `Q17: a model that seals nothing`() throws {
    let emulation = try strict(.azureOpenAI, "no-encrypted-content@gpt-4.1")
    let reply = try emulation.create(Self.asked.with("model", "gpt-4.1"))
    #expect(reply.message == "Encrypted content is not supported with this model.")
    #expect(reply.error["param"] == "include")
    #expect(try emulation.create(Self.asked).status == 200)
  }

  @Test func `Q19: a blob of another deployment, and of another resource in other words`() throws {
    let emulation = try strict(.azureOpenAI, "seal-per-deployment", "resource-words@gpt-4.1")
    let items = try output(emulation)
    let replay = history([items[0], plain(items[1])])
    #expect(try emulation.create(replay).status == 200)
    let other = try emulation.create(replay.with("model", "gpt-5-mini"))
    #expect(other.error["code"] == "invalid_encrypted_content")
    #expect(other.message?.contains("could not be verified") == true)
    let words = try emulation.create(replay.with("model", "gpt-4.1"))
    #expect(words.error["code"] == .null)
    #expect(words.message?.contains("could not be decrypted") == true)
    #expect(words.message?.contains("a different Azure OpenAI resource") == true)
    let foreign = try Emulation(.openai)
    #expect(
      try foreign.create(replay.with("model", "gpt-5")).error["code"]
        == "invalid_encrypted_content")
  }
}
