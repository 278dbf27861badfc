/// What a request says about the form of its answer.
public struct ChatReply: Sendable, Hashable {
  /// Whether a stream ends with a chunk of token counts (`stream_options.include_usage`).
  public var includesUsage: Bool
  /// Whether a call goes into `message.function_call`, as `functions` had it before there were `tools`.
  public var usesFunctionCall: Bool

  /// Describes an answer's form.
  ///
  /// - Parameters:
  ///   - includesUsage: Whether a stream ends with a chunk of token counts.
  ///   - usesFunctionCall: Whether a call goes into `function_call`.
  public init(includesUsage: Bool = false, usesFunctionCall: Bool = false) {
    self.includesUsage = includesUsage
    self.usesFunctionCall = usesFunctionCall
  }
}
