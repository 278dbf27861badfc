import TransportSDK

// What upstreams say whose models are deployments in a resource, and whose stored items become
// readable some time after they were made.
extension Refusal {
  /// Rows about deployments, versions and items that are not readable yet.
  public static let deployments: [Refusal] = models + versions + states

  private static let models: [Refusal] = [
    Refusal(
      .among([404, 400]), codes: ["deploymentnotfound", "unknown_model", "model_not_found"],
      texts: ["deployment for this resource does not exist"], means: .notFound, scope: .model,
      "deployment {model} does not exist on {place}: the target's model must be a deployment's own name "
        + "there, not the name of the model behind it. One made in the last five minutes may not be "
        + "there yet."),
    Refusal(
      .among([400, 404]), when: .notCreating, codes: ["operationnotsupported"],
      texts: ["unsupported operation", "operation is unsupported"], means: .operationUnsupported,
      scope: .model, "{place} does not have this operation{message}"),
    Refusal(
      .among([400, 404]), codes: ["operationnotsupported"],
      texts: ["unsupported operation", "operation is unsupported"], means: .operationUnsupported,
      scope: .model,
      "deployment {model} on {place} does not speak the Responses API; its model most likely offers chat "
        + "completions only. Deploy a model that the Responses API serves, or ask another target."),
  ]

  private static let versions: [Refusal] = [
    Refusal(
      .only([400]), texts: ["api-version query parameter is not allowed"], means: .requestInvalid,
      scope: .endpoint, remedy: .dropVersion,
      "{endpoint} takes no api-version on a /v1 path. Take it out of base_url and of options.api.",
      setting: "/base_url"),
    Refusal(
      .only([400, 404]), texts: ["api version not supported"], means: .requestInvalid,
      scope: .endpoint,
      "{endpoint} does not know this api-version. A /v1 path takes no date; a dated path takes one of "
        + "the published versions. Leave options.api out for v1.",
      setting: "/options/api", suggestion: "v1", leadsToV1: true),
    Refusal(
      .only([404]), when: .path([.dated]), codes: ["404"], texts: ["resource not found"],
      means: .notFound, scope: .endpoint,
      "{endpoint} does not know {path} with this api-version: the dated path has the operation from "
        + "2025-03-01-preview on, and not every resource has it. Leave the version out for v1.",
      setting: "/base_url", leadsToV1: true),
    Refusal(
      .only([404]), codes: ["404"], texts: ["resource not found"], means: .notFound,
      scope: .endpoint,
      "{endpoint} does not know the path {path}. Correct base_url: the API lies below {v1}, at a gateway "
        + "behind its own path. A version belongs in options.api alone.", setting: "/base_url",
      leadsToV1: true),
  ]

  private static let states: [Refusal] = [
    notPersisted,
    Refusal(
      .among([400, 404]), codes: ["previous_response_not_found"],
      texts: ["item with id*not found", "previous response with id*not found"],
      means: .stateNotReady, scope: .request, remedy: .replayInline,
      "{place} does not find {id}, to which the input refers. What was made less than a minute ago may "
        + "not be readable yet; what is older is gone or belongs to another resource. Replay the items "
        + "themselves, and nothing needs to be found."),
    Refusal(
      .among([400]), when: .chained, texts: ["no tool call found for"], means: .stateNotReady,
      scope: .request, remedy: .replayInline,
      "{place} found no call for a tool's output: either the response that made it, {id}, is not readable "
        + "yet, or the call_id is none of that response's."),
    Refusal(
      .only([404]), when: .stored, means: .stateNotReady, scope: .request,
      "{place} does not find the response {id}. One that was made less than a minute ago may not be "
        + "readable yet; an older one has expired, was not stored or belongs to another resource."),
  ]
}
