import Testing
import TransportSDK

/// One row of the URL table: an entry and the URL of its `create`, or the pointer of the refusal.
struct EndpointRow: CustomTestStringConvertible {
  let plugin: Plugin
  let base: String
  let options: [String: String]
  let url: String
  let warns: Bool

  init(
    _ plugin: Plugin, _ base: String, _ options: [String: String], _ url: String,
    warns: Bool = false
  ) {
    self.plugin = plugin
    self.base = base
    self.options = options
    self.url = url
    self.warns = warns
  }

  init(_ plugin: Plugin, _ base: String, _ url: String, warns: Bool = false) {
    self.init(plugin, base, [:], url, warns: warns)
  }

  var testDescription: String { "\(plugin.rawValue) \(base) \(options)" }
}

private let dated = "2025-04-01-preview"
private let r = "https://r.openai.azure.com"
private let f = "https://r.services.ai.azure.com"
private let p = f + "/api/projects/p"
private let my = "https://my-resource.openai.azure.com"
private let openai = "https://api.openai.com/v1"
private let account =
  "/subscriptions/1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/con-eus2"
private let encoded = account.split(separator: "/").map { "%2F" + $0 }.joined()

@Suite struct `The endpoint of a provider entry` {
  /// What stands in A.2, and the examples of A.3.
  ///
  /// A2-1: no operation lies below a deployment. A2-3, A2-5: v1 takes no version, which is tolerated
  /// everywhere. A2-4: a date does not go with /v1. A2-6: nothing goes with a project's. A2-9: the dated
  /// path of a project needs its date. A2-10: routes of agents and applications stay as they stand.
  /// A2-11: a query in the base is kept. A2-14: a resource answers on both of its hosts. A2-15: hosts are
  /// compared whole. A2-16: a date before the first with the operation is warned of.
  static let examples: [EndpointRow] = [
    // openai
    .init(.openai, "", "https://api.openai.com/v1/responses"),
    .init(.openai, "https://api.openai.com/", "https://api.openai.com/v1/responses"),
    .init(.openai, "https://api.openai.com", "https://api.openai.com/v1/responses"),
    .init(.openai, "https://us.api.openai.com", "https://us.api.openai.com/v1/responses"),
    .init(.openai, "https://eu.api.openai.com/", "https://eu.api.openai.com/v1/responses"),
    .init(
      .openai, "https://api.openai.com/v1/responses", "https://api.openai.com/v1/responses",
      warns: true),
    .init(.openai, "https://api.openai.com/v2", "https://api.openai.com/v2/responses"),
    .init(.openai, "https://llm.example", "https://llm.example/responses"),
    .init(.openai, "https://llm.example/v1/?team=a", "https://llm.example/v1/responses?team=a"),
    .init(
      .openai, "https://api.openai.com.evil.example",
      "https://api.openai.com.evil.example/responses"),
    .init(.openai, "https://notapi.openai.com", "https://notapi.openai.com/responses"),
    .init(.openai, "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1/responses"),
    .init(.openai, "http://[::1]:8080/v1", "http://[::1]:8080/v1/responses"),
    .init(.openai, "HTTPS://API.OpenAI.com:443/v1", "https://api.openai.com/v1/responses"),

    // azure-openai: the resource's own paths
    .init(.azureOpenAI, r, r + "/openai/v1/responses"),
    .init(.azureOpenAI, r + "/openai/", r + "/openai/v1/responses"),
    .init(.azureOpenAI, r + "/openai/v1/", r + "/openai/v1/responses"),
    .init(.azureOpenAI, r + "//openai///v1//", r + "/openai/v1/responses"),
    .init(.azureOpenAI, "", ["resource": "r"], r + "/openai/v1/responses"),
    .init(.azureOpenAI, "", ["resource": "r", "api": "v1"], r + "/openai/v1/responses"),
    .init(
      .azureOpenAI, "", ["resource": "r", "api": dated],
      r + "/openai/responses?api-version=\(dated)"),
    .init(
      .azureOpenAI, "", ["resource": "r", "api": "preview"],
      r + "/openai/v1/responses?api-version=preview"),
    .init(
      .azureOpenAI, r + "/openai/v1", ["api": "preview"],
      r + "/openai/v1/responses?api-version=preview"),
    .init(.azureOpenAI, r + "/openai/v1", ["api": dated], r + "/openai/v1/responses", warns: true),
    .init(
      .azureOpenAI, r + "/openai/v1?api-version=\(dated)", r + "/openai/v1/responses", warns: true),
    .init(.azureOpenAI, r, ["api": dated], r + "/openai/responses?api-version=\(dated)"),
    .init(.azureOpenAI, r, ["api": "2025-05-01"], r + "/openai/responses?api-version=2025-05-01"),
    .init(
      .azureOpenAI, r, ["api": "2024-10-21"], r + "/openai/responses?api-version=2024-10-21",
      warns: true),
    .init(
      .azureOpenAI, "https://r.cognitiveservices.azure.com/openai?api-version=\(dated)",
      "https://r.cognitiveservices.azure.com/openai/responses?api-version=\(dated)"),
    .init(
      .azureOpenAI, r + "/openai?x=1&api-version=\(dated)",
      r + "/openai/responses?x=1&api-version=\(dated)"),
    .init(.azureOpenAI, r + "/openai?api-version=v1", r + "/openai/v1/responses"),
    .init(.azureOpenAI, f, f + "/openai/v1/responses"),
    .init(.azureOpenAI, "http://127.0.0.1:9/openai/v1", "http://127.0.0.1:9/openai/v1/responses"),
    .init(.azureOpenAI, "http://localhost:9", "http://localhost:9/openai/v1/responses"),

    // azure-openai: deployments
    .init(
      .azureOpenAI, r + "/openai/deployments/d1", ["api": dated],
      r + "/openai/responses?api-version=\(dated)"),
    .init(
      .azureOpenAI, r + "/openai/deployments/d1/chat/completions?api-version=\(dated)",
      r + "/openai/responses?api-version=\(dated)", warns: true),

    // azure-openai: as it stands
    .init(
      .azureOpenAI, "https://apim.contoso.com/aoai/openai/v1",
      "https://apim.contoso.com/aoai/openai/v1/responses"),
    .init(
      .azureOpenAI, "https://apim.contoso.com/aoai?api-version=\(dated)&x=1",
      "https://apim.contoso.com/aoai/responses?api-version=\(dated)&x=1"),
    .init(
      .azureOpenAI, "https://apim.contoso.com/aoai", ["api": dated],
      "https://apim.contoso.com/aoai/responses?api-version=\(dated)"),
    .init(
      .azureOpenAI, "https://apim.contoso.com/aoai?k=v", ["api": "preview"],
      "https://apim.contoso.com/aoai/responses?k=v&api-version=preview"),
    .init(
      .azureOpenAI, "https://apim.contoso.com/aoai", ["api": "v1"],
      "https://apim.contoso.com/aoai/responses"),
    .init(.azureOpenAI, p, p + "/responses", warns: true),

    // azure-foundry: projects
    .init(.azureFoundry, p, p + "/openai/v1/responses"),
    .init(.azureFoundry, p + "/openai", p + "/openai/v1/responses"),
    .init(.azureFoundry, p + "/openai/v1", p + "/openai/v1/responses"),
    .init(
      .azureFoundry, p + "/openai/v1/responses", ["api": "v1"], p + "/openai/v1/responses",
      warns: true),
    .init(.azureFoundry, f, ["project": "p q"], f + "/api/projects/p%20q/openai/v1/responses"),
    .init(.azureFoundry, f + "/openai", ["project": "p"], p + "/openai/v1/responses"),
    .init(.azureFoundry, f + "/openai/v1", ["project": "p"], p + "/openai/v1/responses"),
    .init(.azureFoundry, "", ["resource": "r", "project": "p"], p + "/openai/v1/responses"),
    .init(
      .azureFoundry, "", ["resource": "r", "project": "p", "api": dated],
      p + "/openai/responses?api-version=\(dated)"),
    .init(.azureFoundry, p, ["api": dated], p + "/openai/responses?api-version=\(dated)"),
    .init(
      .azureFoundry, p + "/openai?api-version=\(dated)",
      p + "/openai/responses?api-version=\(dated)"),
    .init(.azureFoundry, p + "/openai/v1", ["api": dated], p + "/openai/v1/responses", warns: true),
    .init(
      .azureFoundry, p + "/openai/v1?api-version=\(dated)", p + "/openai/v1/responses", warns: true),
    .init(.azureFoundry, p + "/openai/v1?api-version=v1", p + "/openai/v1/responses", warns: true),
    .init(
      .azureFoundry, p + "/openai/v1?api-version=preview", p + "/openai/v1/responses", warns: true),
    .init(
      .azureFoundry, p + "/openai/v1?api-version=\(dated)", ["api": "v1"],
      p + "/openai/v1/responses",
      warns: true),
    .init(.azureFoundry, p + "/openai/v1?k=v", p + "/openai/v1/responses?k=v"),
    .init(
      .azureFoundry, f + "/api/projects/p%20q", f + "/api/projects/p%20q/openai/v1/responses"),
    .init(
      .azureFoundry, "http://127.0.0.1:9/api/projects/demo/openai/v1",
      "http://127.0.0.1:9/api/projects/demo/openai/v1/responses"),

    // azure-foundry: as it stands
    .init(
      .azureFoundry, p + "/agents/a/endpoint/protocols/openai?api-version=v1",
      p + "/agents/a/endpoint/protocols/openai/responses?api-version=v1"),
    .init(
      .azureFoundry, p + "/applications/a/protocols/openai",
      ["api": "2025-11-15-preview"],
      p + "/applications/a/protocols/openai/responses?api-version=2025-11-15-preview"),
    .init(
      .azureFoundry, "https://gw.example/foundry", ["project": "p"],
      "https://gw.example/foundry/responses", warns: true),
  ]

