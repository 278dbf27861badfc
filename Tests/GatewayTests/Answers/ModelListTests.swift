#if Gateway
import ProviderConfiguration
import Testing
import TransportHost

@testable import Gateway

@Suite struct `Models are listed` {
  private static let text = """
    version: 1
    providers: { p: { plugin: openai, base_url: "http://127.0.0.1:9", auth: { key: { env: A } } } }
    models:
      gpt-5: { aliases: [default, codex], targets: [{ provider: p }] }
      acme/*: { targets: [{ provider: p, model: "{1}" }] }
      o3: { targets: [{ provider: p }] }
    gateway:
      clients:
        some: { token: { env: A }, models: [codex, "acme/s*"] }
    """

  private func host() throws -> TransportHost {
    var options = TransportHost.Options()
    options.environment = { _ in "a-long-enough-value" }
    return try TransportHost(
      text: Array(Self.text.utf8), file: "providers.yaml", options: options)
  }

  private func ids(_ answer: Answer) throws -> [String] {
    let list = try answer.json()
    #expect(answer.status == 200)
    #expect(list["object"] as? String == "list")
    let data = try #require(list["data"] as? [[String: Any]])
    for model in data {
      #expect(model["object"] as? String == "model")
      #expect(model["created"] as? Int == 1_790_000_000)
      #expect(model["owned_by"] as? String == "jackfield")
    }
    return data.compactMap { $0["id"] as? String }
  }

  @Test func `by all their names but patterns, in the order of the file`() throws {
    let models = ModelList(try host().models, created: 1_790_000_000)
    #expect(try ids(models.answer(for: .anybody)) == ["gpt-5", "default", "codex", "o3"])
  }

  @Test func `as far as the client may use them`() throws {
    let host = try host()
    let client = try #require(host.gateway.clients.first)
    let some = ClientTable.Client(name: client.name, entry: client)
    let models = ModelList(host.models, created: 1_790_000_000)
    #expect(try ids(models.answer(for: some)) == ["codex"])
    func status(_ name: String) -> Int { models.answer(of: name, for: some, host: host).status }
    #expect(["codex", "acme/small", "acme/large", "gpt-5"].map(status) == [200, 200, 404, 404])
  }

  @Test(arguments: ["gpt-5", "default", "acme/anything"])
  func `one of them is found by each of its names`(name: String) throws {
    let host = try host()
    let models = ModelList(host.models, created: 7)
    let answer = models.answer(of: name, for: .anybody, host: host)
    #expect(answer.status == 200)
    #expect(try answer.json()["id"] as? String == name)
  }

  @Test(arguments: ["gpt-6", "acme/", "", "GPT-5", "a\"b\n"])
  func `what is configured nowhere is not found`(name: String) throws {
    let host = try host()
    let models = ModelList(host.models, created: 7)
    let answer = models.answer(of: name, for: .anybody, host: host)
    #expect(answer.status == 404)
    #expect(try answer.error()["code"] as? String == "model_not_found")
    #expect(try answer.error()["param"] as? String == "model")
  }
}
#endif
