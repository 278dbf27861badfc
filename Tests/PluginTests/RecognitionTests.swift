import Testing
import TransportSDK

/// A request that works, and the entry that must come of it.
struct SampleRow: CustomTestStringConvertible {
  let url: String
  let headers: [String]
  let body: String
  let plugin: Plugin
  let base: String?
  let options: [String: String]
  let model: String?
  let isProven: Bool

  init(
    _ url: String, _ headers: [String] = ["api-key"], _ body: String = #"{"model":"m"}"#,
    is plugin: Plugin, base: String? = nil, options: [String: String] = [:], model: String? = "m",
    isProven: Bool = true
  ) {
    self.url = url
    self.headers = headers
    self.body = body
    self.plugin = plugin
    self.base = base
    self.options = options
    self.model = model
    self.isProven = isProven
  }

  var testDescription: String { url }

  var sample: SampleRequest {
    SampleRequest(
      method: "POST", url: url, headerNames: headers, isBearer: headers.contains("authorization"))
  }
}

@Suite struct `A request that works` {
  static let bearer = ["authorization", "content-type"]
  static let dated = "2025-04-01-preview"

  static let samples: [SampleRow] = [
    .init("https://api.openai.com/v1/responses", bearer, is: .openai),
    .init(
      "https://eu.api.openai.com/v1/responses", bearer, is: .openai,
      base: "https://eu.api.openai.com/v1"),
    .init(
      "http://127.0.0.1:11434/v1/responses", bearer, is: .openai, base: "http://127.0.0.1:11434/v1"),
    .init(
      "https://llm.example/x/responses?k=v", bearer, is: .openai, base: "https://llm.example/x?k=v"),
    .init(
      "https://contoso.openai.azure.com/openai/v1/responses", is: .azureOpenAI,
      options: ["resource": "contoso"]),
    .init(
      "https://contoso.openai.azure.com/openai/v1/responses?api-version=preview", is: .azureOpenAI,
      options: ["resource": "contoso", "api": "preview"]),
    .init(
      "https://contoso.openai.azure.com/openai/responses?api-version=\(dated)", is: .azureOpenAI,
      options: ["resource": "contoso", "api": dated]),
    .init(
      "https://contoso.openai.azure.com/openai/v1/responses?api-version=v1", is: .azureOpenAI,
      options: ["resource": "contoso"], isProven: false),
    .init(
      "https://contoso.openai.azure.com/openai/deployments/gpt4o/responses?api-version=\(dated)",
      is: .azureOpenAI, options: ["resource": "contoso", "api": dated], model: "gpt4o",
      isProven: false),
    .init(
      "https://contoso.openai.azure.com/openai/deployments/gpt4o/chat/completions?api-version=2024-10-21",
      is: .azureOpenAI, options: ["resource": "contoso"], model: "gpt4o", isProven: false),
    .init(
      "https://contoso.cognitiveservices.azure.com/openai/v1/responses", is: .azureOpenAI,
      base: "https://contoso.cognitiveservices.azure.com/openai/v1"),
    .init(
      "https://contoso.cognitiveservices.azure.com/openai/responses?api-version=\(dated)",
      is: .azureOpenAI, base: "https://contoso.cognitiveservices.azure.com/openai",
      options: ["api": dated]),
    .init(
      "https://contoso.services.ai.azure.com/openai/v1/responses", bearer, is: .azureOpenAI,
      base: "https://contoso.services.ai.azure.com/openai/v1"),
    .init(
      "https://westus.api.cognitive.microsoft.com/openai/v1/responses", is: .azureOpenAI,
      base: "https://westus.api.cognitive.microsoft.com/openai/v1"),
    .init(
      "https://contoso.openai.azure.us/openai/v1/responses", is: .azureOpenAI,
      base: "https://contoso.openai.azure.us/openai/v1"),
    .init(
      "https://contoso.azure-api.net/aoai/openai/v1/responses?tenant=7",
      ["ocp-apim-subscription-key"], is: .azureOpenAI,
      base: "https://contoso.azure-api.net/aoai/openai/v1?tenant=7"),
    .init(
      "https://private.example/openai/v1/responses", is: .azureOpenAI,
      base: "https://private.example/openai/v1"),
    .init(
      "https://private.example/x/responses?api-version=\(dated)", is: .azureOpenAI,
      base: "https://private.example/x", options: ["api": dated]),
    .init(
      "https://contoso.services.ai.azure.com/api/projects/agents/openai/v1/responses", bearer,
      is: .azureFoundry, options: ["resource": "contoso", "project": "agents"]),
    .init(
      "https://contoso.services.ai.azure.com/api/projects/my%20agents/openai/v1/responses",
      is: .azureFoundry, options: ["resource": "contoso", "project": "my agents"]),
    .init(
      "https://contoso.services.ai.azure.com/api/projects/agents/openai/responses?api-version=\(dated)",
      is: .azureFoundry, options: ["resource": "contoso", "project": "agents", "api": dated]),
    .init(
      "https://contoso.services.ai.azure.com/api/projects/p/agents/a/endpoint/protocols/openai/responses?api-version=v1",
      bearer, "{}", is: .azureFoundry,
      base:
        "https://contoso.services.ai.azure.com/api/projects/p/agents/a/endpoint/protocols/openai?api-version=v1",
      model: nil),
    .init(
      "https://contoso.services.ai.azure.com/api/projects/p/applications/a/protocols/openai/responses?api-version=2025-11-15-preview",
      bearer, "{}", is: .azureFoundry,
      base: "https://contoso.services.ai.azure.com/api/projects/p/applications/a/protocols/openai",
      options: ["api": "2025-11-15-preview"], model: nil),
    .init(
      "http://127.0.0.1:9/api/projects/demo/openai/v1/responses", is: .azureFoundry,
      base: "http://127.0.0.1:9/api/projects/demo/openai/v1"),
    .init(
      "https://contoso.services.ai.azure.com/api/projects/p/openai/v1/responses?api-version=\(dated)",
      is: .azureFoundry, options: ["resource": "contoso", "project": "p", "api": dated],
      isProven: false),
  ]