  @Test(arguments: examples)
  func `follows the table (A.3)`(row: EndpointRow) {
    let entry = Entry(row.plugin, baseURL: row.base, options: row.options)
    #expect(entry.url() == row.url)
    #expect(entry.report.warnings.isEmpty != row.warns, "\(entry.report.warnings)")
  }

  /// Entry, pointer of the failure, a word of its message, suggestion.
  static let refusals: [(Plugin, String, [String: String], String, String, String)] = [
    (.azureOpenAI, "", [:], "/base_url", "options.resource", ""),
    (.azureOpenAI, r, ["resource": "r"], "/options/resource", "Keep one", ""),
    (.azureOpenAI, "", ["resource": r], "/options/resource", "no resource name", "r"),
    (.azureOpenAI, "", ["resource": "r.openai.azure.com"], "/options/resource", "first part", "r"),
    (.azureOpenAI, "", ["resource": "a/b"], "/options/resource", "no resource name", ""),
    (.azureOpenAI, r, ["api": "latest"], "/options/api", "v1, preview or a date", "v1"),
    (.azureOpenAI, r, ["api": "2025-4-1"], "/options/api", "2025-04-01-preview", "v1"),
    (.azureOpenAI, r + "?api-version=latest", [:], "/base_url", "api-version", ""),
    (.azureOpenAI, r + "?api-version=" + dated, ["api": dated], "/options/api", "Keep one", ""),
    (
      .azureOpenAI, "https://gw.example/x?api-version=1", ["api": "v1"], "/options/api", "Keep one",
      ""
    ),
    (.azureOpenAI, r + "/openai/deployments/d", [:], "/base_url", "dated", r + "/openai/v1"),
    (.azureOpenAI, r + "/openai/deployments/d", ["api": "v1"], "/options/api", "dated", ""),
    (.azureOpenAI, r + "/openai/deployments/d", ["api": "preview"], "/options/api", "dated", ""),
    (.azureFoundry, "", [:], "/base_url", "options.project", ""),
    (.azureFoundry, f, [:], "/base_url", "azure-openai", ""),
    (.azureFoundry, f + "/openai", [:], "/base_url", "azure-openai", ""),
    (.azureFoundry, f + "/openai/v1", [:], "/base_url", "azure-openai", ""),
    (.azureFoundry, "", ["resource": "r"], "/options", "azure-openai", ""),
    (.azureFoundry, p, ["project": "p"], "/options/project", "Keep one", ""),
    (.azureFoundry, p, ["resource": "r"], "/options/resource", "Keep one", ""),
    (.azureFoundry, p, ["api": "preview"], "/options/api", "v1 or a date", "v1"),
    (.azureFoundry, f, ["project": "a/b"], "/options/project", "no project name", ""),
    (.azureFoundry, f, ["project": ".."], "/options/project", "no project name", ""),
    (.openai, "api.openai.com/v1", [:], "/base_url", "https://", "https://api.openai.com/v1"),
    (.openai, "http://llm.example/v1", [:], "/base_url", "in the clear", "https://llm.example/v1"),
    (
      .openai, "http://127.0.0.1.evil.example/v1", [:], "/base_url", "in the clear",
      "https://127.0.0.1.evil.example/v1"
    ),
    (.openai, "https://user:pw@llm.example/v1", [:], "/base_url", "user name", ""),
    (.openai, "https://llm.example/v1#x", [:], "/base_url", "never sent", ""),
    (.openai, "ftp://llm.example/v1", [:], "/base_url", "ftp", ""),
    (.openai, "https://llm.example/a/../v1", [:], "/base_url", "..", ""),
    (.openai, "https://llm.example/%2e%2e/v1", [:], "/base_url", "..", ""),
    (.openai, "https://<resource>.example/v1", [:], "/base_url", "no host", ""),
    (.openai, "https://", [:], "/base_url", "no host", ""),
    (.openai, "https://llm.example:0/v1", [:], "/base_url", "no port", ""),
    (.openai, "https://llm.example:99999/v1", [:], "/base_url", "no port", ""),
    (.openai, "https://llm.example/a b", [:], "/base_url", "U+0020", ""),
    (.openai, "https://llm.example/%zz", [:], "/base_url", "hexadecimal", ""),
    (.openai, "https://llm.example\\@evil.example/v1", [:], "/base_url", "percent-encoded", ""),
    (.openai, "https://2130706433/v1", [:], "/base_url", "no host", ""),
    (.openai, "https://127.1/v1", [:], "/base_url", "no host", ""),
    (.openai, "https://[::1/v1", [:], "/base_url", "no host", ""),
    (.openai, "https://ex\u{e4}mple.de/v1", [:], "/base_url", "no host", ""),
    (.openai, "https://platform.openai.com/api-keys", [:], "/base_url", "portal", openai),
    (.openai, "https://ChatGPT.com", [:], "/base_url", "portal", openai),
    (.azureOpenAI, "https://portal.azure.com", [:], "/base_url", "portal", my),
    (
      .azureOpenAI, "https://portal.azure.com/#@contoso.com/resource\(account)/overview", [:],
      "/base_url", "beside its keys", "https://con-eus2.openai.azure.com"
    ),
    (
      .azureOpenAI, "https://oai.azure.com/resource/deployments?wsid=\(account)&tid=1", [:],
      "/base_url", "portal", "https://con-eus2.openai.azure.com"
    ),
    (
      .azureOpenAI, "https://ai.azure.com/resource?wsid=\(encoded)", [:], "/base_url", "portal",
      "https://con-eus2.openai.azure.com"
    ),
    (
      .azureOpenAI, "https://oai.azure.com/x?wsid=/accounts/con_eus2", [:], "/base_url", "portal",
      my
    ),
    (
      .azureFoundry,
      "https://ai.azure.com/foundryProject/overview?wsid=\(account)/projects/a b&tid=1",
      [:], "/base_url", "first page", "https://con-eus2.services.ai.azure.com/api/projects/a%20b"
    ),
    (
      .azureFoundry, "https://ai.azure.com/nextgen/r/c3Vi,rg,,con-ai,agents/home?tid=1", [:],
      "/base_url", "portal", "https://con-ai.services.ai.azure.com/api/projects/agents"
    ),
    (
      .azureFoundry, "https://ai.azure.com/resource?wsid=\(account)", ["project": "p"], "/base_url",
      "portal", "https://con-eus2.services.ai.azure.com"
    ),
    (
      .azureFoundry, "https://ai.azure.com/", [:], "/base_url", "portal",
      "https://my-resource.services.ai.azure.com/api/projects/my-project"
    ),
    (.openai, "", ["organization": "a\r\nb: c"], "/options/organization", "header", ""),
    (.openai, "", ["project": ""], "/options/project", "header", ""),
  ]

