import Testing

@testable import UpstreamEmulator

@Suite struct `Faults on demand` {
  let emulation: Emulation

  init() throws {
    emulation = try Emulation(.openai)
  }

  private func stream(_ fault: String) throws -> WireReply {
    try emulation.create(Sample.streamed, fault: fault)
  }

  /// The statuses of E.2.
  @Test(arguments: [
    ("429", 429), ("429-retry-after", 429), ("429-retry-after-ms", 429), ("429-retry-date", 429),
    ("429-no-retry", 429), ("quota", 429), ("401", 401), ("403", 403), ("408", 408), ("409", 409),
    ("500", 500), ("502", 502), ("503", 503), ("overloaded", 503), ("504", 504),
    ("content-filter", 400), ("context-length", 400), ("redirect", 307),
  ])
  func `a status`(fault: String, status: Int) throws {
    for upstream in EmulatedUpstream.allCases {
      let reply = try Emulation(upstream).create(Sample.streamed, fault: fault)
      #expect(reply.status == status)
      #expect(reply.ending == .complete)
    }
  }

  @Test func `E.3: the hints of a 429`() throws {
    #expect(try stream("429").headers["retry-after"] == nil)
    #expect(try stream("429-retry-after:3").headers["retry-after"] == "3")
    #expect(try stream("429-retry-after-ms:70").headers["retry-after-ms"] == "70")
    #expect(try stream("429-no-retry").headers["x-should-retry"] == "false")
    let date = try stream("429-retry-date:60").headers["retry-after"]
    #expect(date == HTTPDate.text(emulation.clock.clock.now() + .seconds(60)))
    #expect(try stream("quota").error["code"] == "insufficient_quota")
    let both = try stream("failed-then-error,retry-after-ms:5,exhausted")
    #expect(both.status == 200)
    #expect(both.headers["retry-after-ms"] == "5")
    #expect(both.headers["x-ratelimit-remaining-tokens"] == "0")
  }

