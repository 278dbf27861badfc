import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `Fallbacks, over sockets` {
  private static let models = """
    models:
      m:
        targets: [{ provider: a, model: gpt-5 }]
        fallbacks: { default: [n], context_window: [long], content_filter: [mild] }
      n: { targets: [{ provider: b, model: gpt-4.1 }], fallbacks: { default: [o] } }
      o: { targets: [{ provider: c, model: gpt-5-mini }] }
      long: { targets: [{ provider: d, model: gpt-5 }] }
      mild: { targets: [{ provider: e, model: gpt-5 }] }
      alone: { targets: [{ provider: a, model: gpt-5 }], fallbacks: { default: [n] } }
    defaults: { retry: { max_retries: 0 } }
    """

  private static func field(_ faults: [String: [String]]) throws -> Field {
    try Field(["a", "b", "c", "d", "e"], faults: faults)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let fault: String
    let providers: [String]
    let reason: String
    var testDescription: String { fault }
  }

  @Test(arguments: [
    Row(fault: "503", providers: ["a", "b"], reason: "fallback of \"m\""),
    Row(fault: "429-no-retry", providers: ["a", "b"], reason: "fallback of \"m\""),
    Row(fault: "401", providers: ["a", "b"], reason: "fallback of \"m\""),
    Row(fault: "deployment-not-found", providers: ["a", "b"], reason: "fallback of \"m\""),
    Row(fault: "reset", providers: ["a", "b"], reason: "fallback of \"m\""),
    Row(
      fault: "context-length", providers: ["a", "d"], reason: "fallback of \"m\" for long inputs"),
    Row(fault: "413", providers: ["a", "d"], reason: "fallback of \"m\" for long inputs"),
    Row(
      fault: "content-filter", providers: ["a", "e"],
      reason: "fallback of \"m\" for filtered content"),
  ])
  func `are asked by cause`(row: Row) async throws {
    let field = try Self.field(["a": [row.fault]])
    let host = try field.host(Self.models)
    let end = await host.end("m")
    #expect(end.providers == row.providers)
    #expect(end.attempts.last?.reason == row.reason)
    #expect(end.result?.text == "You said: Hello there, how are you?")
    #expect(field.order == row.providers)
  }

  @Test func `get the name of their own target`() async throws {
    let field = try Self.field(["a": ["503"]])
    _ = try await field.host(Self.models).end("m")
    #expect(field.requests(at: "a").first?.json?["model"]?.text == "gpt-5")
    #expect(field.requests(at: "b").first?.json?["model"]?.text == "gpt-4.1")
  }

  @Test func `have fallbacks of their own`() async throws {
    let field = try Self.field(["a": ["503"], "b": ["500"]])
    let end = try await field.host(Self.models).end("m", isStream: false)
    #expect(end.providers == ["a", "b", "c"])
    #expect(end.attempts.last?.reason == "fallback of \"n\"")
    #expect(end.attempts.last?.model == "gpt-5-mini")
  }

  @Test(arguments: ["context-length", "content-filter"])
  func `of another cause are not asked`(fault: String) async throws {
    let field = try Self.field(["a": [fault]])
    let end = try await field.host(Self.models).end("alone")
    #expect(end.providers == ["a"])
    #expect(end.error?.code == (fault == "context-length" ? .contextLengthExceeded : .contentFiltered))
    #expect(field.counts == [1, 0, 0, 0, 0])
  }

  @Test func `are not asked for what no target could do`() async throws {
    let field = try Self.field(["a": ["model-error:400/-/Bad request."]])
    let end = try await field.host(Self.models).end("m")
    #expect(end.error?.code == .requestInvalid)
    #expect(field.counts == [1, 0, 0, 0, 0])
  }

  @Test func `end with the last failure when none of them can serve`() async throws {
    let field = try Self.field(["a": ["503"], "b": ["500"], "c": ["401"]])
    let end = try await field.host(Self.models).end("m")
    #expect(end.error?.code == .auth)
    #expect(end.outcomes == ["overloaded", "upstream_failed", "auth"])
  }

  @Test func `that lead back end`() async throws {
    let field = try Self.field(["a": ["503"], "b": ["503"]])
    let host = try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5 }], fallbacks: { default: [n] } }
        n: { targets: [{ provider: b, model: gpt-5 }], fallbacks: { default: [m] } }
      defaults: { retry: { max_retries: 0 } }
      """)
    #expect(!host.diagnostics.isEmpty)
    let end = await host.end("m")
    #expect(end.error != nil)
    #expect(field.counts[0] <= 1 && field.counts[1] <= 1)
    #expect(end.outcomes.allSatisfy { $0 == "overloaded" })
  }

  @Test func `are forbidden by a request`() async throws {
    let field = try Self.field(["a": ["503"]])
    let end = try await field.host(Self.models).end("m") { $0.limits.allowsFallbacks = false }
    #expect(end.error?.code == .overloaded)
    #expect(field.counts == [1, 0, 0, 0, 0])
  }

  @Test func `stand in an explanation with their causes`() throws {
    let field = try Self.field([:])
    let route = try field.host(Self.models).explain(.text("Hi", model: "m")).route
    #expect(route.map(\.provider) == ["a", "b", "d", "e", "c"])
    #expect(route.map(\.fallback) == [nil, "n", "long", "mild", "o"])
    #expect(route.map(\.verdict) == [.chosen, .later, .later, .later, .later])
  }
}
