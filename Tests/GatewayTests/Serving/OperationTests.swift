#if Gateway
import Foundation
import Testing
import UpstreamEmulator

@Suite struct `The Responses API is served` {
  private let upstreams: Upstreams

  init() throws { upstreams = try Upstreams() }

  @Test(arguments: EmulatedUpstream.allCases)
  func `create gives the whole answer and who gave it`(upstream: EmulatedUpstream) async throws {
    try await TestGateway.with(upstreams.configuration()) { gateway in
      let answer = try await gateway.create(upstream.rawValue)
      #expect(answer.status == 200)
      #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
      #expect(answer.header("content-length") == String(answer.body.count))
      #expect(answer.header("transfer-encoding") == nil)
      #expect(try answer.json()["status"] as? String == "completed")
      #expect(answer.text.contains("Hello there"))
      try check(answer, of: upstream)
      let attempt = try #require(answer.header("x-jackfield-attempts"))
      let item = try #require(StructuredList(attempt)?.items.first)
      #expect(item.value == upstream.rawValue)
      #expect(item.parameters["outcome"] == "ok")
      #expect(item.parameters["status"] == "200")
    }
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `create gives a stream and who gives it`(upstream: EmulatedUpstream) async throws {
    try await TestGateway.with(upstreams.configuration()) { gateway in
      let answer = try await gateway.create(upstream.rawValue, isStream: true)
      #expect(answer.status == 200)
      #expect(answer.isWhole)
      #expect(answer.header("content-type")?.hasPrefix("text/event-stream") == true)
      #expect(answer.header("transfer-encoding") == "chunked")
      #expect(answer.header("content-length") == nil)
      try check(answer, of: upstream)
      let events = answer.events
      #expect(events.first?.type == "response.created")
      #expect(events.last?.type == "response.completed")
      for event in events { #expect(event.data.hasPrefix("{\"type\":\"\(event.type)\"")) }
      let attempt = try #require(answer.header("x-jackfield-attempts"))
      let item = try #require(StructuredList(attempt)?.items.first)
      #expect(item.value == upstream.rawValue)
      #expect(item.parameters == ["model": "gpt-5"], "it is not over when its head leaves")
    }
  }

  private func check(_ answer: HTTPAnswer, of upstream: EmulatedUpstream) throws {
    #expect(answer.header("x-request-id")?.isEmpty == false)
    #expect(answer.header("x-ratelimit-remaining-tokens") == "1999000")
    #expect(answer.header("openai-processing-ms") == "12")
    #expect((answer.header("apim-request-id") != nil) == (upstream != .openai))
    #expect(answer.headers.filter { $0.name == "date" }.count == 1)
    #expect(!answer.headers.contains { "\($0)".contains(Upstreams.key) })
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `what is stored is read, listed, and deleted`(upstream: EmulatedUpstream) async throws {
    try await TestGateway.with(upstreams.configuration([upstream])) { gateway in
      try await checkStored(gateway, upstream)
    }
  }

  @Test func `with several providers the id tells whose it is`() async throws {
    let text = upstreams.configuration(more: "state_key: { env: TAG_KEY }")
    try await TestGateway.with(text) { gateway in
      for upstream in EmulatedUpstream.allCases { try await checkStored(gateway, upstream) }
    }
  }

  private func checkStored(_ gateway: TestGateway, _ upstream: EmulatedUpstream) async throws {
    let created = try await gateway.create(upstream.rawValue)
    let id = try #require(try created.json()["id"] as? String)
    let read = try await gateway.ask("GET", "/v1/responses/\(id)")
    #expect(read.status == 200, "\(read.text)")
    #expect(try read.json()["id"] as? String == id)
    let items = try await gateway.ask("GET", "/v1/responses/\(id)/input_items?limit=1&order=asc")
    #expect(items.status == 200)
    #expect((try items.json()["data"] as? [Any])?.count == 1)
    let follow = try await gateway.ask(
      "POST", "/v1/responses",
      #"{"model":"\#(upstream.rawValue)","input":"And now?","previous_response_id":"\#(id)"}"#)
    #expect(follow.status == 200, "\(follow.text)")
    let deleted = try await gateway.ask("DELETE", "/v1/responses/\(id)")
    #expect(try deleted.json()["deleted"] as? Bool == true)
    let gone = try await gateway.ask("GET", "/v1/responses/\(id)")
    #expect(gone.status == 404)
    let code = try gone.error("code")
    #expect(code == "not_found" || code == "state_lost")
  }

  @Test func `the query of a request reaches the upstream`() async throws {
    try await TestGateway.with(upstreams.configuration([.openai])) { gateway in
      let id = try #require(try await gateway.create("openai").json()["id"] as? String)
      let answer = try await gateway.ask("GET", "/v1/responses/\(id)/input_items?limit=0")
      #expect(answer.status == 400)
      #expect(upstreams.emulator.requests.last?.target.contains("limit=0") == true)
    }
  }

  @Test func `what runs in the background is cancelled`() async throws {
    try await TestGateway.with(upstreams.configuration([.openai])) { gateway in
      let created = try await gateway.ask(
        "POST", "/v1/responses",
        #"{"model":"openai","input":"Hello","background":true,"store":true}"#)
      let id = try #require(try created.json()["id"] as? String)
      let answer = try await gateway.ask("POST", "/v1/responses/\(id)/cancel")
      #expect(answer.status == 200, "\(answer.text)")
      #expect(upstreams.emulator.requests.last?.target.hasSuffix("/cancel") == true)
    }
  }

  @Test func `tokens are counted, and conversations compacted`() async throws {
    try await TestGateway.with(upstreams.configuration()) { gateway in
      let body = #"{"model":"openai","input":"Hello there"}"#
      let count = try await gateway.ask("POST", "/v1/responses/input_tokens", body)
      #expect(try count.json()["object"] as? String == "response.input_tokens")
      let compacted = try await gateway.ask("POST", "/v1/responses/compact", body)
      #expect(try compacted.json()["object"] as? String == "response.compaction")
    }
  }

  @Test func `an operation that the upstream lacks is refused in its shape`() async throws {
    try await TestGateway.with(upstreams.configuration()) { gateway in
      let answer = try await gateway.ask(
        "POST", "/v1/responses/input_tokens", #"{"model":"azure-foundry","input":"Hello"}"#)
      #expect((400..<500).contains(answer.status))
      #expect(try answer.error("code") != nil)
    }
  }

  @Test func `models and the state of the process are told`() async throws {
    try await TestGateway.with(upstreams.configuration()) { gateway in
      let list = try await gateway.ask("GET", "/v1/models").json()
      let ids = try #require(list["data"] as? [[String: Any]]).compactMap { $0["id"] as? String }
      #expect(Set(ids) == Set(EmulatedUpstream.allCases.map(\.rawValue)))
      #expect(try await gateway.ask("GET", "/models/openai").json()["id"] as? String == "openai")
      #expect(try await gateway.ask("GET", "/v1/models/o9").status == 404)
      #expect(try await gateway.ask("GET", "/healthz").text == "ok\n")
      #expect(try await gateway.ask("GET", "/readyz").status == 200)
    }
  }

  @Test(arguments: ["", "{", "[]", "{}", "\u{FF}", #"{"model":7}"#, #"{"model":"openai"#])
  func `a body that is no request is refused before the wire`(body: String) async throws {
    try await TestGateway.with(upstreams.configuration()) { gateway in
      let answer = try await gateway.ask("POST", "/v1/responses", body)
      #expect((400...404).contains(answer.status), "\(answer.text)")
      #expect(try answer.error("message")?.isEmpty == false)
      #expect(try answer.error("type") == "invalid_request_error")
      #expect(upstreams.emulator.requests.isEmpty)
    }
  }

  @Test func `a model that is not configured is not found`() async throws {
    try await TestGateway.with(upstreams.configuration()) { gateway in
      let answer = try await gateway.create("gpt-6", isStream: true)
      #expect(answer.status == 404)
      #expect(try answer.error("code") == "model_not_found")
      #expect(answer.header("x-should-retry") == "false")
    }
  }
}
#endif
