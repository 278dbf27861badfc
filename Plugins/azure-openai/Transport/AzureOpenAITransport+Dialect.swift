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
      "x-ms-served-model",
    ],
    errorCodeHeader: "x-ms-error-code", rules: RuleSet(PayloadRule.allCases),
    refusals: refusals + Refusal.deployments + Refusal.common)

  private static let endpoints = EndpointTable(
    resourceDomain: "openai.azure.com", hasPreview: true, firstDate: "2025-03-01-preview",
    missingBase:
      "the entry does not say which resource to ask. Set options.resource, or base_url such "
      + "as https://<resource>.openai.azure.com.",
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

  private static let refusals: [Refusal] = [
    Refusal(
      .only([401]), texts: ["audience"], means: .auth, scope: .credential,
      "{endpoint} refused the token because it was made for another audience. An Azure OpenAI resource "
        + "takes https://cognitiveservices.azure.com, newer ones https://ai.azure.com too.",
      setting: "/auth"),
    Refusal(
      .only([401]), means: .auth, scope: .credential,
      "{endpoint} refused the credential. Check that the key is one of this very resource's two keys "
        + "and was not regenerated; a token belongs under auth.bearer.", setting: "/auth"),
  ]
}
