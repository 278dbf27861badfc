import TransportSDK

// What upstreams say whose models are deployments in a resource, and whose stored items become
// readable some time after they were made.
extension Refusal {
  /// Rows about deployments, versions and items that are not readable yet.
  public static let deployments: [Refusal] = [
    Refusal(
      .among([404, 400]), codes: ["deploymentnotfound"],
      texts: ["deployment for this resource does not exist"], means: .notFound, scope: .model,
      "deployment {model} does not exist on {endpoint}. Write the deployment's own name, not the "
        + "model's, into the target; one made in the last five minutes may not be there yet."),
    Refusal(
      .among([400, 404]), codes: ["operationnotsupported"],
      texts: ["unsupported operation", "operation is unsupported"], means: .operationUnsupported,
      scope: .model,
      "the model behind deployment {model} does not offer the operation. Deploy one that the Responses API "
        + "serves, or ask another endpoint."),
    Refusal(
      .only([400]), texts: ["api-version query parameter is not allowed"], means: .requestInvalid,
      scope: .endpoint,
      "{endpoint} takes no api-version on a /v1 path. Take it out of base_url and of options.api.",
      setting: "/base_url"),
    Refusal(
      .only([400, 404]), texts: ["api version not supported"], means: .requestInvalid,
      scope: .endpoint,
      "{endpoint} does not know this api-version. A /v1 path takes no date; a dated path takes one of "
        + "the published versions. Leave options.api out for v1.",
      setting: "/options/api", suggestion: "v1"),
    notPersisted,
    Refusal(
      .among([400, 404]), codes: ["previous_response_not_found"],
      texts: ["item with id*not found", "previous response with id*not found"],
      means: .stateNotReady, scope: .request,
      "the input refers to something that {endpoint} does not find. What was made less than a minute "
        + "ago may not be readable yet; what is older is gone or belongs to another resource. Replay the "
        + "items themselves, and nothing needs to be found."),
    Refusal(
      .only([404]), codes: ["404"], texts: ["resource not found"], means: .notFound,
      scope: .endpoint,
      "{endpoint} does not know this path. Check base_url, and options.api if a date is set: the dated "
        + "path knows the operation from 2025-03-01-preview on.", setting: "/base_url"),
  ]
}
