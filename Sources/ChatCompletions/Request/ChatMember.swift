import JSONText

/// The members of a request that are not just passed on.
///
/// The names and types are those of
/// <https://github.com/openai/openai-python/blob/main/src/openai/types/chat/completion_create_params.py>;
/// the last group has names of Responses that are looked at where a request has them all the same.
enum ChatMember: String {
  case model, temperature, user, moderation, metadata, store, stream
  case topP = "top_p"
  case safetyIdentifier = "safety_identifier"
  case promptCacheKey = "prompt_cache_key"
  case promptCacheOptions = "prompt_cache_options"
  case promptCacheRetention = "prompt_cache_retention"
  case serviceTier = "service_tier"
  case parallelToolCalls = "parallel_tool_calls"

  case messages, functions, tools, verbosity, logprobs, modalities, audio, n, stop, seed, prediction
  case functionCall = "function_call"
  case toolChoice = "tool_choice"
  case responseFormat = "response_format"
  case reasoningEffort = "reasoning_effort"
  case maxTokens = "max_tokens"
  case maxCompletionTokens = "max_completion_tokens"
  case topLogprobs = "top_logprobs"
  case streamOptions = "stream_options"
  case webSearchOptions = "web_search_options"
  case logitBias = "logit_bias"
  case frequencyPenalty = "frequency_penalty"
  case presencePenalty = "presence_penalty"

  case input, text, reasoning, include, background
  case maxOutputTokens = "max_output_tokens"

  /// The members that Responses has under the same name, with the same meaning.
  static let carried: [(member: ChatMember, kind: JSONKind)] = [
    (.model, .string), (.temperature, .number), (.topP, .number), (.user, .string),
    (.safetyIdentifier, .string), (.promptCacheKey, .string), (.promptCacheRetention, .string),
    (.promptCacheOptions, .object), (.moderation, .object), (.serviceTier, .string),
    (.metadata, .object), (.parallelToolCalls, .true), (.store, .true), (.stream, .true),
  ]
}
