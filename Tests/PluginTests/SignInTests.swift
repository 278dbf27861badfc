import Testing
import TransportSDK

@Suite struct `Signing in for a plugin's upstream` {
  private static func transport(
    _ plugin: Plugin, _ authentication: TransportSettings.Authentication = .bearer
  ) throws -> any Transport {
    let entry = Entry(plugin, baseURL: plugin.baseURL, authentication: authentication)
    return try #require(entry.transport)
  }

  /// B.2: each upstream takes tokens for another audience.
  @Test(arguments: [
    (Plugin.azureOpenAI, "https://cognitiveservices.azure.com/.default"),
    (.azureFoundry, "https://ai.azure.com/.default"),
  ])
  func `asks for the scope that it takes (B.2)`(plugin: Plugin, scope: String) throws {
    let transport = try Self.transport(plugin)
    var report = SettingsReport()
    let facts = transport.tokenFacts(of: Array(#"{"entra":{}}"#.utf8), report: &report)
    #expect(facts == TokenFacts(scope: scope))
    #expect(report.failures.isEmpty)
    let flow = try #require(
      transport.makeTokenFlow(Array(#"{"entra":{"source":"azure_cli"}}"#.utf8), scope: ""))
    var told = TokenReport()
    guard case .needs(.execute(let command)) = try flow.step(after: nil, report: &told) else {
      Issue.record("the flow runs no command")
      return
    }
    #expect(command.contains(scope))
  }

  @Test(arguments: Plugin.strict)
  func `asks for the scope that the host names`(plugin: Plugin) throws {
    let flow = try #require(
      Self.transport(plugin).makeTokenFlow(
        Array(#"{"entra":{"source":"azure_cli"}}"#.utf8), scope: "https://other/.default"))
    var told = TokenReport()
    guard case .needs(.execute(let command)) = try flow.step(after: nil, report: &told) else {
      Issue.record("the flow runs no command")
      return
    }
    #expect(command.contains("https://other/.default"))
  }

  /// B.1: `auth: { key: … }` would place the token in `api-key`.
  @Test(arguments: Plugin.strict)
  func `is refused where the provider presents it as a key (B.1)`(plugin: Plugin) throws {
    let transport = try Self.transport(plugin, .key)
    var report = SettingsReport()
    #expect(transport.tokenFacts(of: Array(#"{"entra":{}}"#.utf8), report: &report) == nil)
    #expect(report.failures.map(\.pointer) == ["/entra"])
  }

  @Test func `is offered by the plugins whose upstreams take tokens`() throws {
    for plugin in Plugin.allCases {
      let expected = plugin == .openai ? [] : ["entra"]
      #expect(plugin.type.descriptor.tokenFlows == expected)
    }
    let openai = try Self.transport(.openai)
    var report = SettingsReport()
    #expect(openai.tokenFacts(of: Array(#"{"entra":{}}"#.utf8), report: &report) == nil)
    #expect(openai.makeTokenFlow(Array(#"{"entra":{}}"#.utf8), scope: "") == nil)
  }
}
