import TransportSDK

// What every upstream of the Responses protocol says in the same words. A plugin's own rows go first.
extension Refusal {
  /// What an error means that says nothing, where the headers say that nothing is left of a limit.
  static let usedUp = Refusal(
    .stream, means: .rateLimited, scope: .model,
    "{endpoint} says that nothing is left of this model's requests or tokens a minute{message}")

  /// Rows about statuses, limits, filters and histories.
  public static let common: [Refusal] =
    credentials + limits + filters + histories + fields + remainder

  private static let credentials: [Refusal] = [
    Refusal(
      .only([401]), texts: ["audience"], means: .auth, scope: .credential,
      "{place} refused the token because it was made for another audience. Ask for a token for "
        + "the audience that this endpoint expects.", setting: "/auth"),
    Refusal(
      .only([401]), means: .auth, scope: .credential,
      "{place} refused the credential. Check that the key belongs to this endpoint and was not "
        + "replaced, and that `auth` presents it as the upstream wants it.", setting: "/auth"),
    Refusal(
      .only([403]),
      texts: [
        "firewall", "virtual network", "private endpoint", "private link", "public access",
        "public network",
      ],
      means: .permission, scope: .credential,
      "the network rules of {place} do not let this machine in. Call from a network that they allow, "
        + "or have its address added.", setting: "/base_url"),
    Refusal(
      .among([403]), codes: ["unsupported_country_region_territory"],
      texts: ["region*not supported", "country*not supported", "not available in*region"],
      means: .permission, scope: .credential,
      "{place} does not serve the region that this machine is in."),
    Refusal(
      .only([403]), texts: ["temporarily blocked"], means: .permission, scope: .credential,
      "{place} has blocked this account for now{message}"),
    Refusal(
      .only([403]), means: .permission, scope: .credential,
      "the credential is known to {place} but may not do this. Give its account the right to use "
        + "the model.", setting: "/auth"),
  ]

  private static let limits: [Refusal] = [
    Refusal(
      codes: [
        "insufficient_quota", "credit_balance_exhausted", "usage_limit_reached",
        "usage_not_included", "billing_hard_limit_reached",
      ],
      texts: ["exceeded your current quota"], means: .quotaExhausted, scope: .credential,
      retry: .no,
      "the quota at {place} is used up, and waiting does not bring it back. Raise the limit or the "
        + "balance of the account."),
    Refusal(
      texts: ["temporarily unable to process", "experiencing high demand"], means: .overloaded,
      scope: .endpoint, "{place} has more requests than it can take. It passes; a retry helps."),
    Refusal(
      codes: ["rate_limit_exceeded", "too_many_requests", "ratelimitreached"],
      texts: ["rate limit", "have been limited"], means: .rateLimited, scope: .model,
      "{place} limits how many requests or tokens this model takes a minute. Wait, or raise its "
        + "limit."),
    Refusal(
      .only([429]), means: .rateLimited, scope: .model,
      "{place} asks for fewer requests{message}"),
    Refusal(
      codes: [
        "slow_down", "server_is_overloaded", "model_overloaded", "engine_overloaded",
        "overloaded_error",
      ], means: .overloaded, scope: .endpoint, "{place} is overloaded. It passes; a retry helps."
    ),
    Refusal(
      .any, codes: ["context_length_exceeded"], texts: ["maximum context length"],
      means: .contextLengthExceeded, scope: .request,
      "the input is longer than the model can take. Shorten the history, or use a model with a larger "
        + "context."),
    Refusal(
      .only([413]), means: .contextLengthExceeded, scope: .request,
      "the request is larger than {endpoint} takes. Shorten it, or send files by reference."),
  ]

  private static let filters: [Refusal] = [
    Refusal(
      codes: [
        "content_filter", "responsibleaipolicyviolation", "invalid_prompt", "cyber_policy",
        "bio_policy", "moderation_blocked", "content_policy_violation",
        "image_content_policy_violation",
      ],
      texts: ["content management policy"], means: .contentFiltered, scope: .request, retry: .no,
      "a content filter refused the prompt, and the same prompt will be refused again. Change it, or the "
        + "filter of the deployment.")
  ]

