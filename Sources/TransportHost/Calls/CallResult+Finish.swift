internal import JSONText

extension CallResult {
  /// Why the model stopped.
  public enum Finish: Sendable, Hashable {
    /// It had said what it had to say.
    case stop
    /// It waits for the output of tools that it called.
    case toolCalls
    /// It reached the greatest length of its output.
    case length
    /// Something else ended it early: the upstream's own word, or `unknown`.
    case incomplete(reason: String)
  }

  /// Why the model stopped, from the response's status and its items.
  public var finish: Finish {
    switch incompleteReason {
    case "max_output_tokens": .length
    case let reason?: .incomplete(reason: reason)
    case nil: hasToolCalls ? .toolCalls : .stop
    }
  }

  private var hasToolCalls: Bool {
    outputItems.contains { item in
      let span = item.span
      guard let type = JSONValue(at: 0..<item.count, in: span)?.member("type", in: span) else {
        return false
      }
      return type.isString("function_call", in: span)
        || type.isString("custom_tool_call", in: span)
    }
  }
}
