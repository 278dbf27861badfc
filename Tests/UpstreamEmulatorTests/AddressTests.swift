import Testing

@testable import UpstreamEmulator

private let body: JSON = ["model": "gpt-5", "input": "x"]

@Suite struct `Each family of paths has its own versions` {
  private func emulation(_ upstream: EmulatedUpstream, _ quirk: String? = nil) throws -> Emulation {
    try Emulation(upstream) { $0.quirks = try quirk.map { [try Quirk($0)] } ?? [] }
  }

  @Test func `A2-8: a resource that takes no version on its v1 path either`() throws {
    let strict = try emulation(.azureOpenAI, "refuse-version")
    for version in ["v1", "preview", "2025-04-01-preview"] {
      let reply = try strict.send("POST", "\(strict.base)/responses?api-version=\(version)", body)
      #expect(reply.status == 400)
      #expect(
        reply.message == "api-version query parameter is not allowed when using /v1 path")
    }
    #expect(try strict.send("POST", "\(strict.base)/responses", body).status == 200)
  }

  @Test func `A2-7: a version is taken, and the calls of the turn before are not found`() throws {
    let odd = try emulation(.azureFoundry, "version-breaks-calls")
    let call: JSON = ["type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"]
    let next = body.with("input", [call, Sample.output(of: call)])
    let path = "\(odd.base)/responses"
    #expect(try odd.send("POST", "\(path)?api-version=v1", body).status == 200)
    let broken = try odd.send("POST", "\(path)?api-version=v1", next)
    #expect(broken.message == "No tool call found for function call output with call_id c.")
    #expect(try odd.send("POST", path, next).status == 200)
  }

  @Test(arguments: [
    ("agents/a/endpoint/protocols/openai/responses?api-version=v1", 200),
    ("agents/a/endpoint/protocols/openai/responses", 400),
    ("agents/a/endpoint/protocols/openai/responses?api-version=2025-11-15-preview", 400),
    ("applications/b/protocols/openai/responses?api-version=2025-11-15-preview", 200),
    ("applications/b/protocols/openai/responses", 400),
    ("applications/b/protocols/openai/responses?api-version=v1", 400),
    ("agents//endpoint/protocols/openai/responses?api-version=v1", 404),
    ("agents/a/protocols/openai/responses?api-version=v1", 404),
    ("applications/b?api-version=v1", 404),
  ])
  func `A2-10: routes of agents and applications demand their version`(
    path: String, status: Int
  ) throws {
    let emulation = try emulation(.azureFoundry)
    for body in [body, body.without("model")] {
      let reply = try emulation.send("POST", "/api/projects/demo/\(path)", body)
      #expect(reply.status == status, "\(reply.text)")
    }
    #expect(try emulation.create(["model": .null, "input": "x"]).error["param"] == "model")
  }

  @Test func `A2-13: compaction, which the dated path does not survive`() throws {
    let emulation = try emulation(.azureOpenAI)
    let dated = "/openai/responses/compact?api-version=2025-04-01-preview"
    #expect(try emulation.send("POST", dated, body).status == 500)
    #expect(try emulation.send("POST", "/openai/v1/responses/compact", body).status == 200)
  }

  @Test func `B.5: what each reply says of itself`() throws {
    let azure = try Emulation(.azureOpenAI)
    let correlated = [azure.credential, ("x-ms-client-request-id", "mine")]
    let reply = try azure.send(
      "POST", "\(azure.base)/responses", body, headers: correlated)
    #expect(reply.headers["x-ms-client-request-id"] == "mine")
    #expect(reply.headers["openai-model"] == "gpt-5-2025-08-07")
    #expect(reply.headers["x-ratelimit-reset-tokens"] == "0")
    let openAI = try Emulation(.openai).create(["input": "x"])
    #expect(openAI.headers["cf-ray"]?.isEmpty == false)
    #expect(openAI.headers["x-ratelimit-reset-tokens"] == "30ms")
    #expect(openAI.headers["x-ms-served-model"] == nil)
  }
}
