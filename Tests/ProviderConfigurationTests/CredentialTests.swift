import Testing

@testable import ProviderConfiguration

@Suite struct `A credential is a source, a helper or a flow` {
  private static let text = """
    version: 1
    credentials:
      vault: { exec: { command: [vault, read, "${HOST}"], ttl: 15m } }
      quick: { exec: { command: [quick], timeout: 2s } }
      cloud:
        acme:
          tenant: ${HOST}
          n: 1.50
          source: [secret, { file: cert.pem }]
          client: { env: OPENAI_API_KEY }
          env: kept
          nested: { file: a, more: b }
    providers:
      main: { plugin: p, auth: { bearer: cloud } }
      inline: { plugin: p, auth: { header: { name: x-token, value: { acme: { tenant: a } } } } }
    """

  private func document() throws -> ConfigurationDocument {
    let loaded = Loaded(Self.text)
    #expect(loaded.diagnostics.isEmpty)
    return try #require(loaded.document)
  }

  @Test func `a helper has its command, and clocks with defaults`() throws {
    let document = try document()
    #expect(
      document.credential("vault")?.source
        == .exec(
          ExecEntry(
            command: ["vault", "read", "a.example"], timeout: .seconds(10), lifetime: .seconds(900))
        ))
    #expect(
      document.credential("quick")?.source
        == .exec(ExecEntry(command: ["quick"], timeout: .seconds(2), lifetime: .seconds(300))))
  }

  @Test func `a flow is JSON in which each source of a secret became a handle`() throws {
    guard case .flow(let flow) = try document().credential("cloud")?.source else {
      Issue.record("no flow")
      return
    }
    #expect(flow.name == "acme")
    #expect(flow.secrets == [.file("cert.pem"), .environment("OPENAI_API_KEY")])
    #expect(
      String(decoding: flow.json, as: UTF8.self)
        == #"{"acme":{"tenant":"a.example","n":1.50,"source":["secret",{"$secret":1}],"#
        + #""client":{"$secret":2},"env":"kept","nested":{"file":"a","more":"b"}}}"#)
  }

  @Test(arguments: [
    ("main", "/acme/tenant", "providers.yaml:7:15"), ("main", "", "providers.yaml:5:3"),
    ("main", "/acme/client/env", "providers.yaml:10:22"),
    ("inline", "/acme/tenant", "providers.yaml:15:82"),
  ])
  func `a pointer into a credential leads to its place`(
    provider: String, pointer: String, place: String
  ) throws {
    let document = try document()
    let entry = try #require(document.provider(provider))
    #expect(document.mark(ofCredentialOf: entry, pointer: pointer)?.description == place)
    let finding = document.diagnostic(
      .rejectedSetting, ofCredentialOf: entry, pointer: pointer, message: "no")
    #expect(finding?.source == place)
  }

  @Test func `a provider's source is found by name and in place`() throws {
    let document = try document()
    let (main, inline) = (document.provider("main"), document.provider("inline"))
    for entry in [main, inline].compactMap(\.self) {
      guard case .flow = document.credentialSource(of: entry) else {
        Issue.record("\(entry.id)")
        continue
      }
    }
  }
}
