import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `Where a target names no model, the upstream gets` {
  private static let models = """
    models:
      gpt-5: { aliases: [best], targets: [{ provider: a }] }
      gpt-5-mini: { targets: [{ provider: b }], fallbacks: { default: [gpt-5] } }
      "gpt-4*": { targets: [{ provider: a }] }
    routes:
      - { when: { header: { x-tier: gold } }, model: gpt-5 }
      - { when: { model: drawn }, split: { gpt-5: 1 } }
    """

  private static func asked(_ field: Field, _ name: String) -> String? {
    field.requests(at: name).last?.json?["model"]?.text
  }

  @Test(arguments: ["gpt-5", "best", "drawn"])
  func `the model's own name, whatever led there`(name: String) async throws {
    let field = try Field()
    let end = try await field.host(Self.models).end(name)
    #expect(end.server == "a")
    #expect(Self.asked(field, "a") == "gpt-5")
    #expect(end.attempts.map(\.model) == ["gpt-5"])
    #expect(end.attempts.map(\.edits) == [name == "gpt-5" ? 0 : 1])
  }

  @Test func `that of a fallback`() async throws {
    let field = try Field(faults: ["b": ["503"]])
    let end = try await field.host(
      Self.models + "\ndefaults: { retry: { max_retries: 0 } }"
    ).end("gpt-5-mini")
    #expect(end.providers == ["b", "a"])
    #expect(Self.asked(field, "b") == "gpt-5-mini")
    #expect(Self.asked(field, "a") == "gpt-5")
  }

  @Test func `that of the model to which a route leads`() async throws {
    let field = try Field()
    var request = CallRequest.text("Hi", model: "gpt-4.1")
    request.headers = [("x-tier", "gold")]
    #expect(try await field.host(Self.models).end(request).server == "a")
    #expect(Self.asked(field, "a") == "gpt-5")
  }

  @Test func `of a pattern what the client wrote`() async throws {
    let field = try Field()
    let end = try await field.host(Self.models).end("gpt-4.1")
    #expect(Self.asked(field, "a") == "gpt-4.1")
    #expect(end.attempts.map(\.edits) == [0])
  }

  @Test(arguments: [#"{"input":"Hi","model":"other"}"#, #"{"input":"Hi"}"#])
  func `the name that stands beside a body`(body: String) async throws {
    let field = try Field()
    let host = try field.host(Self.models)
    let request = CallRequest(model: "best", body: Array(body.utf8))
    let edits = try host.explain(request).edits
    #expect(edits.map(\.rule) == ["model-name"])
    #expect(edits.map(\.action) == [body.contains("other") ? "replace" : "add"])
    #expect(edits.map(\.pointer) == ["/model"])
    #expect(edits.first?.reason.contains("\"gpt-5\"") == true)
    _ = await host.end(request)
    #expect(Self.asked(field, "a") == "gpt-5")
  }

  @Test func `the deployment of a base URL that has one`() throws {
    let host = try Upstreams().host(
      configuration: """
        version: 1
        providers:
          p:
            plugin: azure-openai
            base_url: https://demo.openai.azure.com/openai/deployments/mine
            options: { api: 2025-04-01-preview }
        models: { gpt-5: { aliases: [best], targets: [{ provider: p }] } }
        """)
    for name in ["gpt-5", "best"] {
      let explanation = try host.explain(.text("Hi", model: name))
      let body = String(decoding: explanation.body ?? [], as: UTF8.self)
      #expect(body.contains(#""model":"mine""#), "\(explanation.url) \(body)")
    }
  }
}
