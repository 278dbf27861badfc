import JSONText

/// The members of a response object that a chat completion is made of.
///
/// Names and types: <https://github.com/openai/openai-python/blob/main/src/openai/types/responses/response.py>.
enum ResponseMember: String {
  case id, model, status, error, output, usage
  case createdAt = "created_at"
  case incompleteDetails = "incomplete_details"
  case serviceTier = "service_tier"
}

/// Why an answer ended, in the words of Chat Completions.
enum FinishReason: String {
  case stop, length
  case toolCalls = "tool_calls"
  case contentFilter = "content_filter"
  case functionCall = "function_call"

  /// Reads the reason from a response object.
  ///
  /// That an answer was cut short counts for more than its calls: a call may be cut as well.
  ///
  /// - Parameters:
  ///   - isIncomplete: Whether the response was cut short.
  ///   - details: The object's `incomplete_details`.
  ///   - hasCalls: Whether tools were called.
  ///   - reply: What the request said about its answer.
  ///   - source: The text that `details` was found in.
  init(
    isIncomplete: Bool, details: JSONValue?, hasCalls: Bool, reply: ChatReply,
    in source: JSONSource
  ) {
    if isIncomplete {
      let reason = details?.member("reason", in: source.bytes.span)
      self = source.isString(reason, "content_filter") ? .contentFilter : .length
    } else if hasCalls {
      self = reply.usesFunctionCall ? .functionCall : .toolCalls
    } else {
      self = .stop
    }
  }
}
