import Testing

@testable import UpstreamEmulator

@Suite struct `B.3: what goes wrong with a request for a token` {
  let emulation: TokenEmulation

  init() throws {
    emulation = try TokenEmulation()
  }

  private func login(_ fault: String) throws -> WireReply {
    try emulation.login(emulation.secretForm, fault: fault)
  }

  @Test(arguments: [
    ("invalid-client", 401, 7_000_215), ("expired-secret", 401, 7_000_222),
    ("unauthorized-client", 400, 700_016), ("unknown-tenant", 400, 90002),
  ])
  func `a refusal of the directory, and of no machine`(
    fault: String, status: Int, number: Int
  ) throws {
    let reply = try login(fault)
    #expect(reply.status == status)
    #expect(reply.json["error_codes"] == [.integer(number)])
    #expect(reply.json["error_description"]?.text?.hasPrefix("AADSTS\(number): ") == true)
    #expect(try emulation.metadata("", fault: fault).status == 200)
  }

  @Test(arguments: ["404", "408", "410", "429", "500", "503", "504"])
  func `a status at every endpoint`(status: String) throws {
    #expect(try login(status).status == Int(status))
    #expect(try emulation.metadata("", fault: status).status == Int(status))
  }

  @Test func `a hint, and a count that ends`() throws {
    #expect(try login("429").headers["retry-after"] == nil)
    #expect(try login("429:7").headers["retry-after"] == "7")
    let moved = try (1...4).map { _ in try emulation.metadata("", fault: "410x3").status }
    #expect(moved == [410, 410, 410, 200])
    let starting = try TokenEmulation { $0.faults = [try .ofTokens("404x2")] }
    #expect(try (1...3).map { _ in try starting.metadata("").status } == [404, 404, 200])
    starting.listener.setFaults([try .ofTokens("500x1")])
    #expect(try starting.metadata("").status == 500)
    starting.listener.setFaults([])
    #expect(try starting.metadata("").status == 200)
  }

  @Test func `bodies that are no token`() throws {
    #expect(try login("html").headers["content-type"] == "text/html")
    #expect(try login("html").status == 200)
    #expect(try login("html-502").status == 502)
    #expect(try login("empty").body.isEmpty)
    #expect(try login("broken-json").json == .null)
    #expect(try login("no-token").json["access_token"] == nil)
    #expect(try login("null-token").json["access_token"] == .null)
    #expect(try login("empty-token").json["access_token"] == "")
    #expect(try login("odd-token").json["access_token"]?.text?.contains("\r\n") == true)
  }

  @Test func `times that are odd`() throws {
    #expect(try login("expires-in-text").json["expires_in"] == "3599")
    #expect(try login("expires-in").json["expires_in"] == -1)
    #expect(try login("expires-in:0").json["expires_in"] == 0)
    #expect(try login("no-expires-in").json["expires_in"] == nil)
    let only = try login("expires-on-only").json
    #expect(only["expires_in"] == nil)
    let now = Int(emulation.clock.clock.now().components.seconds)
    #expect(only["expires_on"] == .string(String(now + 3599)))
    let machine = try emulation.metadata("", fault: "no-expires-in").json
    #expect(machine["expires_in"] == nil && machine["expires_on"] == nil)
  }

  @Test func `connections that break or wait`() throws {
    #expect(try login("drop").ending == .reset)
    #expect(try login("close").ending == .cut)
    #expect(try login("partial-header").status == 0)
    #expect(try login("slow:5").status == 200)
    var steps = HTTPReply.json(200, [:]).steps(chunked: true, keepsAlive: true)
    let slow = try Fault.ofTokens("slow:7")
    slow.rule.editSteps(&steps, slow)
    guard case .pause(.milliseconds(7))? = steps.first else {
      Issue.record("no pause before the header")
      return
    }
  }

  @Test func `a fault of streams is none here, and the reverse`() {
    #expect(throws: EmulatorError.unknownFault("cut")) { try Fault.ofTokens("cut") }
    #expect(throws: EmulatorError.unknownFault("html")) { try Fault("html") }
  }
}
