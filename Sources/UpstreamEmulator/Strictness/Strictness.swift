/// What one upstream refuses beyond the published shapes.
///
/// The whole difference between the payloads of the three stands in this table.
struct Strictness: Sendable {
  /// Whether an item of `input` must say its type, messages included.
  var requiresItemType = false
  /// The roles whose content must be a list of parts.
  var rolesWithoutBareText: Set<String> = []
  /// Whether text of the assistant must carry `annotations`.
  var requiresAnnotations = false
  /// Whether reasoning that carries its blob must keep its id, and carry nothing else.
  var requiresPlainReasoning = false
  /// Whether the id of an item that is given in full is looked up all the same.
  var looksUpInlineItems = false
  /// Whether stored state becomes readable only after a while.
  var lags = false
  /// Top-level members that are refused by name, with the words of the refusal.
  var refusedMembers: [String: Refusal] = [:]
  /// The audiences of which a token must have one.
  var audiences: [String] = []
  /// Whether a key is taken in the header `api-key` only.
  var takesKeyInItsHeaderOnly = false
  /// Whether an empty list of tools is refused.
  var refusesEmptyTools = false
  /// Whether reasoning of two earlier responses may not be mixed.
  var refusesMixedReasoning = false

  /// The table of one upstream, with the quirks that were asked for.
  init(of upstream: EmulatedUpstream, quirks: [Quirk]) {
    switch upstream {
    case .openai: break
    case .azureOpenAI:
      audiences = [Self.resourceAudience]
      looksUpInlineItems = true
      lags = true
      refusedMembers["prompt_cache_retention"] = Self.retention
    case .azureFoundry:
      audiences = [Self.projectAudience]
      requiresItemType = true
      rolesWithoutBareText = ["developer"]
      requiresAnnotations = true
      requiresPlainReasoning = true
      looksUpInlineItems = true
      lags = true
      refusedMembers["prompt_cache_retention"] = Self.retention
    }
    for quirk in quirks { apply(quirk) }
  }

  private static let resourceAudience = "https://cognitiveservices.azure.com"
  private static let projectAudience = "https://ai.azure.com"

  private static let retention = Refusal.invalid(
    "prompt_cache_retention is not supported on this model", param: "prompt_cache_retention")

  private mutating func apply(_ quirk: Quirk) {
    switch quirk.name {
    case .refuseStore: refusedMembers["store"] = .unsupportedParameter("store")
    case .refuse: refusedMembers[quirk.argument] = .unsupportedParameter(quirk.argument)
    case .refuseBareText:
      rolesWithoutBareText = ["user", "system", "developer", "assistant"]
    case .refuseEmptyTools: refusesEmptyTools = true
    case .bothAudiences: audiences = [Self.resourceAudience, Self.projectAudience]
    case .projectAudience: audiences = [Self.projectAudience]
    case .keyHeaderOnly: takesKeyInItsHeaderOnly = true
    case .refuseMixedReasoning: refusesMixedReasoning = true
    case .pace, .oddDeltas, .lateBlob, .comments, .noObfuscation: break
    }
  }
}
