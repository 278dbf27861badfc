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
    if let whole = integer(in: text) { return Double(whole) }
    var digits = ""
    for offset in range { digits.unicodeScalars.append(Unicode.Scalar(text[offset])) }
    return Double(digits)
  }
}
