public import TransportSDK

/// Edits that a Responses upstream may need; which of them apply, a plugin's ``RuleSet`` says.
///
/// Each is made without evidence from the upstream at hand, so each stands on a public report that can
/// be read; but for those that are ``amending``, which wait until it refuses. The ids are stable: people
/// see them in reports and look them up.
public enum PayloadRule: Int, Sendable, CaseIterable {
  /// The target's model goes on the wire, not the alias that the caller used.
  case modelName
  /// Call ids of more than 64 characters are shortened, alike on call and output.
  case callIDLength
  /// A cache key of more than 64 characters is shortened.
  case cacheKeyLength
  /// A limit of less than 16 output tokens is raised to 16.
  case minimumOutputTokens
  /// Items without a type get the one that they must be of.
  case messageType
  /// A message's text becomes a list of parts.
  case contentParts
  /// Text of the assistant gets an empty list of annotations.
  case assistantAnnotations
  /// Items lose the id that the upstream once gave them.
  case replayedID
  /// Items lose the status that the upstream once gave them.
  case replayedStatus
  /// Encrypted reasoning keeps the fields that every upstream takes.
  case reasoningFields
  /// Reasoning that can neither be decrypted nor be looked up is dropped.
  case reasoningWithoutBlob
  /// `prompt_cache_retention` is removed.
  case promptCacheRetention
  /// An empty list of tools and what hangs on it is removed.
  case emptyTools
  /// Encrypted reasoning is asked for.
  case encryptedInclude
  /// Reasoning of more than one turn is refused here, so only the newest turn keeps any.
  case newestReasoning
  /// Reasoning that the upstream cannot decrypt is dropped.
  case foreignReasoning
  /// What the upstream does not find by its id is sent in full.
  case inlineReplay
  /// Items for which the previous response stands are dropped.
  case duplicateItems

  /// The rules that wait for a refusal, after which an amended attempt applies them.
  public static let amending: [PayloadRule] = [
    .newestReasoning, .foreignReasoning, .inlineReplay, .duplicateItems,
  ]

  /// The rule as people see it.
  public var rule: Rule {
    switch self {
    case .modelName:
      Rule(
        id: "model-name",
        reason: "The target's model in providers.yaml stands for the name that the caller used.",
        link: "https://github.com/openai/codex/issues/2025")
    case .callIDLength:
      Rule(
        id: "call-id-length",
        reason:
          "Call ids of more than 64 characters are refused; call and output get the same hash.",
        link: "https://github.com/openai/openai-openapi")
    case .cacheKeyLength:
      Rule(
        id: "cache-key-length",
        reason: "A prompt_cache_key of more than 64 characters is refused; its hash is sent.",
        link: "https://github.com/openai/openai-openapi")
    case .minimumOutputTokens:
      Rule(
        id: "min-output-tokens", reason: "A max_output_tokens below 16 is refused.",
        link: "https://github.com/openai/openai-openapi")
    case .messageType:
      Rule(
        id: "message-type",
        reason: "This upstream refuses an item without a type: \"Invalid value: ''\".",
        link: "https://github.com/openclaw/openclaw/issues/84109")
    case .contentParts:
      Rule(
        id: "content-parts",
        reason:
          "This upstream refuses bare text in some messages; a list of parts is always taken.",
        link: "https://github.com/vercel/ai/issues/20180")
    case .assistantAnnotations:
      Rule(
        id: "assistant-annotations",
        reason: "This upstream's schema demands annotations on the assistant's text.",
        link: "https://github.com/NousResearch/hermes-agent/issues/67667")
    case .replayedID:
      Rule(
        id: "replayed-id",
        reason: """
          An id makes this upstream look the item up, and seconds after its birth that fails: \
          "Item with id … not found". Calls and outputs pair by call_id.
          """,
        link: "https://github.com/maximhq/bifrost/issues/6382")
    case .replayedStatus:
      Rule(
        id: "replayed-status",
        reason:
          "The upstream gives the status when it returns an item; strict schemas refuse it back.",
        link: "https://github.com/openai/openai-openapi")
    case .reasoningFields:
      Rule(
        id: "reasoning-fields",
        reason: "Encrypted reasoning is taken with type, id, summary and encrypted_content only.",
        link: "https://github.com/openclaw/openclaw/issues/91033")
    case .reasoningWithoutBlob:
      Rule(
        id: "reasoning-without-blob",
        reason: """
          With store: false nothing is kept by which reasoning without encrypted_content could be \
          found: "Items are not persisted".
          """,
        link: "https://github.com/openclaw/openclaw/issues/21782")
    case .promptCacheRetention:
      Rule(
        id: "prompt-cache-retention",
        reason: "This upstream refuses prompt_cache_retention on some models.",
        link: "https://github.com/OpenHands/software-agent-sdk/issues/2295")
    case .emptyTools:
      Rule(
        id: "empty-tools",
        reason: "An empty list of tools, and what chooses among them, is not taken everywhere.",
        link: "https://github.com/NousResearch/hermes-agent")
    case .encryptedInclude:
      Rule(
        id: "encrypted-include",
        reason: "Without stored responses the next turn needs the reasoning in encrypted form.",
        link: "https://github.com/openai/openai-openapi")
    case .newestReasoning, .foreignReasoning, .inlineReplay, .duplicateItems: amendingRule
    }
  }
}

extension PayloadRule {
  private var amendingRule: Rule {
    switch self {
    case .newestReasoning:
      Rule(
        id: "newest-reasoning",
        reason: """
          This model refused encrypted reasoning of more than one answer: "Conflicting authenticated \
          continuation identities".
          """,
        link: "https://github.com/NousResearch/hermes-agent/issues/106718")
    case .foreignReasoning:
      Rule(
        id: "foreign-reasoning",
        reason:
          "The upstream refused encrypted reasoning that another account, endpoint or model made.",
        link: "https://github.com/openai/codex/issues/8123")
    case .inlineReplay:
      Rule(
        id: "inline-replay",
        reason: """
          The upstream did not find what the request named by an id, so the items are sent without \
          ids, and the transcript in the place of the previous response.
          """,
        link: "https://github.com/dotnet/extensions/issues/7704")
    default:
      Rule(
        id: "duplicate-items",
        reason: "The upstream refused items for which previous_response_id already stands.",
        link: "https://github.com/microsoft/agent-framework")
    }
  }
}

/// The rules that one upstream needs, in the order of its table.
public struct RuleSet: Sendable {
  /// The table that reports index.
  public let rules: [Rule]
  private let indices: [Int?]

  /// States the rules.
  public init(_ rules: [PayloadRule]) {
    self.rules = rules.map(\.rule)
    indices = PayloadRule.allCases.map { rules.firstIndex(of: $0) }
  }

  /// Where reports find the rule; nil when the upstream does not need it.
  subscript(rule: PayloadRule) -> EditSource? {
    indices[rule.rawValue].map { .rule($0) }
  }
}
