import Testing
import TransportSDK

/// The likely cause and the fix, in the words of the entry that a person wrote.
@Suite struct `The words of a refusal` {
  private static func entry(
    _ plugin: Plugin, _ base: String, _ options: [String: String] = [:]
  ) -> TransportSettings {
    TransportSettings(provider: plugin.rawValue, baseURL: base, options: options)
  }

  private static let missing = gateway(
    "DeploymentNotFound", "The API deployment for this resource does not exist.")

  static let places: [(TransportSettings, Plugin, String)] = [
    (
      entry(.azureOpenAI, "https://contoso.openai.azure.com"), .azureOpenAI,
      "deployment `gpt-5` does not exist on resource `contoso`:"
    ),
    (
      entry(.azureOpenAI, "https://contoso.cognitiveservices.azure.com"), .azureOpenAI,
      "deployment `gpt-5` does not exist on resource `contoso`:"
    ),
    (
      entry(.azureOpenAI, "https://contoso.openai.azure.us"), .azureOpenAI,
      "deployment `gpt-5` does not exist on resource `contoso`:"
    ),
    (
      entry(.azureFoundry, "", ["resource": "contoso", "project": "p q"]), .azureFoundry,
      "deployment `gpt-5` does not exist on project `p q` of resource `contoso`:"
    ),
    // A2-15: what only looks like a resource is called by its host.
    (
      entry(.azureOpenAI, "https://openai.azure.com.evil.example/openai/v1"), .azureOpenAI,
      "does not exist on openai.azure.com.evil.example:"
    ),
    (
      entry(.azureOpenAI, "https://eastus.api.cognitive.microsoft.com"), .azureOpenAI,
      "does not exist on eastus.api.cognitive.microsoft.com:"
    ),
  ]

  @Test(arguments: places)
  func `name the deployment and where it is missed, by exact host (A2-15, Q38)`(
    settings: TransportSettings, plugin: Plugin, words: String
  ) throws {
    let failure = try classify(404, Self.missing, by: plugin, model: "gpt-5", settings: settings)
    #expect(failure.message.contains(words), "\(failure.message)")
    #expect(failure.scope == .model)
  }

  private static let lost = gateway("404", "Resource not found")
  private static let dated = "2025-04-01-preview"

  /// Entry, refusal, setting, the value that would be right.
  static let paths: [(Plugin, TransportSettings, String, String, String)] = [
    (
      .azureOpenAI, entry(.azureOpenAI, "https://r.openai.azure.com", ["api": dated]), lost,
      "/options/api", "v1"
    ),
    (
      .azureOpenAI, entry(.azureOpenAI, "https://r.openai.azure.com/openai?api-version=\(dated)"),
      lost, "/base_url", "https://r.openai.azure.com/openai/v1"
    ),
    (
      .azureFoundry,
      entry(.azureFoundry, "", ["resource": "r", "project": "p", "api": dated]), lost,
      "/options/api", "v1"
    ),
    (
      .azureFoundry,
      entry(
        .azureFoundry, "https://r.services.ai.azure.com/api/projects/p/openai?api-version=\(dated)"),
      lost, "/base_url", "https://r.services.ai.azure.com/api/projects/p/openai/v1"
    ),
    (
      .azureOpenAI, entry(.azureOpenAI, "https://apim.contoso.com/aoai?k=v"), lost, "/base_url",
      "https://apim.contoso.com/aoai/openai/v1?k=v"
    ),
    (
      .azureOpenAI, entry(.azureOpenAI, "https://apim.contoso.com/aoai/openai/v1"), lost,
      "/base_url", ""
    ),
    // What people leave out most.
    (
      .azureOpenAI, entry(.azureOpenAI, "https://r.openai.azure.com/v1"), lost, "/base_url",
      "https://r.openai.azure.com/openai/v1"
    ),
    (
      .azureOpenAI, entry(.azureOpenAI, "https://apim.contoso.com/aoai/v1"), lost, "/base_url",
      "https://apim.contoso.com/aoai/openai/v1"
    ),
    (
      .azureOpenAI,
      entry(
        .azureOpenAI, "https://apim.contoso.com/aoai/openai/deployments/d?api-version=\(dated)"),
      lost, "/base_url", "https://apim.contoso.com/aoai/openai/v1"
    ),
    (.azureOpenAI, entry(.azureOpenAI, "https://r.openai.azure.com"), lost, "/base_url", ""),
    // The path is another plugin's, as a warning says.
    (
      .azureOpenAI, entry(.azureOpenAI, "https://r.services.ai.azure.com/api/projects/p"), lost,
      "/base_url", ""
    ),
    // A2-10: the routes of agents and applications have no v1 path.
    (
      .azureFoundry,
      entry(
        .azureFoundry, "https://r.services.ai.azure.com/api/projects/p/agents/a/protocols/openai"),
      lost, "/base_url", ""
    ),
    (
      .openai, entry(.openai, "https://llm.example"), wrapped(nil, "Invalid URL (POST /responses)"),
      "/base_url", "https://llm.example/v1"
    ),
    (
      .openai, entry(.openai, "https://llm.example/v1"), wrapped(nil, "Invalid URL"), "/base_url",
      ""
    ),
  ]