  @Test(arguments: samples)
  func `is known best by its own plugin, which writes the entry`(row: SampleRow) throws {
    let body = Array(row.body.utf8)
    let answers = Plugin.allCases.compactMap { plugin in
      recognize(row.sample, body, by: plugin).map { (plugin, $0) }
    }
    let (plugin, entry) = try #require(answers.max { $0.1.confidence < $1.1.confidence })
    #expect(plugin == row.plugin, "\(answers)")
    #expect(entry.baseURL == row.base)
    #expect(entry.options == row.options)
    #expect(entry.model == row.model)
    #expect(1...100 ~= entry.confidence)
    #expect(!entry.reason.isEmpty)
    #expect(entry.reason.contains("will go to") == !row.isProven)
  }

  @Test(arguments: samples.filter(\.isProven))
  func `is asked again word for word by the entry that came of it`(row: SampleRow) throws {
    let body = Array(row.body.utf8)
    let entry = try #require(recognize(row.sample, body, by: row.plugin))
    let again = Entry(
      row.plugin, baseURL: entry.baseURL ?? "", options: entry.options, allowsHTTP: true)
    #expect(again.url(entry.operation, responseID: entry.responseID) == row.url)
    #expect(again.report.warnings.isEmpty)
  }

  static let operations: [(String, String, Operation, String)] = [
    ("GET", "/responses/resp_1", .get, "resp_1"),
    ("DELETE", "/responses/resp%201", .delete, "resp 1"),
    ("POST", "/responses/resp_1/cancel", .cancel, "resp_1"),
    ("GET", "/responses/resp_1/input_items?limit=2", .inputItems, "resp_1"),
    ("POST", "/responses/compact", .compact, ""),
    ("POST", "/responses/input_tokens", .inputTokens, ""),
    ("GET", "/models", .models, ""),
  ]

  @Test(arguments: operations)
  func `may be any operation`(method: String, path: String, operation: Operation, id: String) throws
  {
    let sample = SampleRequest(
      method: method, url: "https://contoso.openai.azure.com/openai/v1" + path,
      headerNames: ["api-key"], isBearer: false)
    let entry = try #require(recognize(sample, by: .azureOpenAI))
    #expect(entry.operation == operation)
    #expect(entry.responseID == id)
    #expect(entry.options == ["resource": "contoso"])
    #expect(!entry.reason.contains("will go to"))
  }

  static let secrets: [(Plugin, [String], TransportSettings.Authentication?)] = [
    (.openai, ["authorization"], .key), (.openai, ["x-api-key"], .header("x-api-key")),
    (.openai, ["content-type"], nil), (.azureOpenAI, ["api-key"], .key),
    (.azureOpenAI, ["authorization"], .bearer), (.azureFoundry, ["authorization"], .bearer),
    (.azureFoundry, ["Api-Key".lowercased()], .key),
    (.azureOpenAI, ["ocp-apim-subscription-key"], .header("ocp-apim-subscription-key")),
  ]

  @Test(arguments: secrets)
  func `tells how its secret is presented`(
    plugin: Plugin, headers: [String], authentication: TransportSettings.Authentication?
  ) throws {
    let sample = SampleRequest(
      method: "POST", url: plugin.baseURL + "/responses", headerNames: headers,
      isBearer: headers.contains("authorization"))
    let entry = try #require(recognize(sample, Array("{}".utf8), by: plugin))
    #expect(entry.authentication == authentication)
    let variables = ["OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "AZURE_AI_API_KEY"]
    #expect(entry.variable == zip(Plugin.allCases, variables).first { $0.0 == plugin }?.1)
  }

  @Test(arguments: [
    "https://api.openai.com/v1/embeddings", "not a url", "https://user@api.openai.com/v1/responses",
    "https://api.openai.com/",
  ])
  func `that is none of theirs is known by nobody`(url: String) {
    let sample = SampleRequest(method: "POST", url: url, headerNames: ["api-key"], isBearer: false)
    for plugin in Plugin.allCases {
      #expect(recognize(sample, by: plugin) == nil)
    }
  }

  @Test func `at a look-alike host is taken for no resource`() {
    let sample = SampleRequest(
      method: "POST", url: "https://contoso.openai.azure.com.evil.example/openai/v1/responses",
      headerNames: ["api-key"], isBearer: false)
    let entry = recognize(sample, by: .azureOpenAI)
    #expect(entry?.options == [:])
    #expect((entry?.confidence ?? 0) < 95)
  }

  private func recognize(
    _ sample: SampleRequest, _ body: [UInt8] = [], by plugin: Plugin
  ) -> Recognition? {
    plugin.type.recognize(sample, body: body.span)
  }
}
