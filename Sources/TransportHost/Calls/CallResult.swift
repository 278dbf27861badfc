import JSONText

/// A finished answer.
public struct CallResult: Sendable {
  /// A tool that the model wants called.
  public struct FunctionCall: Sendable, Hashable {
    /// Pairs the call with its output.
    public var callID: String
    /// The function.
    public var name: String
    /// Its arguments as JSON text.
    public var arguments: String
  }

  /// The response object as the upstream sent it.
  ///
  /// Where it lacks output that earlier events held, that was put back and ``warnings`` says so.
  public var response: [UInt8]
  /// Why the answer is incomplete, or nil when it is whole: `max_output_tokens`.
  public var incompleteReason: String?
  /// The tokens it took, or nil where the upstream did not count them.
  public var usage: TokenUsage?
  /// The model that answered: what the upstream's headers say, else what the response names, which may
  /// be the name that was sent; nil where neither says.
  public var servedModel: String?
  /// What the headers of the response said of limits; empty where they said nothing.
  public var rateLimits: [RateLimit]
  /// What the transport changed in the request; composed when asked for.
  public var edits: [Explanation.Edit] { call.edits }
  /// What the caller should know besides.
  public var warnings: [String]
  /// Headers of the response.
  public var headers: [(name: String, value: String)] {
    get { received.pairs }
    set { received = .composed(newValue) }
  }
  /// What ``headers`` are made of.
  var received: ResponseHeaders
  /// What was tried.
  public var attempts: [AttemptRecord]
  /// What was sent.
  let call: PreparedCall
}

extension CallResult {
  /// The response's id, for `previous_response_id` where the upstream keeps it; nil: it has none.
  public var id: String? {
    let span = response.span
    return JSONValue(at: 0..<span.count, in: span)?.member("id", in: span)?.string(in: span)
  }

  /// The text of all output messages, in order.
  ///
  /// Some upstreams repeat a message as it grows: of neighbours with the same id, each the beginning of
  /// the next, the last one counts.
  public var text: String {
    let bytes = response
    let span = bytes.span
    var texts: [(id: String, text: String)] = []
    for item in outputItems(named: "message") {
      let id = item.member("id", in: span)?.string(in: span) ?? ""
      let text = Self.text(of: item, in: span)
      if let last = texts.last, !id.isEmpty, last.id == id, text.hasPrefix(last.text) {
        texts.removeLast()
      }
      texts.append((id, text))
    }
    return texts.map(\.text).joined()
  }

  private static func text(of item: JSONValue, in span: Span<UInt8>) -> String {
    guard let content = item.member("content", in: span) else { return "" }
    var text = ""
    var parts = JSONItems(of: content)
    while let part = parts.next(in: span) {
      guard let kind = part.member("type", in: span),
        kind.isString("output_text", in: span) || kind.isString("text", in: span)
      else { continue }
      text += part.member("text", in: span)?.string(in: span) ?? ""
    }
    return text
  }

  /// The tools that the model wants called, found by their type.
  public var functionCalls: [FunctionCall] {
    let bytes = response
    let span = bytes.span
    return outputItems(named: "function_call").map { item in
      FunctionCall(
        callID: item.member("call_id", in: span)?.string(in: span) ?? "",
        name: item.member("name", in: span)?.string(in: span) ?? "",
        arguments: item.member("arguments", in: span)?.string(in: span) ?? "")
    }
  }

  /// The output items as JSON, to be replayed in the next turn.
  public var outputItems: [[UInt8]] {
    let bytes = response
    let span = bytes.span
    guard let output = JSONValue(at: 0..<span.count, in: span)?.member("output", in: span) else {
      return []
    }
    var items: [[UInt8]] = []
    var cursor = JSONItems(of: output)
    while let item = cursor.next(in: span) { items.append(Array(bytes[item.range])) }
    return items
  }

  private func outputItems(named type: StaticString) -> [JSONValue] {
    let bytes = response
    let span = bytes.span
    guard let output = JSONValue(at: 0..<span.count, in: span)?.member("output", in: span) else {
      return []
    }
    var items: [JSONValue] = []
    var cursor = JSONItems(of: output)
    while let item = cursor.next(in: span) {
      if item.member("type", in: span)?.isString(type, in: span) == true { items.append(item) }
    }
    return items
  }
}
