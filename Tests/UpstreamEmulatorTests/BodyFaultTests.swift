import Testing

@testable import UpstreamEmulator

@Suite struct `E.1, E.2: refusals on demand, in every shape` {
  private func reply(
    _ fault: String, _ upstream: EmulatedUpstream = .azureOpenAI
  ) throws -> WireReply {
    try Emulation(upstream).create(Sample.streamed, fault: fault)
  }

  @Test(
    arguments: [
      ("model-error:429/insufficient_quota/You exceeded your quota.", 429, "insufficient_quota"),
      ("model-error:400/-/Nothing known.", 400, nil), ("model-error", 400, nil),
      ("gateway-error:503/slow_down/Slow down.", 503, "slow_down"),
      ("gateway-error", 400, "BadRequest"), ("schema-error", 400, "invalid_payload"),
      ("429-busy", 429, "429"), ("413", 413, "RequestTooLarge"),
      ("422", 422, "UnprocessableEntity"),
      ("404", 404, "404"), ("deployment-not-found", 404, "DeploymentNotFound"),
      ("403-endpoint", 403, "403"), ("403-blocked", 403, "403"),
      ("403-region", 403, "unsupported_country_region_territory"),
      ("completion-filter", 400, "content_filter"),
    ] as [(String, Int, String?)])
  func `a status and a code`(fault: String, status: Int, code: String?) throws {
    let reply = try reply(fault)
    #expect(reply.status == status)
    #expect(reply.error["code"]?.text == code)
    #expect(reply.message?.isEmpty == false)
    #expect(reply.ending == .complete)
  }

  @Test func `shapes that are not the usual ones`() throws {
    let bare = try reply("bare-error:401/-/Go away.")
    #expect(bare.status == 401)
    #expect(bare.json == ["statusCode": 401, "message": "Go away."])
    let text = try reply("text-error:502/-/upstream connect error")
    #expect(text.headers["content-type"] == "text/plain")
    #expect(text.text == "upstream connect error")
    let inner = try #require(try reply("message-json").message)
    #expect(
      try JSON(parsing: Array(inner.utf8))["error"]?["code"] == "context_length_exceeded")
    #expect(try reply("message-object").error["message"]?["value"] == "No such field.")
    let header = try reply("header-code:429/RateLimitReached/")
    #expect(header.status == 429)
    #expect(header.body.isEmpty)
    #expect(header.headers["x-ms-error-code"] == "RateLimitReached")
    let filtered = try reply("completion-filter").error["innererror"]
    #expect(filtered?["content_filter_result"]?["jailbreak"]?["detected"] == true)
  }

  @Test(arguments: [
    "model-error:nonsense", "gateway-error:99/x/y", "bare-error:401/x", "header:x",
    "header-code:x/y/z",
  ])
  func `what cannot be read is no fault`(text: String) {
    #expect(throws: EmulatorError.unknownFault(text)) { try Fault(text) }
  }

  @Test func `the words of the first upstream`() throws {
    #expect(try reply("404", .openai).message?.hasPrefix("Invalid URL") == true)
    #expect(try reply("413", .openai).error["type"] == "server_error")
  }
}

@Suite struct `B.5, E.3: header fields on demand, on the 200 of a stream too` {
  private func headers(
    _ fault: String, _ upstream: EmulatedUpstream = .azureOpenAI
  ) throws -> [String: String] {
    try Emulation(upstream).create(Sample.streamed, fault: fault).headers
  }

  @Test func `the time until there is something left, in both forms`() throws {
    let azure = try headers("exhausted:70")
    #expect(azure["x-ratelimit-remaining-tokens"] == "0")
    #expect(azure["x-ratelimit-reset-tokens"] == "70")
    #expect(try headers("exhausted:70", .openai)["x-ratelimit-reset-requests"] == "1m10s")
    #expect(try headers("exhausted")["x-ratelimit-reset-tokens"] == "0")
    #expect(RateLimitReset.text(seconds: 360) == "6m0s")
    #expect(RateLimitReset.text(seconds: 3601) == "1h0m1s")
    #expect(RateLimitReset.text(seconds: 9) == "9s")
  }

  @Test func `a hint and its contrary`() throws {
    #expect(try headers("503,should-retry:false")["x-should-retry"] == "false")
    #expect(try headers("should-retry")["x-should-retry"] == "true")
    #expect(try headers("low-limit:9")["x-ratelimit-limit-tokens"] == "9")
    let emulation = try Emulation(.openai)
    let dated = try emulation.create(Sample.streamed, fault: "retry-date:60").headers
    #expect(
      dated["retry-after"] == HTTPDate.text(emulation.clock.clock.now() + .seconds(60)))
  }

  @Test func `any field, and none`() throws {
    #expect(try headers("header:X-Odd=1 2")["x-odd"] == "1 2")
    let usual = try headers("should-retry")
    #expect(usual["x-ms-served-model"] != nil)
    #expect(try headers("without-header")["x-ms-served-model"] == nil)
    #expect(try headers("without-header:apim-request-id")["apim-request-id"] == nil)
  }
}
