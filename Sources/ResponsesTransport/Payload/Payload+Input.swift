import JSONText
import TransportSDK

extension Payload {
  /// Applies the rules about items, and what amendments and capabilities say of them.
  ///
  /// - Throws: `TransportFailure` for an item that can be of no type, or that the target is declared
  ///   not to take where the policy is to refuse.
  mutating func walkInput(
    in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    let parent = parentID(in: body)
    if amends, let parent { exchange.note(parent: parent) }
    guard case .input(let input) = editor.field("input", in: body), input.kind == .array else {
      return
    }
    let survey = needsSurvey(parent) ? InputSurvey(of: input, in: body) : nil
    let isReplaceable = parent != nil && survey?.carriesTranscript ?? false
    let isInline = amendments.isInline && (parent == nil || isReplaceable)
    let plan = try plan(for: survey, isInline: isInline, isChained: parent != nil)
    if isInline, parent != nil, let source = rules[.inlineReplay] {
      editor.remove("previous_response_id", because: source, in: body, into: &exchange)
    }
    let keepsNothing = editor.field("store", in: body)?.isFalse(in: body) ?? false
    var walk = InputWalk(
      rules: rules, dropsReasoning: keepsNothing, plan: plan, phase: phaseRemoval,
      edits: editor.nested)
    try walk.run(over: input, in: body, into: &exchange)
    editor.nested = walk.edits
    guard amends else { return }
    walk.prospects.note(
      for: rules, parent: (parent != nil && !isInline, isReplaceable), in: body, into: &exchange)
  }

  /// Whether refusals of the upstream may change later attempts.
  private var amends: Bool { unsupported == .drop }

  private func needsSurvey(_ parent: String?) -> Bool {
    amendments.areAboutInput || amends && parent != nil || reasoningReplay != .whole
  }

  /// The response that the request chains to; nil: none.
  private func parentID(in body: Span<UInt8>) -> String? {
    editor.field("previous_response_id", in: body)?.read(in: body) { $0.string(in: $1) }
  }

  private var phaseRemoval: EditSource? {
    guard unsupported == .drop else { return nil }
    let isRefused =
      capabilities.absent.contains("phase")
      || amendments.fields.contains { $0.part == .ofItems("phase") }
    return isRefused ? .parameter(.unsupported) : nil
  }
}

// MARK: - The plan

extension Payload {
  /// How much reasoning of earlier turns the target takes.
  private enum ReasoningReplay {
    case whole, newest, none
  }

  private var reasoningReplay: ReasoningReplay {
    guard unsupported != .pass else { return .whole }
    if capabilities.absent.contains(Capabilities.reasoningReplay) { return .none }
    return capabilities.texts[Capabilities.reasoningReplay] == "newest" ? .newest : .whole
  }

  private func plan(
    for survey: InputSurvey?, isInline: Bool, isChained: Bool
  ) throws(TransportFailure) -> InputPlan? {
    guard let survey else { return nil }
    var plan = InputPlan(for: survey)
    try applyCapability(to: &plan)
    if amendments.keepsNewestReasoning, let source = rules[.newestReasoning] {
      plan.keepNewestReasoning(because: source)
    }
    if !amendments.fingerprints.isEmpty, let source = rules[.foreignReasoning] {
      plan.dropReasoning(until: amendments.fingerprints, because: source)
    }
    if isInline, let source = rules[.inlineReplay] {
      plan.replayInline(because: source)
    } else if amendments.dropsDuplicates, isChained, let source = rules[.duplicateItems] {
      plan.dropDuplicates(because: source)
    }
    return plan
  }

  private func applyCapability(to plan: inout InputPlan) throws(TransportFailure) {
    switch reasoningReplay {
    case .whole: return
    case .newest: plan.keepNewestReasoning(because: .parameter(.unsupported))
    case .none: plan.dropReasoning(because: .parameter(.unsupported)) { _ in true }
    }
    guard unsupported == .error, let index = plan.firstDropped else { return }
    throw TransportFailure(
      .requestInvalid,
      "the target does not accept this reasoning (capabilities: reasoning_replay), and "
        + "params.unsupported is error. Leave it out, or set params.unsupported: drop.",
      pointer: "/input/\(index)")
  }
}