  @Test(arguments: refusals)
  func `is refused with its place, the reason and what would be right`(
    plugin: Plugin, base: String, options: [String: String], pointer: String, word: String,
    suggestion: String
  ) throws {
    let entry = Entry(plugin, baseURL: base, options: options)
    let failure = try #require(entry.report.failures.first)
    #expect(entry.transport == nil)
    #expect(failure.pointer == pointer)
    #expect(failure.message.contains(word), "\(failure.message)")
    #expect(failure.suggestion == suggestion)
  }

  /// Every entry of the tables above about which something is said with the text that would be right.
  static let corrections: [EndpointRow] =
    examples + refusals.map { EndpointRow($0.0, $0.1, $0.2, "") }

  @Test(arguments: corrections)
  func `is told without a word once the text that would be right is there`(row: EndpointRow) {
    let before = Entry(row.plugin, baseURL: row.base, options: row.options).report
    let findings = (before.failures + before.warnings).filter { !$0.suggestion.isEmpty }
    for finding in findings {
      let isBase = finding.pointer == "/base_url"
      var options = row.options
      let name = String(finding.pointer.dropFirst("/options/".count))
      if !isBase { options[name] = finding.suggestion }
      let after = Entry(
        row.plugin, baseURL: isBase ? finding.suggestion : row.base, options: options
      ).report
      let left = (after.failures + after.warnings).map(\.message)
      let others = (before.failures + before.warnings).map(\.message)
      #expect(!left.contains(finding.message))
      #expect(left.allSatisfy(others.contains), "\(finding.suggestion): \(left)")
    }
  }

