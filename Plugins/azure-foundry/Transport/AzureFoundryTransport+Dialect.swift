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
      "x-ms-served-model",
    ],
    errorCodeHeader: "x-ms-error-code", rules: RuleSet(PayloadRule.allCases),
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
    rows: [
      EndpointRow(
        paths: [project, project + "/openai", project + "/openai/v1", "", "/openai", "/openai/v1"],
        parent: .versioned(v1: project + "/openai/v1", dated: project + "/openai")),
      EndpointRow(paths: nil, parent: .asItStands(advice: nil)),
    ])

  private static let project = "/api/projects/{project}"

  private static let refusals: [Refusal] = [
    Refusal(
      .only([401]), texts: ["audience"], means: .auth, scope: .credential,
      "{endpoint} refused the token because it was made for another audience. A Foundry project takes "
        + "tokens for https://ai.azure.com.", setting: "/auth"),
    Refusal(
      .only([401]), means: .auth, scope: .credential,
      "{endpoint} refused the credential. Check that the key is one of the project's own resource and "
        + "was not regenerated; a token belongs under auth.bearer.", setting: "/auth"),
    Refusal(
      .among([400]), texts: ["not allowed when agent is specified"], means: .requestInvalid,
      scope: .request,
      "an agent brings its own tools, so a request to it may not. Leave out tools, tool_choice and "
        + "parallel_tool_calls."),
  ]
}