  private static let histories: [Refusal] = [
    notPersisted,
    Refusal(
      .among([400]), codes: ["invalid_encrypted_content"],
      texts: ["could not be verified", "could not be decrypted", "created under a different"],
      means: .stateLost, scope: .request, remedy: .dropReasoning,
      "the encrypted reasoning in the input was made by another account, endpoint or model. Leave it out."
    ),
    Refusal(
      .among([400]), texts: ["conflicting authenticated continuation identities"],
      means: .stateLost, scope: .request, remedy: .keepNewestReasoning,
      "the input holds encrypted reasoning of more than one answer. Keep that of the newest answer, or "
        + "set reasoning_replay to newest under the target's capabilities."
    ),
    Refusal(
      .among([400]), texts: ["without its required"], means: .stateLost, scope: .request,
      remedy: .replayWithoutOrphans,
      "an item refers by id to the reasoning before it, or reasoning to the item after it, and one of the "
        + "two is not in the input. Leave both out, or replay the turn whole and in its order."),
    Refusal(
      .among([400]), texts: ["no tool call found for"], means: .requestInvalid, scope: .request,
      "a tool's output has no call before it. Replay the call with the same call_id, or chain to the "
        + "response that made it."),
    Refusal(
      .among([400]), texts: ["no tool output found for"], means: .requestInvalid, scope: .request,
      "a tool call in the history has no output. Add an output item for each call."),
    Refusal(
      .among([400]), texts: ["duplicate item found with id"], means: .requestInvalid,
      scope: .request, remedy: .dropDuplicates,
      "the input repeats items that previous_response_id already stands for. Send only what is new."
    ),
    Refusal(
      .among([400]), when: .blaming("input["), texts: ["invalid value: ''"], means: .requestInvalid,
      scope: .request,
      "the item {field} has no type that {place} knows. Give it one: `message` where it has a role, else "
        + "the type that the response gave it."),
    Refusal(
      .among([400]), codes: ["invalid_payload"], texts: ["does not match the expected schema"],
      means: .requestInvalid, scope: .request,
      "{place} found the input in no shape that it knows{message}"),
  ]

  private static let fields: [Refusal] = [
    Refusal(
      .among([400]), when: .blaming("include["), codes: ["invalid_value", "unsupported_value"],
      means: .requestInvalid, scope: .model, remedy: .dropField,
      "{place} does not know the entry {field} for this model{message}"),
    // A value that is not the only one is no field too many, but leaving it out gives just that one.
    Refusal(
      .among([400]), texts: ["only the default*is supported"], means: .requestInvalid,
      scope: .model, remedy: .dropField,
      "the model takes no other value of {field} than its own. Leave it out, or declare it under the "
        + "target's capabilities as false, and it is left out for you."),
    Refusal(
      .among([400]), codes: ["unsupported_parameter", "unknown_parameter"],
      texts: [
        "unsupported parameter", "unknown parameter", "unrecognized request argument",
        "not supported with this model", "not supported on this model",
      ],
      means: .requestInvalid, scope: .model, remedy: .dropField,
      "the model does not take {field}. Leave it out, or declare it under the target's capabilities as "
        + "false, and it is left out for you."),
    Refusal(
      .among([400]), codes: ["unsupported_value"], texts: ["unsupported value"],
      means: .requestInvalid, scope: .model,
      "the model does not take this value of {field}{message}"),
  ]

  /// Goes before every row about items that are not found, as its text says that too.
  public static let notPersisted = Refusal(
    .among([400, 404]), texts: ["not persisted"], means: .stateLost, scope: .request,
    remedy: .replayInline,
    "the input refers by id to items that were never kept, because `store` was false. Send the items "
      + "themselves, reasoning with its encrypted_content.")

  private static let remainder: [Refusal] = [
    Refusal(
      .among([400, 404]), texts: ["response with id*not found"], means: .notFound,
      scope: .request,
      "{place} has no response with the id. It may have expired or belong to another endpoint; one "
        + "that was just made can take half a minute to become readable."),
    Refusal(
      .only([408]), means: .upstreamFailed, scope: .endpoint,
      "{endpoint} gave up waiting. A retry helps."),
    Refusal(
      .only([409]), means: .stateNotReady, scope: .request, retry: .yes,
      "another request is at work on the same conversation. Wait for it to end."),
    Refusal(
      .only([422]), means: .requestInvalid, scope: .request,
      "{endpoint} refused the request{at}{message}"),
    Refusal(
      .only([405, 501]), means: .operationUnsupported, scope: .endpoint,
      "{endpoint} does not have this operation."),
    Refusal(
      .only([404]), means: .notFound, scope: .endpoint,
      "{endpoint} does not know the path {path}. Check base_url{message}", setting: "/base_url",
      leadsToV1: true),
    Refusal(
      .only([502, 503, 504]), means: .overloaded, scope: .endpoint,
      "{endpoint} could not be served just now (status {status}). It passes; a retry helps."),
    // Behind all others: an overloaded upstream says this as well, beside a code that tells more.
    Refusal(
      .among([500]), codes: ["server_error"], means: .upstreamFailed, scope: .endpoint,
      "{endpoint} failed at its own fault. It passes; a retry helps."),
    Refusal(
      .stream, codes: ["invalid_request_error", "invalid_value", "bad_request", "badrequest"],
      means: .requestInvalid, scope: .request, "{endpoint} refused the request{message}"),
  ]

  /// What is said of a refusal that no row is about.
  static func unknown(_ status: Int) -> Refusal {
    switch status {
    case ..<400:
      Refusal(
        means: .upstreamFailed, scope: .endpoint,
        "{endpoint} ended the stream with an error{message}")
    case ..<500:
      Refusal(
        means: .requestInvalid, scope: .request,
        "{endpoint} refused the request{at} with status {status}{message}")
    default:
      Refusal(
        means: .upstreamFailed, scope: .endpoint,
        "{endpoint} failed with status {status}{message}")
    }
  }
}