  @Test func `a redirect to another origin`() throws {
    #expect(
      try stream("redirect").headers["location"]
        == "http://localhost:\(emulation.listener.port)/moved")
    #expect(
      try stream("redirect:http://127.0.0.1:9/x").headers["location"] == "http://127.0.0.1:9/x")
  }

  @Test func `a count ends, a label tells two apart, and headers go before options`() throws {
    #expect(try (1...4).map { _ in try stream("429x2").status } == [429, 429, 200, 200])
    #expect(try stream("429x2#mine").status == 429)
    let counted = try (1...2).map { _ in try stream("429-retry-after:7x1") }
    #expect(counted.map(\.status) == [429, 200])
    #expect(counted[0].headers["retry-after"] == "7")
    let always = try Emulation(.openai) {
      $0.faults = [try Fault("500x1"), try Fault("retry-after")]
    }
    #expect(try always.create(Sample.streamed, fault: "429").status == 429)
    let first = try always.create(Sample.streamed)
    #expect(first.status == 500)
    #expect(first.headers["retry-after"] == "1")
    #expect(try always.create(Sample.streamed).status == 200)
  }

  @Test(arguments: [
    ("reset", Ending.reset, 0), ("close", .cut, 0), ("partial-header", .cut, 0),
    ("garbage-http", .cut, 0), ("reset-after-header", .reset, 200),
    ("close-after-header", .cut, 200), ("cut", .cut, 200), ("reset-mid-stream", .reset, 200),
  ])
  func `a connection that breaks`(fault: String, ending: Ending, status: Int) throws {
    let reply = try stream(fault)
    #expect(reply.ending == ending)
    #expect(reply.status == status)
  }

  @Test func `D26: how much arrives before the break`() throws {
    #expect(try stream("close").raw.isEmpty)
    #expect(try stream("partial-header").raw == Array("HTTP/1.1 200 OK\r\nconten".utf8.prefix(20)))
    #expect(try stream("close-after-header").body.isEmpty)
    #expect(try stream("cut:3").events.count == 3)
    #expect(try stream("end-early:3").events.count == 3)
    #expect(try stream("end-early:3").ending == .complete)
    let whole = try emulation.create(Sample.streamed.without("stream"), fault: "cut")
    #expect(whole.ending == .cut)
    #expect(!whole.body.isEmpty)
    #expect(try !String(decoding: stream("garbage-http").raw, as: UTF8.self).hasPrefix("HTTP"))
  }

  @Test(arguments: ["stall", "stall-after-header", "stall-mid-stream:2"])
  func `a stall lasts until the client goes away`(fault: String) throws {
    let client = try WireClient(port: emulation.listener.port)
    try client.send(
      emulation.request(
        "POST", "/v1/responses", Sample.streamed.with("model", "gpt-5"),
        headers: [emulation.credential, ("x-emulate-fault", fault)]))
    let isComplete = client.received(until: fault == "stall" ? nil : "\r\n\r\n")
    #expect(isComplete)
    if fault.hasSuffix("2") { #expect(client.received(until: "response.in_progress")) }
    #expect(client.isSilent(for: .milliseconds(30)))
    emulation.emulator.stop()
    #expect(client.reply().ending != .complete)
  }

  @Test func `a stall with a length goes on after it`() throws {
    #expect(try stream("stall:5").eventNames.last == "response.completed")
    #expect(try stream("stall-after-header:5").eventNames.last == "response.completed")
  }

  @Test(arguments: ["drip", "split-utf8", "split-utf8:3", "wrong-content-type", "done"])
  func `the same content by another way`(fault: String) throws {
    let usual = try emulation.create(Sample.streamed).eventNames
    #expect(try stream(fault).eventNames == usual)
  }

  @Test func `bytes one by one, chunks of one byte, and pauses are steps of the reply`() throws {
    func steps(_ text: String) throws -> [Step] {
      var reply = HTTPReply(
        status: 200, headers: [], body: .events([ServerEvent(["type": "response.completed"])]))
      let fault = try Fault(text)
      let scene = FaultScene(upstream: .openai, origin: "", clock: emulation.clock.clock)
      fault.rule.edit(&reply, fault, scene)
      var steps = reply.steps(chunked: true, keepsAlive: true)
      fault.rule.editSteps(&steps, fault)
      return steps
    }
    let drip = try steps("drip").filter { if case .drip = $0 { true } else { false } }
    #expect(drip.count == 3)
    let chunks = try steps("split-utf8:2").filter(\.isEvent).compactMap(\.bytes)
    #expect(chunks.first == Array("2\r\nev\r\n".utf8))
    func pause(_ step: Step?) -> Duration? {
      if case .pause(let limit) = step { limit } else { nil }
    }
    #expect(pause(try steps("stall:7").first) == .milliseconds(7))
    #expect(pause(try steps("stall-after-header:7").dropFirst().first) == .milliseconds(7))
  }

  @Test func `D20, D21: errors inside a 200, in both orders`() throws {
    let failedFirst = try stream("failed-then-error").events
    try #require(failedFirst.map(\.name) == ["response.created", "response.failed", "error"])
    #expect(failedFirst[1].data["response"]?["error"] == .null)
    #expect(failedFirst[1].data["response"]?["status"] == "failed")
    #expect(failedFirst[2].data["error"]?["code"] == "rate_limit_exceeded")
    #expect(failedFirst.map { $0.data["sequence_number"]?.integer } == [0, 1, 2])
    let errorFirst = try stream("error-then-failed").events
    try #require(errorFirst.map(\.name) == ["response.created", "error", "response.failed"])
    #expect(errorFirst[2].data["response"]?["error"]?["code"] == "rate_limit_exceeded")
    #expect(errorFirst[2].data["response"]?["id"] == errorFirst[0].data["response"]?["id"])
    let flat = try stream("error-flat").events.last?.data
    #expect(flat?["code"] == "rate_limit_exceeded")
    #expect(flat?["error"] == nil)
  }

  @Test func `D08, D22, D25: errors inside a 200, in other shapes`() throws {
    #expect(try stream("failed-null").eventNames == ["response.created", "response.failed"])
    let message = try stream("failed-message-only").events.last?.data["response"]?["error"]
    #expect(message?["code"] == nil)
    #expect(message?["message"]?.text?.isEmpty == false)
    let middle = try stream("failed-mid-stream:5").events
    try #require(middle.count == 6)
    #expect(middle[5].data["response"]?["error"]?["code"] == "server_error")
    let overloaded = try stream("overloaded-in-stream").events.last?.data["response"]?["error"]
    #expect(overloaded?["code"] == "server_is_overloaded")
    let json = try stream("error-json-200")
    #expect(json.status == 200)
    #expect(json.headers["content-type"] == "application/json")
    #expect(json.error["code"] == "rate_limit_exceeded")
    #expect(
      try stream("second-terminal").eventNames.suffix(2)
        == ["response.completed", "response.failed"])
    let whole = try stream("json-for-stream")
    #expect(whole.json["status"] == "completed")
    #expect(whole.headers["content-type"] == "application/json")
  }

  @Test func `D02, D04, D05, D07: bytes that are odd`() throws {
    #expect(try stream("done").text.hasSuffix("}\n\ndata: [DONE]\n\n"))
    let early = try stream("done-early:2")
    #expect(early.text.hasSuffix("data: [DONE]\n\n"))
    #expect(early.events.count == 2)
    let unended = try stream("no-final-blank-line").text
    #expect(unended.hasSuffix("}\n") && !unended.hasSuffix("\n\n"))
    #expect(try stream("bom").body.starts(with: [0xEF, 0xBB, 0xBF, 0x65]))
    #expect(try stream("crlf").text.contains("}\r\n\r\nevent: "))
    #expect(try stream("cr").text.contains("}\r\revent: "))
    #expect(try !stream("no-event-names").text.contains("event:"))
    #expect(try stream("empty-event").text.contains("\n\nevent: ping\ndata:\n\n"))
    #expect(try stream("wrong-content-type").headers["content-type"] == "text/html")
  }

  @Test func `bytes that are wrong`() throws {
    #expect(try stream("garbage-sse:2").text.contains("data: {\"type\":\n\n"))
    let invalid = try stream("invalid-utf8:2").body
    #expect(String(validating: invalid, as: UTF8.self) == nil)
    let huge = try stream("huge-event:300000")
    try #require(huge.eventNames.dropFirst().first == "response.unheard_of")
    #expect(huge.events[1].data["padding"]?.text?.utf8.count == 300_000)
    #expect(huge.eventNames.last == "response.completed")
  }

  @Test func `a fault that does not exist is refused by name`() throws {
    let reply = try stream("no-such-fault")
    #expect(reply.status == 400)
    #expect(reply.message?.contains("no-such-fault") == true)
  }

  @Test(arguments: [
    ("429", true), ("429x2", true), ("429x0", false), ("429:1", false), ("cut:3x2#a", true),
    ("cut:x", false), ("redirect:http://x/", true), ("", false), ("x2", false), ("nope", false),
  ])
  func `a fault as it is written`(text: String, isKnown: Bool) {
    #expect(((try? Fault(text)) != nil) == isKnown)
  }

  @Test(arguments: [
    ("refuse-store", true), ("refuse:temperature", true), ("refuse", false), ("pace:5", true),
    ("pace:x", false), ("comments:1", false), ("nope", false), ("", false),
  ])
  func `a quirk as it is written`(text: String, isKnown: Bool) {
    #expect(((try? Quirk(text)) != nil) == isKnown)
  }

  @Test func `every fault has a name of its own, and a line that fits a terminal`() {
    for catalogue in [Fault.catalogue, Fault.catalogueOfTokens] {
      #expect(Set(catalogue.map(\.usage)).count == catalogue.count)
      for entry in catalogue { #expect(entry.explanation.count <= 49, "\(entry.usage)") }
    }
  }

  @Test func `Q02, Q26, Q36: quirks that refuse`() throws {
    func refused(_ quirk: String, _ body: JSON) throws -> JSON? {
      try Emulation(.azureOpenAI) { $0.quirks = [try Quirk(quirk)] }.create(body).error["param"]
    }
    #expect(try refused("refuse:temperature", ["input": "x", "temperature": 1]) == "temperature")
    #expect(try refused("refuse-empty-tools", ["input": "x", "tools": []]) == "tools")
    let bare: JSON = ["input": [["role": "user", "content": "x"]]]
    #expect(try refused("refuse-bare-text", bare) == "input[0].content")
  }
}
