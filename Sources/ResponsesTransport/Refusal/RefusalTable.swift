import TransportSDK

/// Classifies refusals by the rows of a plugin.
struct RefusalTable: Sendable {
  let rows: [Refusal]
  let context: RefusalContext
  /// The header in which the upstream repeats its code, or nil.
  let codeHeader: String?

  /// Says what a refusal means.
  ///
  /// - Parameters:
  ///   - head: Status and headers; a status below 400 stands for an error inside of a stream.
  ///   - body: The body or the stream's error object.
  /// - Returns: What the first row that fits says.
  func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    var error = ErrorBody(body)
    error.adopt(codeHeader.flatMap { head[$0] })
    let refused = Refusal.Case(head, error, family: context.family)
    let told = rows.first { $0.fits(refused) }
    let row = told ?? (Self.isUsedUp(refused) ? .usedUp : .unknown(head.status))
    return failure(row, refused)
  }

  /// Whether an error inside of a stream that names nothing has its cause in the headers before it.
  private static func isUsedUp(_ refused: Refusal.Case) -> Bool {
    refused.isInStream && refused.error.names.isEmpty
      && RateLimitHeaders.exhaustedUnit(of: refused.head) != nil
  }

  private func failure(_ row: Refusal, _ refused: Refusal.Case) -> TransportFailure {
    let retry = row.retry(refused.head)
    let amendment = amendment(for: row, refused)
    let stateID = row.code.isAboutState ? StateID.find(in: refused) : ""
    let isPathKnown = row.leadsToV1 && !context.wayToV1.value.isEmpty
    return TransportFailure(
      row.code, scope: row.scope, fill(row.words, refused, stateID),
      upstreamCode: refused.error.code,
      retryAfter: delay(row, refused.head, retry, refused.message),
      amendment: amendment?.text ?? "", isLasting: amendment?.kind.isLasting ?? false,
      setting: isPathKnown ? context.wayToV1.setting : row.setting,
      suggestion: isPathKnown ? context.wayToV1.value : row.suggestion,
      tokenScope: row.code == .auth ? tokenScope(refused) : "", stateID: stateID, retry: retry)
  }

  private func delay(
    _ row: Refusal, _ head: ResponseHead, _ retry: TransportFailure.Retry, _ message: String
  ) -> Duration? {
    // What is used up helps nobody before it is whole, whatever else is said of another try.
    if row.code == .quotaExhausted { return RateLimitHeaders.untilWhole(head) }
    guard row.code.isPassing || retry == .yes else { return nil }
    return RetryDelay.read(head, message: message)
  }

  private func tokenScope(_ refused: Refusal.Case) -> String {
    guard context.takesTokens else { return "" }
    return TokenAudience.scope(in: refused.message, among: context.audiences)
  }

  private func fill(_ words: String, _ refused: Refusal.Case, _ stateID: String) -> String {
    let field = RefusedField.name(in: refused)
    let parameter = refused.error.parameter.prefix(100)
    let excerpt = refused.error.excerpt
    let audiences = TokenAudience.all(in: refused.message)
    return words.filling([
      "endpoint": context.endpoint, "place": context.place, "status": "\(refused.head.status)",
      "model": refused.head.model.isEmpty ? "(not named)" : "`\(refused.head.model)`",
      "id": stateID.isEmpty ? "something" : "`\(stateID)`",
      "field": field.isEmpty ? "a field" : "`\(field)`",
      "audience": (audiences.isEmpty ? Array(context.audiences.prefix(1)) : audiences)
        .joined(separator: " or "),
      "path": context.path + (refused.head.operation == "models" ? "/models" : "/responses"),
      "v1": context.v1Path, "at": parameter.isEmpty ? "" : " at `\(parameter)`",
      "message": excerpt.isEmpty ? "." : ": \(excerpt)",
    ])
  }
}

// MARK: - Amendments

extension RefusalTable {
  /// What a later attempt may change; nil: nothing, or nothing that the policy allows.
  private func amendment(
    for row: Refusal, _ refused: Refusal.Case
  ) -> (kind: Amendment.Kind, text: String)? {
    guard context.amends, let remedy = row.remedy else { return nil }
    for kind in remedy.kinds {
      let text =
        kind == .dropParameter ? RefusedField.amendment(refused) : refused.notes.possible(kind)
      if let text, !refused.notes.hasApplied(text) { return (kind, text) }
    }
    return nil
  }
}

extension Refusal.Remedy {
  /// In this order: the first that would change the request is offered.
  fileprivate var kinds: [Amendment.Kind] {
    switch self {
    case .dropField: [.dropParameter]
    case .keepNewestReasoning: [.newestReasoning, .dropReasoning]
    case .dropReasoning: [.dropReasoning]
    case .dropVersion: [.dropVersion]
    case .replayInline: [.inlineReplay]
    case .replayWithoutOrphans: [.inlineReplay, .dropReasoning]
    case .dropDuplicates: [.dropDuplicates]
    }
  }
}

extension Refusal {
  /// What the upstream itself says of another try stands above the row, with one exception.
  fileprivate func retry(_ head: ResponseHead) -> TransportFailure.Retry {
    switch head["x-should-retry"] {
    case "true": code == .quotaExhausted || code == .contentFiltered ? retry : .yes
    case "false": .no
    default: retry
    }
  }
}

extension TransportFailure.Code {
  /// Whether waiting may help, so that a delay that was asked for matters.
  fileprivate var isPassing: Bool {
    switch self {
    case .rateLimited, .overloaded, .upstreamFailed, .stateNotReady: true
    default: false
    }
  }

  fileprivate var isAboutState: Bool { self == .stateNotReady || self == .stateLost }
}

extension String {
  /// With each `{name}` replaced; what a value holds is not looked at again.
  fileprivate func filling(_ values: [String: String]) -> String {
    var filled = ""
    var rest = self[...]
    while let brace = rest.firstIndex(of: "{"), let end = rest[brace...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: brace)..<end])
      filled += rest[..<brace]
      filled += values[name] ?? "{\(name)}"
      rest = rest[rest.index(after: end)...]
    }
    return filled + rest
  }
}
