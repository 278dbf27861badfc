import Testing
import TransportSDK

@Suite struct `Other settings that a plugin names` {
  /// Where the alternatives of an entry would send a create, in their order.
  private func urls(
    _ plugin: Plugin, _ baseURL: String = "", options: [String: String] = [:]
  ) -> [String] {
    let settings = TransportSettings(
      provider: "p", baseURL: baseURL, options: options, allowsHTTP: true)
    return plugin.type.alternatives(to: settings).map { other in
      Entry(plugin, baseURL: other.baseURL, options: other.options, allowsHTTP: true).url()
    }
  }

  private static let home = "https://r.openai.azure.com"
  private static let versions = [
    "/openai/v1/responses", "/openai/responses?api-version=2025-04-01-preview",
    "/openai/v1/responses?api-version=preview", "/openai/responses?api-version=2025-03-01-preview",
  ]

  @Test(arguments: [
    ("", 0), ("/openai", 0), ("/openai/v1", 0), ("/openai/v1/responses", 0),
    ("/openai?api-version=2025-04-01-preview", 1), ("/openai?api-version=2024-10-21", nil),
    ("/openai/deployments/gpt-5", nil), ("/v1", nil), ("/openai/v1/chat", nil),
    ("/api/projects/p/openai/v1", nil),
  ])
  func `azure-openai: its three kinds of version, but for the one that the entry has`(
    _ path: String, _ own: Int?
  ) {
    var expected = Self.versions
    if let own { expected.remove(at: own) }
    #expect(urls(.azureOpenAI, Self.home + path) == expected.map { Self.home + $0 })
  }

  @Test(arguments: ["2024-10-21", "wrong", "v1"])
  func `azure-openai: of a resource by name, only the version changes`(_ api: String) {
    let options = ["resource": "r", "api": api]
    let expected = api == "v1" ? Array(Self.versions.dropFirst()) : Self.versions
    #expect(urls(.azureOpenAI, options: options) == expected.map { Self.home + $0 })
    let others = AzureEntry.alternatives(options)
    #expect(others.allSatisfy { $0.baseURL.isEmpty && $0.options["resource"] == "r" })
  }

  @Test func `azure-openai: what a gateway leaves of the path, never more than 8`() {
    let gateway = "https://gateway.example/team"
    #expect(
      urls(.azureOpenAI, gateway + "/openai/deployments/gpt-5/chat/completions") == [
        gateway + "/openai/v1/responses",
        gateway + "/openai/responses?api-version=2025-04-01-preview",
        gateway + "/openai/v1/responses?api-version=preview",
        gateway + "/openai/responses?api-version=2025-03-01-preview",
        gateway + "/responses", gateway + "/v1/responses", gateway + "/openai/responses",
        gateway + "/responses?api-version=2025-04-01-preview",
      ])
  }

  @Test func `azure-foundry: the versions of the project, wherever it is named`() {
    let host = "https://r.services.ai.azure.com"
    let v1 = "/api/projects/p/openai/v1/responses"
    let dates = ["2025-04-01-preview", "2025-03-01-preview"].map {
      "/api/projects/p/openai/responses?api-version=\($0)"
    }
    #expect(urls(.azureFoundry, host + "/api/projects/p") == dates.map { host + $0 })
    #expect(
      urls(.azureFoundry, host + "/api/projects/p/applications/a/protocols/openai")
        == ([v1] + dates).map { host + $0 })
    #expect(
      urls(.azureFoundry, host + "/v1", options: ["project": "p"])
        == ([v1] + dates).map { host + $0 })
    #expect(
      urls(.azureFoundry, options: ["resource": "r", "project": "p", "api": "2025-04-01-preview"])
        == [v1, dates[1]].map { host + $0 })
    #expect(urls(.azureFoundry, host + "/openai/v1") == [])
  }

  @Test func `openai: with and without v1`() {
    let host = "https://models.example"
    #expect(urls(.openai, host) == [host + "/v1/responses"])
    #expect(urls(.openai, host + "/v1") == [host + "/responses"])
    #expect(
      urls(.openai, host + "/api/v1/chat/completions")
        == [host + "/api/responses", host + "/v1/responses"])
    #expect(urls(.openai) == [])
  }

  @Test(arguments: Plugin.allCases)
  func `none for what is no URL`(plugin: Plugin) {
    #expect(urls(plugin, "not a URL") == [])
    #expect(urls(plugin, "ftp://r.example/v1") == [])
  }

  @Test(arguments: Plugin.allCases)
  func `each stays on the host, keeps what else the base has, and says why`(plugin: Plugin) {
    let base = plugin.baseURL + "/deeper?keep=1&api-version=2020-01-01"
    let settings = TransportSettings(provider: "p", baseURL: base)
    for other in plugin.type.alternatives(to: settings) {
      #expect(other.baseURL.hasPrefix(plugin.baseURL.prefix { $0 != "." }))
      #expect(other.baseURL.hasSuffix("?keep=1"))
      #expect(!other.reason.isEmpty && !other.reason.hasSuffix("."))
    }
    #expect(plugin.type.alternatives(to: settings).count >= 2)
  }
}

private enum AzureEntry {
  static func alternatives(_ options: [String: String]) -> [SettingsAlternative] {
    Plugin.azureOpenAI.type.alternatives(
      to: TransportSettings(provider: "p", options: options))
  }
}
