import JSONText
import TransportSDK

extension Payload {
  /// - Source: the published schema, `max_output_tokens`: at least 16.
  private static var leastOutputTokens: Int { 16 }

  /// Puts the target's model in the place of the alias.
  mutating func nameModel(
    _ model: String, in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    guard !model.isEmpty, let source = rules[.modelName] else { return }
    let sent = editor.field("model", in: body)?.read(in: body) { $0.string(in: $1) }
    guard sent != model else { return }
    editor.set("model", to: JSONEscape.literal(model), because: source, in: body, into: &exchange)
  }

  mutating func limitOutputTokens(in body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    guard let source = rules[.minimumOutputTokens],
      let limit = editor.field("max_output_tokens", in: body)?.read(
        in: body, { $0.number(in: $1) }),
      limit < Double(Self.leastOutputTokens)
    else { return }
    editor.set(
      "max_output_tokens", to: Array("\(Self.leastOutputTokens)".utf8), because: source, in: body,
      into: &exchange)
  }

  mutating func shortenCacheKey(in body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    guard let source = rules[.cacheKeyLength],
      let key = editor.field("prompt_cache_key", in: body)?.read(in: body, { $0.string(in: $1) }),
      let short = ShortID.shorten(key, prefix: "")
    else { return }
    editor.set(
      "prompt_cache_key", to: JSONEscape.literal(short), because: source, in: body, into: &exchange)
  }

  mutating func dropEmptyTools(in body: Span<UInt8>, into exchange: inout ExchangeDraft) {
    guard let source = rules[.emptyTools],
      editor.field("tools", in: body)?.isEmptyArray(in: body) == true
    else { return }
    dropTools(because: source, in: body, into: &exchange)
  }
}

extension JSONValue {
  /// The number, however it is written: `15`, `15.0` and `1.5e1` are one and the same.
  fileprivate func number(in text: Span<UInt8>) -> Double? {
    guard kind == .number else { return nil }
    var digits = ""
    for offset in range { digits.unicodeScalars.append(Unicode.Scalar(text[offset])) }
    return Double(digits)
  }
}

extension Payload {
  /// Takes the tools out, and what chooses among them: alone it would be refused.
  private mutating func dropTools(
    because source: EditSource, in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    for name in ["tools", "tool_choice", "parallel_tool_calls"] {
      editor.remove(name, because: source, in: body, into: &exchange)
    }
  }
}

// MARK: - Fields that are refused

extension Payload {
  /// What a request means hangs on these, so a capability never takes them out.
  private static var essential: [String] {
    ["input", "model", "stream", "background", "previous_response_id", "conversation"]
  }

  /// Treats the fields that this target is known to refuse, as `params.unsupported` says.
  ///
  /// - Throws: `TransportFailure` where the policy is to refuse.
  mutating func dropUnsupported(
    in body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    if let source = rules[.promptCacheRetention] {
      try drop("prompt_cache_retention", because: source, in: body, into: &exchange)
    }
    for name in capabilities.absent {
      try drop(name, because: .parameter(.unsupported), in: body, into: &exchange)
    }
  }

  private mutating func drop(
    _ name: String, because source: EditSource, in body: Span<UInt8>,
    into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    guard let field = editor.field(named: name, in: body) else { return }
    switch settings.unsupported {
    case .pass: return
    case .error:
      throw TransportFailure(
        .requestInvalid,
        "the target does not accept `\(name)`, and params.unsupported is error. Leave it out, or set "
          + "params.unsupported: drop.", pointer: field.pointer(named: name))
    case .drop:
      guard !Self.essential.contains(name) else { return }
      if name == "store", field.isFalse(in: body) {
        exchange.warn(
          "`store: false` is not sent, because the target does not accept it: the upstream may keep "
            + "this request and its response")
      }
      guard name != "tools" else { return dropTools(because: source, in: body, into: &exchange) }
      editor.remove(name, because: source, in: body, into: &exchange)
    }
  }
}
