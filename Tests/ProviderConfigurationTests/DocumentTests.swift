import Foundation
import Testing

@testable import ProviderConfiguration

@Suite struct `A file becomes a document` {
  private static let smallest = """
    version: 1
    providers: { openai: { plugin: openai, auth: { key: { env: OPENAI_API_KEY } } } }
    models: { "*": { targets: [{ provider: openai, model: "{1}" }] } }
    """

  /// A file with every key that there is.
  static let full = """
    version: 1
    plugins:
      openai: {}
      acme: { path: plugins/libacme_provider }
    credentials:
      openai: { env: OPENAI_API_KEY }
      apim: { file: /run/secrets/apim-key }
    defaults:
      timeouts: { connect: 10s, first_event: 60s, idle: 300s, attempt: 10m }
      params: { unsupported: drop }
    providers:
      openai-main:
        plugin: openai
        base_url: https://api.example.com/v1
        auth: { key: openai }
        state: stateless
        capabilities: { reasoning: true, tier: flex }
      gateway:
        plugin: acme
        base_url: https://${HOST}/gateway
        options: { api: "2025-04-01-preview", n: 1.50, deep: { on: off, host: "${HOST}" } }
        auth: { header: { name: Api-Key, value: apim } }
        headers: { x-team: "${TEAM:-platform}" }
        timeouts: { idle: 2m, total: 1h }
        params: { set: { user: team }, remove: [service_tier], clamp: { temperature: [0, 1] } }
      local: { plugin: acme, base_url: "http://127.0.0.1:8080", auth: { bearer: { file: key.txt } } }
      lab: { plugin: acme, base_url: "http://lab.example", allow_http: true }
    models:
      gpt-5.6:
        aliases: [default, codex]
        timeouts: { first_event: 180s }
        params: { remove: [user] }
        targets:
          - { id: eu, provider: gateway, model: gpt-56-prod }
          - id: us
            provider: openai-main
            model: gpt-5.6
            timeouts: { idle: 30s }
            params: { set: { max_output_tokens: 8192 } }
            capabilities: { reasoning: false }
            options: { region: us }
      acme/*: { targets: [{ provider: gateway, model: "{1}" }] }
    """

  private func full() throws -> ConfigurationDocument {
    let loaded = Loaded(Self.full)
    #expect(loaded.diagnostics.isEmpty)
    return try #require(loaded.document)
  }

  @Test func `the smallest file works`() throws {
    let loaded = Loaded(Self.smallest)
    #expect(loaded.diagnostics.isEmpty)
    let document = try #require(loaded.document)
    let provider = try #require(document.provider("openai"))
    #expect(provider.plugin == "openai")
    #expect(provider.auth?.style == .key)
    #expect(provider.auth?.credential == .inline(.secret(.environment("OPENAI_API_KEY"))))
    #expect(provider.credentialName == "openai")
    #expect(provider.problem == nil)
    #expect(provider.state == Sourced(.asSent))
    let resolved = try document.models.resolve("gpt-5.6")
    #expect(resolved.targets.map(\.model) == ["gpt-5.6"])
    #expect(resolved.targets.map(\.entry.mark.description) == ["providers.yaml:3:28"])
  }

  @Test func `every key arrives in its entry`() throws {
    let document = try full()
    #expect(document.plugin("openai")?.path == nil)
    #expect(document.plugin("acme")?.path?.value == "plugins/libacme_provider")
    #expect(document.credential("apim")?.source == .secret(.file("/run/secrets/apim-key")))
    let main = try #require(document.provider("openai-main"))
    #expect(main.credentialName == "openai")
    #expect(main.state.value == .stateless)
    #expect(main.capabilities.map(\.value) == [.flag(true), .text("flex")])
    #expect(document.provider("lab")?.allowsHTTP == true)
    #expect(document.provider("lab")?.credentialName == nil)
    #expect(document.provider("local")?.auth?.credential == .inline(.secret(.file("key.txt"))))
    let gateway = try #require(document.provider("gateway"))
    #expect(gateway.baseURL?.value == "https://a.example/gateway")
    #expect(gateway.auth?.style == .header("api-key"))
    #expect(gateway.headers.map(\.value) == ["platform"])
    #expect(gateway.params.clamp.map(\.minimum) == ["0"])
    let model = document.models.models[0]
    #expect(model.aliases.map(\.value) == ["default", "codex"])
    #expect(model.targets.map(\.id) == ["eu", "us"])
    #expect(model.targets[1].options?.json == Array(#"{"region":"us"}"#.utf8))
  }

