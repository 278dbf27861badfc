import Foundation
import Testing
import TransportSDK

@Suite struct `What a transport states` {
  static let boundaries: [(Plugin, TransportSettings, String, [String], String)] = [
    (
      .openai, TransportSettings(provider: "a", options: ["organization": "o", "project": "p"]),
      "https://api.openai.com/v1", ["api.openai.com"], "api.openai.com/o/p"
    ),
    (
      .azureOpenAI,
      TransportSettings(provider: "a", options: ["resource": "r", "api": "2025-04-01-preview"]),
      "https://r.openai.azure.com/openai?api-version=2025-04-01-preview", ["r.openai.azure.com"],
      "r.openai.azure.com"
    ),
    (
      .azureFoundry,
      TransportSettings(provider: "a", options: ["resource": "r", "project": "p q"]),
      "https://r.services.ai.azure.com/api/projects/p%20q/openai/v1", ["r.services.ai.azure.com"],
      "r.services.ai.azure.com/p%20q"
    ),
    (
      .openai, TransportSettings(provider: "a", baseURL: "http://[::1]:8080/v1"),
      "http://[::1]:8080/v1", ["::1"], "[::1]:8080/provider a"
    ),
    (
      .openai, TransportSettings(provider: "b", options: ["organization": "o"]),
      "https://api.openai.com/v1", ["api.openai.com"], "api.openai.com/o/provider b"
    ),
  ]

  @Test(arguments: boundaries)
  func `is its endpoint, the hosts it may go to and who shares its state`(
    plugin: Plugin, settings: TransportSettings, endpoint: String, hosts: [String], boundary: String
  ) throws {
    let facts = try #require(Entry(plugin, settings).transport).facts
    #expect(facts.endpoint == endpoint)
    #expect(facts.allowedHosts == hosts)
    #expect(facts.stateBoundary == boundary)
  }

  static let credentials: [(Plugin, TransportSettings.Authentication, String?, String)] = [
    (.openai, .key, "authorization", "Bearer "), (.openai, .bearer, "authorization", "Bearer "),
    (.openai, .header("api-key"), "api-key", ""), (.openai, .none, nil, ""),
    (.azureOpenAI, .key, "api-key", ""), (.azureOpenAI, .bearer, "authorization", "Bearer "),
    (.azureFoundry, .key, "api-key", ""), (.azureFoundry, .none, nil, ""),
    (.azureFoundry, .header("x-key"), "x-key", ""),
  ]

  @Test(arguments: credentials)
  func `is the one header that holds the secret (B.1)`(
    plugin: Plugin, authentication: TransportSettings.Authentication, header: String?,
    prefix: String
  ) throws {
    let settings = TransportSettings(
      provider: "a", baseURL: plugin.baseURL, authentication: authentication)
    let facts = try #require(Entry(plugin, settings).transport).facts
    #expect(facts.credentialHeaders == (header.map { [$0] } ?? []))
    let request = TransportRequest(operation: .create, credential: CredentialHandle(rawValue: 1))
    let prepared = Prepared(Array("{}".utf8), by: plugin, settings, request)
    #expect(
      prepared.headers.filter { $0.hasSuffix("{credential}") }
        == (header.map { ["\($0): \(prefix){credential}"] } ?? []))
  }

  @Test(arguments: ["", "a b", "host", "content-length", "accept", "a\r\nb", "ä"])
  func `is no header that cannot hold a secret`(name: String) {
    let entry = Entry(.openai, authentication: .header(name))
    #expect(entry.report.failures.map(\.pointer) == ["/auth/header/name"])
  }

  @Test func `is the request ids of its upstream (B.5)`() throws {
    let openai = try #require(Entry(.openai).transport).facts.requestIDHeaders
    #expect(openai == ["x-request-id", "x-oai-request-id", "cf-ray"])
    for plugin in Plugin.strict {
      let entry = Entry(plugin, baseURL: plugin.baseURL)
      let headers = try #require(entry.transport).facts.requestIDHeaders
      #expect(
        headers == ["apim-request-id", "x-request-id", "x-ms-client-request-id", "x-ms-region"])
    }
  }

  @Test func `leaks no organization or project to a resource (B.4)`() throws {
    for plugin in Plugin.strict {
      let names = plugin.type.descriptor.options.map(\.name)
      #expect(!names.contains("organization"))
      let prepared = Prepared("{}", by: plugin)
      #expect(!prepared.headers.contains { $0.hasPrefix("openai-") })
    }
  }

  @Test(arguments: Plugin.allCases)
  func `asks for events where there will be some, and names the body's type (B.4)`(plugin: Plugin) {
    let streamed = Prepared(#"{"stream":true}"#, by: plugin)
    #expect(streamed.headers.contains("content-type: application/json"))
    #expect(streamed.headers.contains("accept: text/event-stream"))
    #expect(Prepared("{}", by: plugin).headers.contains("accept: application/json"))
  }

  static let values = [
    "v1", "preview", "2025-04-01", "2025-04-01-preview", "latest", "", "V1", "2025-4-1", "contoso",
    "a/b", "-a", "a-", "a.b", "p q", "org-1", "ä", " x", String(repeating: "a", count: 64),
  ]

  @Test(arguments: Plugin.allCases, values)
  func `as pattern of an option holds for every value that it takes`(plugin: Plugin, value: String)
    throws
  {
    for option in plugin.type.descriptor.options {
      let pattern = try NSRegularExpression(pattern: try #require(option.pattern))
      let fits =
        pattern.firstMatch(in: value, range: NSRange(value.startIndex..., in: value)) != nil
      var options = [option.name: value]
      if option.name == "project", plugin == .azureFoundry { options["resource"] = "r" }
      if option.name == "resource", plugin == .azureFoundry { options["project"] = "p" }
      let base = options["resource"] == nil ? plugin.baseURL : ""
      let entry = Entry(plugin, baseURL: base, options: options)
      #expect(entry.transport == nil || fits, "\(option.name)")
    }
  }
}
