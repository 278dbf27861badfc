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
  ///
  /// Of duplicates the last counts, as for parsers.
  init?(_ json: [UInt8]) {
    let text = json.span
    guard let root = JSONValue(at: 0..<json.count, in: text), root.kind == .object else {
      return nil
    }
    self.init()
    var members = JSONMembers(of: root)
    while let member = members.next(in: text) { take(member, in: text) }
    if self == TokenUsage() { return nil }
  }

  private mutating func take(_ member: JSONMember, in text: Span<UInt8>) {
    if member.isNamed("input_tokens", in: text) {
      input = member.value.count(in: text)
    } else if member.isNamed("output_tokens", in: text) {
      output = member.value.count(in: text)
    } else if member.isNamed("total_tokens", in: text) {
      total = member.value.count(in: text)
    } else if member.isNamed("input_tokens_details", in: text) {
      cachedInput = member.value.member("cached_tokens", in: text)?.count(in: text)
      cacheWrite = member.value.member("cache_write_tokens", in: text)?.count(in: text)
    } else if member.isNamed("output_tokens_details", in: text) {
      reasoning = member.value.member("reasoning_tokens", in: text)?.count(in: text)
    }
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

extension JSONValue {
  /// A number of tokens; nil where it is no whole number.
  fileprivate func count(in text: Span<UInt8>) -> Int64? {
    integer(in: text).map { Int64(max(0, $0)) }
  }
}