  @Test func `user information is never quoted`() {
    let entry = Entry(.openai, baseURL: "https://me:hunter2@llm.example/v1")
    #expect(!entry.report.failures.contains { $0.message.contains("hunter2") })
    #expect(!entry.report.failures.contains { $0.suggestion.contains("hunter2") })
  }

  @Test func `allow_http lets plain http go anywhere`() {
    let entry = Entry(.openai, baseURL: "http://llm.lan:8080/v1", allowsHTTP: true)
    #expect(entry.url() == "http://llm.lan:8080/v1/responses")
  }

  @Test func `the deployment of the path is the model where the target names none (A2-1, A2-2)`() {
    let settings = TransportSettings(
      provider: "a", baseURL: r + "/openai/deployments/d%201", options: ["api": dated])
    let body = Array(#"{"model":"alias"}"#.utf8)
    let unnamed = Prepared(body, by: .azureOpenAI, settings, TransportRequest(operation: .create))
    #expect(unnamed.body == #"{"model":"d 1"}"#)
    let named = Prepared(
      body, by: .azureOpenAI, settings, TransportRequest(operation: .create, model: "d2"))
    #expect(named.body == #"{"model":"d2"}"#)
  }
}

@Suite struct `The URL of an operation` {
  static let paths: [(Operation, String, String)] = [
    (.create, "POST", "/responses"),
    (.get, "GET", "/responses/resp_1"),
    (.delete, "DELETE", "/responses/resp_1"),
    (.cancel, "POST", "/responses/resp_1/cancel"),
    (.inputItems, "GET", "/responses/resp_1/input_items"),
    (.inputTokens, "POST", "/responses/input_tokens"),
    (.compact, "POST", "/responses/compact"),
    (.models, "GET", "/models"),
  ]

