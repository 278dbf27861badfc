import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `The choice among targets, over sockets` {
  private static func model(_ strategy: String, _ weights: [Int] = [1, 1, 1]) -> String {
    let targets = zip(["a", "b", "c"], weights).map {
      "{ provider: \($0), model: gpt-5, weight: \($1) }"
    }
    return """
      models:
        m:
          strategy: \(strategy)
          affinity: { by: ["header:x-user", prompt_cache_key] }
          targets: [\(targets.joined(separator: ", "))]
      """
  }

  @Test func `by weight comes to the weights over two hundred calls`() async throws {
    let field = try Field()
    let host = try field.host(Self.model("weighted", [6, 3, 1]))
    let shares = await host.ends(200, "m").shares
    #expect(shares == ["a": 120, "b": 60, "c": 20])
    #expect(field.counts == [120, 60, 20])
  }

  @Test func `by weight keeps to the weights when calls come at once`() async throws {
    let field = try Field()
    let host = try field.host(Self.model("weighted", [6, 3, 1]))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<200 { group.addTask { _ = await host.end("m", isStream: false) } }
    }
    #expect(field.counts == [120, 60, 20])
  }

  @Test func `takes turns`() async throws {
    let field = try Field()
    let host = try field.host(Self.model("round_robin"))
    let ends = await host.ends(7, "m")
    #expect(ends.compactMap(\.server) == ["a", "b", "c", "a", "b", "c", "a"])
    #expect(ends[1].attempts[0].reason == "chosen by round_robin among the targets of \"m\"")
  }

  @Test func `by load leaves a slow target its share of calls under way, and no more`()
    async throws
  {
    let field = try Field(faults: ["a": ["stall:500"]])
    let host = try field.host(Self.model("least_busy"))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask { for _ in 0..<20 { _ = await host.end("m", isStream: false) } }
      }
    }
    let counts = field.counts
    #expect(counts.reduce(0, +) == 120)
    #expect(counts[0] < counts[1] / 2 && counts[0] < counts[2] / 2, "\(counts)")
    #expect(field.emulator.load(of: field["a"].listener).most <= 3)
  }

  @Test func `by latency leaves a slow target once it is known`() async throws {
    let field = try Field(faults: ["a": ["stall:800"]])
    let host = try field.host(Self.model("least_latency"))
    let shares = await host.ends(60, "m").shares
    #expect(shares["a", default: 0] <= 4, "\(shares)")
    #expect(shares["b", default: 0] > 5 && shares["c", default: 0] > 5, "\(shares)")
  }

  @Test(arguments: ["hash", "weighted", "priority", "round_robin"])
  func `stays with a header's value`(strategy: String) async throws {
    let field = try Field()
    let host = try field.host(Self.model(strategy))
    var servers: Set<String> = []
    for user in 0..<12 {
      var own: Set<String> = []
      for _ in 0..<3 {
        let end = await host.end("m", isStream: false) { $0.headers = [("X-User", "u\(user)")] }
        own.insert(end.server ?? "nobody")
        #expect(end.attempts.first?.reason == "where calls of this kind go")
      }
      #expect(own.count == 1)
      servers.formUnion(own)
    }
    #expect(servers == ["a", "b", "c"])
  }

  @Test func `stays with a header's value in another host, and while others fail`() async throws {
    let field = try Field()
    let settings = "\ndefaults: { retry: { max_retries: 0 } }\n"
    let (first, second) = (
      try field.host(Self.model("hash") + settings), try field.host(Self.model("hash") + settings)
    )
    var homes: [Int: String] = [:]
    for user in 0..<9 {
      let end = await first.end("m", isStream: false) { $0.headers = [("x-user", "u\(user)")] }
      homes[user] = end.server
    }
    try field.set("503", at: "b")
    for user in 0..<9 {
      let end = await second.end("m", isStream: false) { $0.headers = [("x-user", "u\(user)")] }
      if homes[user] == "b" {
        #expect(end.server != "b" && end.server != nil)
      } else {
        #expect(end.server == homes[user])
      }
    }
  }

  @Test func `hashes a prompt cache key, and draws for calls without one`() async throws {
    let field = try Field()
    let host = try field.host(Self.model("hash"))
    var body = Array(#"{"model":"m","input":"Hi","prompt_cache_key":"k1"}"#.utf8)
    var servers: [String?] = []
    for _ in 0..<4 { servers.append(await host.end(CallRequest(body: body)).server) }
    #expect(Set(servers).count == 1)
    body = Array(#"{"model":"m","input":"Hi"}"#.utf8)
    servers = []
    for _ in 0..<40 { servers.append(await host.end(CallRequest(body: body)).server) }
    #expect(Set(servers).count == 3)
  }

  @Test func `asks a higher order only when no lower one can serve`() async throws {
    let field = try Field()
    let host = try field.host(
      """
      models:
        m:
          strategy: round_robin
          targets:
            - { provider: c, model: gpt-5, order: 2 }
            - { provider: a, model: gpt-5 }
            - { provider: b, model: gpt-5 }
      defaults: { retry: { max_retries: 0 }, cooldown: { failures: 1000 } }
      """)
    #expect(await host.ends(4, "m").shares == ["a": 2, "b": 2])
    try field.set("503", at: "a")
    #expect(await host.ends(4, "m").shares == ["b": 4])
    try field.set("503", at: "b")
    let end = await host.end("m")
    #expect(end.server == "c")
    #expect(Set(end.providers.dropLast()) == ["a", "b"])
    #expect(end.attempts.last?.reason == "the next target of \"m\"")
  }
}