  @Test func `options are JSON in the order of the file with numbers as written`() throws {
    let options = try #require(try full().provider("gateway")?.options)
    #expect(
      String(decoding: options.json, as: UTF8.self)
        == #"{"api":"2025-04-01-preview","n":1.50,"deep":{"on":"off","host":"a.example"}}"#)
  }

  @Test(arguments: [
    ("", "providers.yaml:18:3"), ("/options/api", "providers.yaml:21:21"),
    ("/options", "providers.yaml:21:14"), ("/base_url", "providers.yaml:20:15"),
    ("/options/deep/host", "providers.yaml:21:75"), ("/options/project", "providers.yaml:21:5"),
    ("/auth/header/value", "providers.yaml:22:45"), ("/state", "providers.yaml:18:3"),
    ("/params/clamp/temperature/1", "providers.yaml:25:86"),
    ("/params/clamp/temperature/7", "providers.yaml:25:69"),
  ]) func `a pointer into a provider leads to its place in the file`(pointer: String, place: String)
    throws
  {
    let document = try full()
    #expect(document.mark(ofProvider: "gateway", pointer: pointer)?.description == place)
    #expect(document.mark(ofProvider: "nobody", pointer: pointer) == nil)
  }

  @Test func `a finding of the host is told like one of the file`() throws {
    let document = try full()
    let finding = try #require(
      document.diagnostic(
        .rejectedSetting, ofProvider: "gateway", pointer: "/options/api",
        message: "a date has no place here", suggestion: "v1"))
    #expect(
      finding.description == """
        providers.yaml:21:21: error: a date has no place here
           21 |     options: { api: "2025-04-01-preview", n: 1.50, deep: { on: off, host: "${HOST}" } }
              |                     ^^^^^^^^^^^^^^^^^^^^
        help: write: options: { api: v1, n: 1.50, deep: { on: off, host: "${HOST}" } }
        """)
    #expect(document.sourceLine(18) == "  gateway:")
  }

  @Test func `anchors and merge keys share settings between providers`() throws {
    let loaded = Loaded(
      """
      version: 1
      providers:
        one: &one { plugin: openai, timeouts: { idle: 7s }, headers: { a: b } }
        two: { <<: *one, headers: { c: d } }
      """)
    #expect(loaded.diagnostics.isEmpty)
    let two = try #require(loaded.document?.provider("two"))
    #expect(two.plugin == "openai")
    #expect(two.headers.map(\.name) == ["c"])
    #expect(two.timeouts.idle?.mark?.description == "providers.yaml:3:49")
  }

  @Test func `a file that cannot be read is a finding too`() {
    let finding = Diagnostic.unreadable(file: "x.yaml", reason: "No such file or directory")
    #expect(
      finding.description == "x.yaml:1:1: error: cannot read x.yaml: No such file or directory")
  }
}

@Suite struct `What is wrong disables what it concerns and nothing else` {
  @Test func `an unset variable disables its provider with a warning`() throws {
    let loaded = Loaded(
      """
      version: 1
      providers:
        eu: { plugin: openai, base_url: "https://${REGION}.a.example" }
        us: { plugin: openai }
      """)
    #expect(loaded.diagnostics.map(\.severity) == [.warning])
    #expect(loaded.document?.provider("eu")?.problem?.code == .unsetVariable)
    #expect(loaded.document?.provider("us")?.problem == nil)
  }

  @Test func `an unset credential is a warning that disables nothing`() {
    let loaded = Loaded(
      "version: 1\nproviders: { a: { plugin: p, auth: { key: { env: NOBODY_SET_IT } } } }")
    #expect(loaded.codes == ["unset-credential"])
    #expect(loaded.document?.provider("a")?.problem == nil)
  }

