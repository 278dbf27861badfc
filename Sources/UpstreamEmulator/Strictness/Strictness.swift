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
  /// What reasoning that carries its blob must look like.
  var sealedReasoning = SealedReasoning.open
  /// Whether the id of an item that is given in full is looked up all the same.
  var looksUpInlineItems = false
  /// Whether stored state becomes readable only after a while.
  var lags = false
  /// Members that are refused by name, in this order, with the words of the refusal.
  var refusedMembers: [(path: String, refusal: Refusal)] = []
  /// Values that are refused.
  var refusedValues: [(path: String, value: String)] = []
  /// The audiences of which a token must have one.
  var audiences: [String] = []
  /// Whether a key is taken in the header `api-key` only.
  var takesKeyInItsHeaderOnly = false
  /// Whether files that were uploaded, and images that are made, have the limits of a resource.
  var limitsFilesAndImages = false
  /// What only some show.
  let quirks: [Quirk]

  /// How much is checked of reasoning with its blob.
  enum SealedReasoning: Sendable {
    /// The published shape.
    case open
    /// The id, and beside it the type, the summary and the blob; refused by place.
    case plain
    /// The same, refused by a schema that names no place.
    case plainBySchema
  }

  /// The table of one upstream, with the quirks that were asked for.
  init(of upstream: EmulatedUpstream, quirks: [Quirk]) {
    self.quirks = quirks
    switch upstream {
    case .openai: break
    case .azureOpenAI:
      audiences = [Self.resourceAudience]
      looksUpInlineItems = true
      lags = true
      limitsFilesAndImages = true
      refusedMembers.append(("prompt_cache_retention", Self.retention))
    case .azureFoundry:
      audiences = [Self.projectAudience]
      requiresItemType = true
      rolesWithoutBareText = ["developer"]
      requiresAnnotations = true
      sealedReasoning = .plainBySchema
      looksUpInlineItems = true
      lags = true
      limitsFilesAndImages = true
      refusedMembers.append(("prompt_cache_retention", Self.retention))
    }
    for quirk in quirks { apply(quirk, of: upstream) }
  }

  private static let resourceAudience = "https://cognitiveservices.azure.com"
  private static let projectAudience = "https://ai.azure.com"

  private static let retention = Refusal.invalid(
    "prompt_cache_retention is not supported on this model", param: "prompt_cache_retention")

  func has(_ quirk: Quirk.Name) -> Bool { quirks.has(quirk) }

  private mutating func apply(_ quirk: Quirk, of upstream: EmulatedUpstream) {
    switch quirk.name {
    case .refuseStore:
      refusedMembers.append(("store", .unsupportedParameter("store", of: upstream)))
    case .refuse:
      let refusal = Refusal.unsupportedParameter(quirk.argument, of: upstream)
      refusedMembers.append((quirk.argument, refusal))
    case .refuseUnknown:
      refusedMembers.append((quirk.argument, .unknownParameter(quirk.argument)))
    case .refuseValue:
      let parts = quirk.argument.split(separator: "=", maxSplits: 1).map(String.init)
      refusedValues.append((parts[0], parts[1]))
    case .refuseBareText:
      rolesWithoutBareText = ["user", "system", "developer", "assistant"]
    case .requireAnnotations: requiresAnnotations = true
    case .plainReasoning where sealedReasoning == .open: sealedReasoning = .plain
    case .bothAudiences: audiences = [Self.resourceAudience, Self.projectAudience]
    case .projectAudience: audiences = [Self.projectAudience]
    case .keyHeaderOnly: takesKeyInItsHeaderOnly = true
    default: break
    }
  }
}
