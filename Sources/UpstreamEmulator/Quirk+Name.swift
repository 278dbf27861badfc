extension Quirk {
  /// Every quirk there is.
  package enum Name: String, Sendable, CaseIterable {
    case refuseStore = "refuse-store"
    case refuse = "refuse"
    case refuseUnknown = "refuse-unknown"
    case refuseValue = "refuse-value"
    case refuseBareText = "refuse-bare-text"
    case refuseEmptyTools = "refuse-empty-tools"
    case refuseVersion = "refuse-version"
    case versionBreaksCalls = "version-breaks-calls"
    case chatOnly = "chat-only"
    case oldFields = "old-fields"
    case stringOutputs = "string-outputs"
    case requireAnnotations = "require-annotations"
    case nullCodes = "null-codes"

    case refuseMixedReasoning = "refuse-mixed-reasoning"
    case refuseAnyReasoning = "refuse-any-reasoning"
    case refuseReasoningWithCalls = "refuse-reasoning-with-calls"
    case plainReasoning = "plain-reasoning"
    case noEncryptedContent = "no-encrypted-content"
    case sealPerDeployment = "seal-per-deployment"
    case resourceWords = "resource-words"

    case referencesBreakCalls = "references-break-calls"
    case race404 = "race-404"
    case raceNoCall = "race-no-call"
    case lostStore = "lost-store"

    case bothAudiences = "both-audiences"
    case projectAudience = "project-audience"
    case keyHeaderOnly = "key-header-only"

    case pace = "pace"
    case work = "work"
    case scalarDeltas = "scalar-deltas"
    case escapes = "escapes"
    case comments = "comments"
    case noObfuscation = "no-obfuscation"
    case oddDeltas = "odd-deltas"
    case oddParts = "odd-parts"
    case lateBlob = "late-blob"
    case nullFilters = "null-filters"
    case oddUsage = "odd-usage"
    case noUsage = "no-usage"
  }
}

extension Quirk.Name {
  /// How it is written, with the kind of its argument.
  package var usage: String { rawValue + argument.usage }

  var argument: QuirkArgument {
    switch self {
    case .refuse, .refuseUnknown: .text("PATH")
    case .refuseValue: .pathAndValue
    case .pace, .work: .milliseconds
    default: .none
    }
  }

  /// One line for a person.
  package var explanation: String {
    switch self {
    case .refuseStore: "refuse a request that says `store`"
    case .refuse: "unsupported parameter, such as reasoning.effort"
    case .refuseUnknown: "unknown parameter, such as text.verbosity"
    case .refuseValue: "refuse one value, also of a list"
    case .refuseBareText: "refuse plain string content of any message"
    case .refuseEmptyTools: "refuse an empty list of tools"
    case .refuseVersion: "refuse any api-version on the v1 path"
    case .versionBreaksCalls: "take api-version on v1, lose the calls"
    case .chatOnly: "a deployment without the Responses API"
    case .oldFields: "dated paths lack the newer fields"
    case .stringOutputs: "a tool's output must be a string"
    case .requireAnnotations: "assistant text must have annotations"
    case .nullCodes: "the model layer's codes are null"
    case .refuseMixedReasoning: "refuse sealed reasoning of two responses"
    case .refuseAnyReasoning: "refuse sealed reasoning of even one"
    case .refuseReasoningWithCalls: "refuse reasoning, call and output together"
    case .plainReasoning: "reasoning has its id, and no more than four fields"
    case .noEncryptedContent: "refuse to seal reasoning"
    case .sealPerDeployment: "reasoning of another deployment is foreign"
    case .resourceWords: "foreign reasoning in other words"
    case .referencesBreakCalls: "a reference to a call is no call"
    case .race404: "404 for a response that cannot be read yet"
    case .raceNoCall: "a parent that cannot be read has no calls"
    case .lostStore: "what was stored can never be read"
    case .bothAudiences: "take tokens of either audience"
    case .projectAudience: "take tokens for https://ai.azure.com"
    case .keyHeaderOnly: "take a key in the header api-key only"
    case .pace: "wait so many milliseconds before each event"
    case .work: "work in the background takes so many milliseconds"
    case .scalarDeltas: "one Unicode scalar in each delta of text"
    case .escapes: "write what is not ASCII as \\u escapes"
    case .comments: "send a keep-alive comment before each event"
    case .noObfuscation: "leave the padding out of delta events"
    case .oddDeltas: "send text as response.text.delta"
    case .oddParts: "send text in parts of the type `text`"
    case .lateBlob: "sealed reasoning in the terminal event only"
    case .nullFilters: "content_filters are null to the end"
    case .oddUsage: "more cached tokens than there were"
    case .noUsage: "no usage in the terminal event"
    }
  }
}
