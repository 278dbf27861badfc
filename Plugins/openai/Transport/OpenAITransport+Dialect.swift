public import ResponsesTransport
import TransportSDK

extension OpenAITransport {
  /// Where the API is at home; its regional hosts lie below.
  static let domain = "api.openai.com"

  /// In what this upstream differs from others of the protocol.
  public static let dialect = ResponsesDialect(
    endpoints: EndpointTable(
      home: "https://\(domain)/v1", portals: portals,
      rows: [
        EndpointRow(paths: [""], domain: domain, parent: .fixed("/v1")),
        EndpointRow(paths: nil, parent: .asItStands(advice: nil)),
      ]),
    operations: OperationTable(), keyHeader: .bearer, variable: "OPENAI_API_KEY",
    requestIDHeaders: ["x-request-id", "x-oai-request-id", "cf-ray"], v1Path: ["v1"],
    rules: RuleSet(
      [.modelName, .callIDLength, .cacheKeyLength, .minimumOutputTokens, .encryptedInclude]
        + PayloadRule.amending),
    refusals: refusals + Refusal.common)

  /// Where people look at keys, documents and chats.
  private static let portals = PortalPages(
    hosts: [
      "platform.openai.com", "developers.openai.com", "openai.com", "www.openai.com",
      "chatgpt.com", "chat.openai.com",
    ], advice: "The API is at https://\(domain)/v1, which holds without base_url too.",
    base: "https://\(domain)/v1")

  private static let refusals: [Refusal] = [
    Refusal(
      .only([401]), codes: ["invalid_api_key"], texts: ["incorrect api key"], means: .auth,
      scope: .credential,
      "{endpoint} refused the key. Check that the variable holds a whole key of this account, and that "
        + "the key was not revoked.", setting: "/auth"),
    Refusal(
      .only([401]), texts: ["member of an organization", "organization"], means: .auth,
      scope: .credential,
      "the key does not belong to the organization or project that the entry names. Take the option "
        + "out, or use a key of that organization.", setting: "/options/organization"),
    Refusal(
      .only([400, 403, 404]), codes: ["model_not_found"],
      texts: ["does not exist or you do not have access"],
      means: .notFound, scope: .model,
      "{endpoint} has no model {model} for this key. Check the target's model, and that the project "
        + "may use it."),
    .notPersisted,
    Refusal(
      .among([400, 404]), codes: ["previous_response_not_found"],
      texts: ["item with id*not found", "previous response with id*not found"], means: .stateLost,
      scope: .request, remedy: .replayInline,
      "the input refers to {id}, which {endpoint} does not keep: it was not stored, has expired or "
        + "belongs to another project. Replay the items themselves."),
    Refusal(
      .among([400]), codes: ["invalid_payload"], texts: ["does not match the expected schema"],
      means: .requestInvalid, scope: .request,
      "{endpoint} found the input in no shape that it knows. Its words are those of a Foundry project; "
        + "the plugin azure-foundry sends what one takes{message}"),
  ]
}
