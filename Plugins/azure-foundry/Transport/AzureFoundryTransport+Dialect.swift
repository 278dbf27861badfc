public import ResponsesTransport
import TransportSDK

extension AzureFoundryTransport {
  /// In what this upstream differs from others of the protocol.
  public static let dialect = ResponsesDialect(
    endpoints: endpoints,
    operations: OperationTable(
      unverified: [
        .v1: [.compact, .models], .dated: [.compact, .models],
        .asItStands: [.compact, .inputTokens, .models],
      ],
      missing: [.v1: [.inputTokens], .dated: [.inputTokens]]),
    keyHeader: .named("api-key"), variable: "AZURE_AI_API_KEY",
    requestIDHeaders: [
      "apim-request-id", "x-request-id", "x-ms-client-request-id", "x-ms-region",
    ],
    errorCodeHeader: "x-ms-error-code", servedModelHeader: "x-ms-served-model",
    resourceDomains: ["services.ai.azure.com"], v1Path: ["openai", "v1"], audiences: audiences,
    stateLag: .seconds(60), rules: RuleSet(PayloadRule.allCases),
    refusals: refusals + Refusal.deployments + Refusal.common)

  private static let endpoints = EndpointTable(
    resourceDomain: "services.ai.azure.com", firstDate: "2025-03-01-preview",
    refusesVersionOnV1: true,
    missingProject:
      "the entry names a resource and no project. Set options.project, or use the plugin "
      + "azure-openai for the resource itself.",
    missingBase: "the entry does not say which project to ask. Set options.resource and "
      + "options.project, or base_url such as "
      + "https://<resource>.services.ai.azure.com/api/projects/<project>.",
    portals: portals,
    rows: [
      EndpointRow(
        paths: [project, project + "/openai", project + "/openai/v1", "", "/openai", "/openai/v1"],
        parent: .versioned(v1: project + "/openai/v1", dated: project + "/openai")),
      EndpointRow(paths: nil, parent: .asItStands(advice: nil)),
    ])

  /// Their addresses hold the project's path in Azure, or behind `r` a list of its parts.
  private static let portals = PortalPages(
    hosts: ["ai.azure.com", "portal.azure.com", "oai.azure.com"],
    advice: "Paste the endpoint that the project shows on its first page, "
      + "https://<resource>.services.ai.azure.com/api/projects/<project>, or set options.resource "
      + "and options.project.",
    base: "https://{resource}.services.ai.azure.com", projectPath: project,
    resource: [.init(after: "accounts"), .init(after: "r", part: 3)],
    project: [.init(after: "projects"), .init(after: "r", part: 4)])

  private static let project = "/api/projects/{project}"

  /// A project's own, that of a resource, and those of other clouds.
  private static let audiences = [
    "https://ai.azure.com", "https://cognitiveservices.azure.com", "https://ai.azure.us",
    "https://cognitiveservices.azure.us", "https://ai.azure.cn",
    "https://cognitiveservices.azure.cn",
  ]

  private static let refusals: [Refusal] = [
    Refusal(
      .only([401]), texts: ["audience"], means: .auth, scope: .credential,
      "{place} refused the credential: a key must be one of its own; a token must be for the audience "
        + "{audience}, not have expired, and stand under auth.bearer.",
      setting: "/auth"),
    Refusal(
      .only([401]), means: .auth, scope: .credential,
      "{place} refused the credential. Check that the key is one of the project's own resource and "
        + "was not regenerated; a token belongs under auth.bearer.", setting: "/auth"),
    Refusal(
      .among([400]), texts: ["not allowed when agent is specified"], means: .requestInvalid,
      scope: .request,
      "an agent brings its own tools, so a request to it may not. Leave out tools, tool_choice and "
        + "parallel_tool_calls."),
    // The path of an agent or an application is no project's, so v1 is not what is missing.
    Refusal(
      .only([404]), when: .path([.asItStands]), codes: ["404"], texts: ["resource not found"],
      means: .notFound, scope: .endpoint,
      "{endpoint} does not know the path {path}. Routes of agents and applications are taken as they stand "
        + "and need their own api-version in base_url.", setting: "/base_url"),
    Refusal(
      .only([404]), codes: ["404"], texts: ["resource not found", "project*not found"],
      means: .notFound, scope: .endpoint,
      "{place} does not know the path {path}. Check the names of resource and project: a project lies at "
        + "https://<resource>.services.ai.azure.com/api/projects/<project>.", setting: "/base_url",
      leadsToV1: true),
  ]
}