  @Test(arguments: paths)
  func `about a path name the setting and the way to v1 (A2-2, A2-10, A2-12)`(
    plugin: Plugin, settings: TransportSettings, body: String, setting: String, value: String
  ) throws {
    let failure = try classify(404, body, by: plugin, settings: settings)
    #expect(failure.code == .notFound)
    #expect(failure.scope == .endpoint)
    #expect(failure.setting == setting)
    #expect(failure.suggestion == value)
    #expect(failure.message.contains("/responses"), "\(failure.message)")
  }

  @Test func `about a version at a deployment's path lead out of it (A2-2)`() throws {
    let base = "https://r.services.ai.azure.com/api/projects/p/openai/deployments/d"
    let failure = try classify(
      400, gateway("BadRequest", "API version not supported"), by: .azureFoundry,
      settings: Self.entry(.azureFoundry, base + "?api-version=2024-10-21"))
    #expect(failure.suggestion == "https://r.services.ai.azure.com/api/projects/p/openai/v1")
  }

  @Test(arguments: Plugin.allCases)
  func `about an item without a type name the item and what it needs (Q01)`(
    plugin: Plugin
  ) throws {
    let body = wrapped(
      "invalid_value", "Invalid value: ''. Supported values are: …", at: "input[3]")
    let failure = try classify(400, body, by: plugin)
    #expect(failure.code == .requestInvalid)
    #expect(failure.message.contains("the item `input[3]` has no type"))
  }

  @Test func `about what no row knows say at which field, and show a cut`() throws {
    let words = String(repeating: "word ", count: 100)
    let failure = try classify(
      400, wrapped("strange", words, at: "tools[0].name"), by: .openai)
    #expect(
      failure.message.contains("refused the request at `tools[0].name` with status 400: word"))
    #expect(failure.message.hasSuffix("…"))
  }

  @Test func `about a dated version on a v1 path say which of both is meant (A2-4)`() throws {
    let failure = try classify(
      400, gateway("BadRequest", "API version not supported"), by: .azureOpenAI)
    #expect(failure.setting == "/options/api")
    #expect(failure.suggestion == "v1")
    #expect(failure.amendment.isEmpty)
  }

  @Test(arguments: Plugin.strict)
  func `about a model without the protocol tell it from a missing operation`(
    plugin: Plugin
  ) throws {
    let body = gateway("OperationNotSupported", "The requested operation is unsupported.")
    let create = try classify(400, body, by: plugin, model: "codex")
    #expect(create.message.contains("`codex`"))
    #expect(create.message.contains("chat completions only"))
    let compact = try classify(400, body, by: plugin, operation: .compact, model: "codex")
    #expect(!compact.message.contains("chat completions"))
    #expect(compact.code == .operationUnsupported)
  }

  @Test func `tell quota, rate limit and overload apart`() throws {
    let quota = try classify(429, wrapped("insufficient_quota", "x"), by: .openai)
    let rate = try classify(429, gateway("RateLimitReached", "x"), by: .azureOpenAI)
    let load = try classify(503, wrapped("slow_down", "x"), by: .openai)
    #expect(quota.message.contains("waiting does not bring it back"))
    #expect(rate.message.contains("requests or tokens this model takes a minute"))
    #expect(load.message.contains("overloaded"))
  }

  @Test func `about an agent name what it does not take (Q37)`() throws {
    let failure = try classify(
      400, wrapped(nil, "Not allowed when agent is specified."), by: .azureFoundry)
    #expect(failure.message.contains("tool_choice"))
    #expect(failure.amendment.isEmpty)
  }

  @Test func `about a strict schema name the plugin that keeps to it`() throws {
    let failure = try classify(
      400, gateway("invalid_payload", "does not match the expected schema"), by: .openai)
    #expect(failure.message.contains("azure-foundry"))
  }
}