  @Test(arguments: [
    "{ plugin: openai, stat: stored }", "{ plugin: openai, plugin: openai }", "openai", "{}",
    "{ plugin: openai, auth: { key: broken } }", "{ plugin: broken }",
    "{ plugin: openai, base_url: \"http://a.example\" }",
  ]) func `an error inside a provider is its problem`(entry: String) throws {
    let loaded = Loaded(
      """
      version: 1
      plugins: { broken: { paht: x } }
      credentials: { broken: { env: NAME, file: x } }
      providers:
        bad: \(entry)
        good: { plugin: openai }
      """)
    let document = try #require(loaded.document)
    #expect(document.provider("bad")?.problem?.severity == .error)
    #expect(document.provider("good")?.problem == nil)
  }

  @Test func `a target carries its problem, and its model too`() throws {
    let document = try #require(
      Loaded(
        """
        version: 1
        providers: { main: { plugin: openai } }
        models:
          gpt: { targets: [{ provider: mian }, { provider: main }] }
          unset: { targets: [{ provider: main, model: "${M}" }] }
          wrong: { targets: [{ provider: main, model: "{1}" }] }
        """
      ).document)
    #expect(document.models.models[0].targets.map { $0.problem?.code } == [.unknownProvider, nil])
    #expect(document.models.models.map { $0.problem?.code } == [nil, nil, nil])
    #expect(document.problem == nil)
    #expect(document.models.models[1].targets[0].problem?.code == .unsetVariable)
    #expect(document.models.models[2].targets[0].problem?.code == .invalidCapture)
  }

  @Test(arguments: [
    (
      "{ targets: [{ provider: main, provider: x }] }", DiagnosticCode?.none,
      DiagnosticCode?.some(.duplicateKey)
    ),
    ("{ aliases: [other], targets: [{ provider: main }] }", .nameCollision, .none),
    (
      "{ timeouts: { idle: 5 }, targets: [{ provider: nobody }] }", .invalidDuration,
      .unknownProvider
    ),
    ("{ targets: [{ provider: main }], targets: [] }", .duplicateKey, .none),
  ]) func `a model's own problem is told apart from a target's`(
    entry: String, model: DiagnosticCode?, target: DiagnosticCode?
  ) throws {
    let document = try #require(
      Loaded(
        """
        version: 1
        providers: { main: { plugin: openai } }
        models:
          other: { targets: [{ provider: main }] }
          gpt: \(entry)
        """
      ).document)
    #expect(document.models.models[0].problem == nil)
    #expect(document.models.models[1].problem?.code == model)
    #expect(document.models.models[1].targets.map { $0.problem?.code } == [target])
  }

  @Test(arguments: ["route: []", "defaults: { timeouts: { idle: 5 } }", "version: 1"])
  func `an error in no entry is one of the whole document`(line: String) throws {
    let loaded = Loaded("version: 1\nproviders: { main: { plugin: openai } }\n\(line)\n")
    let document = try #require(loaded.document)
    #expect(document.problem == loaded.diagnostics.first)
    #expect(document.problem?.line == 3)
    #expect(document.provider("main")?.problem == nil)
  }

  @Test(arguments: ["version: 2", "- a", "a: [", "text"])
  func `without a mapping of version 1 there is no document`(text: String) {
    let loaded = Loaded(text)
    #expect(loaded.document == nil)
    #expect(loaded.diagnostics.count == 1)
  }

  @Test func `values of the environment are replaced, defaults stand for unset and empty`() throws {
    let loaded = Loaded(
      """
      version: 1
      providers:
        a:
          plugin: p
          headers: { a: "${HOST}:${NONE:-d}", b: "${EMPTY:-e}", c: "x${EMPTY}", d: "$HOST $", e: "${NONE:-}" }
      """)
    #expect(loaded.diagnostics.isEmpty)
    let values = loaded.document?.provider("a")?.headers.map(\.value)
    #expect(values == ["a.example:d", "e", "x", "$HOST $", ""])
  }
}
