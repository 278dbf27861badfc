public import ResponsesTransport
import TransportSDK

extension AzureOpenAITransport {
  /// In what this upstream differs from others of the protocol.
  public static let dialect = ResponsesDialect(
    endpoints: endpoints,
    operations: OperationTable(
      unverified: [
        .v1: [.inputTokens], .dated: [.compact], .asItStands: [.compact, .inputTokens],
      ],
      missing: [.dated: [.inputTokens]]),
    keyHeader: .named("api-key"), variable: "AZURE_OPENAI_API_KEY",
    requestIDHeaders: [
      "apim-request-id", "x-request-id", "x-ms-client-request-id", "x-ms-region",
    ],
    errorCodeHeader: "x-ms-error-code", servedModelHeader: "x-ms-served-model",
    resourceDomains: [
      "openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com",
      "openai.azure.us", "cognitiveservices.azure.us", "openai.azure.cn",
      "cognitiveservices.azure.cn",
    ],
    v1Path: ["openai", "v1"], audiences: audiences, stateLag: .seconds(60),
    rules: RuleSet(PayloadRule.allCases),
    refusals: refusals + Refusal.deployments + Refusal.common)

  private static let endpoints = EndpointTable(
    resourceDomain: "openai.azure.com", hasPreview: true, firstDate: "2025-03-01-preview",
    missingBase:
      "the entry does not say which resource to ask. Set options.resource, or base_url such "
      + "as https://<resource>.openai.azure.com.",
    portals: portals,
    rows: [
      EndpointRow(
        paths: ["", "/openai", "/openai/v1"],
        parent: .versioned(v1: "/openai/v1", dated: "/openai")),
      EndpointRow(
        paths: ["/openai/deployments/{deployment}"], parent: .deployment(dated: "/openai")),
      EndpointRow(
        paths: ["/api/projects/{project}", "/api/projects/{project}/openai"],
        parent: .asItStands(
          advice: "base_url is the path of a Foundry project, taken as it stands; the plugin "
            + "azure-foundry knows where a project's operations lie.")),
      EndpointRow(paths: nil, parent: .asItStands(advice: nil)),
    ])

  /// Their addresses hold the resource's path in Azure, or behind `r` a list of its parts.
  private static let portals = PortalPages(
    hosts: ["portal.azure.com", "ai.azure.com", "oai.azure.com"],
    advice: "Paste the endpoint that the resource shows beside its keys, "
      + "https://<resource>.openai.azure.com, or set options.resource.",
    base: "https://{resource}.openai.azure.com",
    resource: [.init(after: "accounts"), .init(after: "r", part: 3)])

  /// Older pages name the first, newer ones the second; the rest are those of other clouds.
  private static let audiences = [
    "https://cognitiveservices.azure.com", "https://ai.azure.com",
    "https://cognitiveservices.azure.us", "https://ai.azure.us",
    "https://cognitiveservices.azure.cn", "https://ai.azure.cn",
  ]

  private static let refusals: [Refusal] = [
    Refusal(
      .only([401]), texts: ["audience"], means: .auth, scope: .credential,
      "{place} refused the credential: a key must be one of its own; a token must be for the audience "
        + "{audience}, not have expired, and stand under auth.bearer.",
      setting: "/auth"),
    Refusal(
      .only([401]), means: .auth, scope: .credential,
      "{place} refused the credential. Check that the key is one of this very resource's two keys "
        + "and was not regenerated; a token belongs under auth.bearer.", setting: "/auth"),
  ]
}
