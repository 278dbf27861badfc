import Testing

@testable import TransportHost

@Suite(.timeLimit(.minutes(1))) struct `Bad token flows` {
  @Test(arguments: FlowDefect.all)
  func `each ends in one error that names the plugin or the credential`(
    defect: FlowDefect
  ) async throws {
    let error = try #require(await FlowDefect.failure(of: "bad-flow-" + defect.name))
    #expect(error.code == defect.code)
    #expect(error.message == defect.message)
    var everything = ""
    dump(error, to: &everything)
    #expect(!everything.contains("canary"), "\(everything)")
  }

  @Test func `one that keeps the contract works after all of them`() async throws {
    for defect in FlowDefect.all { _ = try await FlowDefect.failure(of: "bad-flow-" + defect.name) }
    #expect(try await FlowDefect.failure(of: "good-flow") == nil)
  }
}

@Suite struct `Odd words of plugins` {
  private func instance(_ name: String) throws -> TransportInstance {
    let library = try TransportLibrary(opening: BuiltPlugins.path(of: name), expecting: name)
    return try TransportInstance(library, settings: InstanceSettings(provider: "p"))
  }

  @Test func `names and limits of a head are bounded, and fit for a terminal`() throws {
    let exchange = try instance("good-odd-head-facts").prepare(Trial.request(credential: false))
      .exchange
    _ = try exchange.framing(status: 200, headers: [])
    let facts = exchange.headFacts
    #expect(facts.servedModel == String(repeating: "m", count: 256))
    #expect(facts.rateLimits.count == 16)
    #expect(facts.rateLimits[0].unit == "" && facts.rateLimits[0].limit == nil)
    #expect(facts.rateLimits[1].unit == "\u{FFFD}(]0;")
    #expect(facts.rateLimits[0].reset?.milliseconds == .max)

    var out = JSONWriter()
    out.array(facts.rateLimits) { $0.write(to: &$1) }
    #expect(out.bytes.count > 100)
  }

  @Test func `of a thousand alternatives eight are looked at`() throws {
    let library = try TransportLibrary(
      opening: BuiltPlugins.path(of: "good-odd-alternatives"), expecting: nil)
    let found = library.alternatives(to: InstanceSettings(provider: "p"))
    #expect(found.count == 8)
    #expect(found[1].baseURL == "" && found[1].options == Array("{".utf8))
  }
}
