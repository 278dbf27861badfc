internal import JSONText

/// How many tokens an answer took, as the upstream counted them; nil: it did not say.
public struct TokenUsage: Sendable, Hashable {
  /// What the model read, cached parts included.
  public var input: Int64?
  /// The part of ``input`` that came from a cache.
  public var cachedInput: Int64?
  /// The part of ``input`` that was put into a cache.
  public var cacheWrite: Int64?
  /// What the model wrote, its reasoning included.
  public var output: Int64?
  /// The part of ``output`` that was reasoning.
  public var reasoning: Int64?
  /// All of it.
  public var total: Int64?

  /// States counts.
  public init(
    input: Int64? = nil, cachedInput: Int64? = nil, cacheWrite: Int64? = nil,
    output: Int64? = nil, reasoning: Int64? = nil, total: Int64? = nil
  ) {
    (self.input, self.cachedInput, self.cacheWrite) = (input, cachedInput, cacheWrite)
    (self.output, self.reasoning, self.total) = (output, reasoning, total)
  }

  /// The part of ``input`` that no cache had a share in; never below zero, whatever was counted.
  public var uncachedInput: Int64? {
    input.map { input in
      let unread = max(0, input - (cachedInput ?? 0))
      return max(0, unread - (cacheWrite ?? 0))
    }
  }
}

extension TokenUsage {
  /// Reads a usage object; nil when it counts nothing.
  init?(_ json: [UInt8]) {
    let text = json.span
    guard let root = JSONValue(at: 0..<json.count, in: text) else { return nil }
    func count(_ object: JSONValue?, _ name: StaticString) -> Int64? {
      object?.member(name, in: text)?.integer(in: text).map { Int64(max(0, $0)) }
    }
    let read = root.member("input_tokens_details", in: text)
    let written = root.member("output_tokens_details", in: text)
    self.init(
      input: count(root, "input_tokens"), cachedInput: count(read, "cached_tokens"),
      cacheWrite: count(read, "cache_write_tokens"), output: count(root, "output_tokens"),
      reasoning: count(written, "reasoning_tokens"), total: count(root, "total_tokens"))
    if self == TokenUsage() { return nil }
  }

  func write(to out: inout JSONWriter) {
    out.object { usage in
      usage.member("input_tokens", input)
      usage.member("cached_input_tokens", cachedInput)
      usage.member("cache_write_tokens", cacheWrite)
      usage.member("output_tokens", output)
      usage.member("reasoning_tokens", reasoning)
      usage.member("total_tokens", total)
    }
  }
}