  @Test(arguments: paths)
  func `has its method and path (A.1)`(operation: Operation, method: String, path: String) {
    let entry = Entry(.openai)
    #expect(entry.url(operation, responseID: "resp_1") == "https://api.openai.com/v1" + path)
    let settings = TransportSettings(provider: "openai")
    let request = TransportRequest(operation: operation, responseID: "resp_1")
    #expect(Prepared([], by: .openai, settings, request).method == method)
  }

  @Test func `puts the id before the query of the base (A.1)`() {
    let entry = Entry(.azureOpenAI, baseURL: r, options: ["api": dated])
    #expect(
      entry.url(.cancel, responseID: "resp_1")
        == r + "/openai/responses/resp_1/cancel?api-version=\(dated)")
  }

  @Test func `encodes the caller's pairs and keeps brackets apart from their meaning`() {
    let entry = Entry(.azureFoundry, baseURL: p)
    let pairs = [QueryPair("include[]", "a&b"), QueryPair("starting_after", "7")]
    #expect(
      entry.url(.get, responseID: "resp_1", query: pairs)
        == p + "/openai/v1/responses/resp_1?include%5B%5D=a%26b&starting_after=7")
  }

  @Test(arguments: ["", "a/b", "a?b", "a#b", ".", ".."])
  func `refuses an id that is a path`(id: String) {
    #expect(Entry(.openai).url(.get, responseID: id) == "requestInvalid")
  }

  @Test func `encodes an id`() {
    #expect(
      Entry(.openai).url(.get, responseID: "a b%ü")
        == "https://api.openai.com/v1/responses/a%20b%25%C3%BC")
  }

  @Test func `sends no version that the caller puts into the query (A2-6)`() {
    let settings = TransportSettings(provider: "a", baseURL: p)
    let request = TransportRequest(
      operation: .get, responseID: "x", query: [QueryPair("API-Version", "2024-01-01")])
    let prepared = Prepared([], by: .azureFoundry, settings, request)
    #expect(prepared.url == p + "/openai/v1/responses/x")
    #expect(prepared.warnings.count == 1)
    let gateway = Entry(.azureOpenAI, baseURL: "https://gw.example/x")
    #expect(
      gateway.url(.get, responseID: "x", query: [QueryPair("api-version", "1")])
        == "https://gw.example/x/responses/x?api-version=1")
  }

  enum Standing { case there, unverified, missing }

  static let standings: [(Plugin, String, Operation, Standing)] = [
    (.openai, "https://api.openai.com", .inputTokens, .there),
    (.openai, "https://api.openai.com", .compact, .there),
    (.azureOpenAI, r, .compact, .there),
    (.azureOpenAI, r, .models, .there),
    (.azureOpenAI, r, .inputTokens, .unverified),
    (.azureOpenAI, r + "/openai?api-version=" + dated, .compact, .unverified),
    (.azureOpenAI, r + "/openai?api-version=" + dated, .inputTokens, .missing),
    (.azureOpenAI, r + "/openai?api-version=" + dated, .models, .there),
    (.azureOpenAI, "https://gw.example/x", .inputTokens, .unverified),
    (.azureFoundry, p, .compact, .unverified),
    (.azureFoundry, p, .models, .unverified),
    (.azureFoundry, p, .inputTokens, .missing),
    (.azureFoundry, p, .get, .there),
    (.azureFoundry, p + "/openai?api-version=" + dated, .inputTokens, .missing),
  ]

  @Test(arguments: standings)
  func `is sent, sent with a warning, or refused (A.1, A2-13)`(
    plugin: Plugin, base: String, operation: Operation, standing: Standing
  ) {
    let settings = TransportSettings(provider: "a", baseURL: base)
    let request = TransportRequest(operation: operation, responseID: "resp_1")
    let prepared = Prepared(Array("{}".utf8), by: plugin, settings, request)
    #expect(prepared.warnings.isEmpty == (standing != .unverified))
    #expect(
      (prepared.failure?.hasPrefix("operationUnsupported") ?? false) == (standing == .missing))
  }
}
