import JSONText
import TransportSDK

/// Makes the body that goes on the wire.
///
/// The order is fixed: `params` (the editor applies them as it is made), `state`, then the rules. What
/// a configuration adds is thus seen by the rules like what the caller sent.
struct Payload {
  let rules: RuleSet
  let state: TransportSettings.State
  let unsupported: TransportSettings.UnsupportedPolicy
  let operation: Operation
  let capabilities: Capabilities
  let amendments: Amendments
  var editor: BodyEditor

  /// Applies `params`.
  ///
  /// - Throws: `TransportFailure` when a parameter cannot be applied.
  init(
    _ request: TransportRequest, rules: RuleSet, settings: TransportSettings,
    amendments: Amendments, body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    self.rules = rules
    self.amendments = amendments
    (state, unsupported) = (settings.state, settings.unsupported)
    operation = request.operation
    capabilities = Capabilities(request.capabilities)
    editor = try BodyEditor(request.withoutForeignSettings, body: body, into: &exchange)
  }

  /// Applies `state` and the rules.
  ///
  /// - Parameters:
  ///   - model: What goes on the wire as the model; empty: what the caller sent.
  ///   - body: The caller's JSON.
  ///   - exchange: Takes the body, the edits and the warnings.
  /// - Throws: `TransportFailure` when the request cannot be sent.
  consuming func finish(
    model: String, body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    if operation == .create { applyState(to: body, into: &exchange) }
    nameModel(model, in: body, into: &exchange)
    try dropUnsupported(in: body, into: &exchange)
    limitOutputTokens(in: body, into: &exchange)
    shortenCacheKey(in: body, into: &exchange)
    dropEmptyTools(in: body, into: &exchange)
    if operation == .create { editInclude(in: body, into: &exchange) }
    try walkInput(in: body, into: &exchange)
    exchange.body = editor.finish(body)
  }
}

extension TransportRequest {
  /// The request without what `params.set` adds, unless it makes a response.
  ///
  /// The schemas of the other operations do not have those fields. Removing and limiting stay, as they touch only what the caller sent.
  fileprivate var withoutForeignSettings: TransportRequest {
    guard operation != .create, !parameters.sets.isEmpty else { return self }
    return TransportRequest(
      operation: operation, model: model, responseID: responseID, query: query, members: members,
      isStream: isStream, attempt: attempt, credential: credential,
      parameters: RequestParameters(removes: parameters.removes, clamps: parameters.clamps),
      capabilities: capabilities, amendments: amendments)
  }
}

// MARK: - Reading fields

extension BodyEditor.Field {
  /// Reads the value, wherever it stands; nil when a literal is no JSON.
  func read<Result>(
    in body: Span<UInt8>, _ reading: (JSONValue, Span<UInt8>) -> Result?
  ) -> Result? {
    switch self {
    case .input(let value): return reading(value, body)
    case .literal(let literal):
      guard let root = try? JSONText.validate(literal.span) else { return nil }
      return reading(root, literal.span)
    }
  }

  /// Whether the value is `false`.
  func isFalse(in body: Span<UInt8>) -> Bool {
    read(in: body) { value, _ in value.kind == .false } ?? false
  }

  /// Whether the value is `[]`.
  func isEmptyArray(in body: Span<UInt8>) -> Bool {
    read(in: body) { value, text in
      var items = JSONItems(of: value)
      return value.kind == .array && items.next(in: text) == nil
    } ?? false
  }

  /// Where a failure points: into the caller's body, or nowhere when the configuration set the field.
  func pointer(named name: String) -> String {
    if case .input = self { JSONPointer.appending(name, to: "") } else { "" }
  }
}
