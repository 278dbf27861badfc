/// Builds the response object in each of its states.
struct ResponseObject: Sendable {
  let id: String
  let upstream: EmulatedUpstream
  let body: JSON
  let createdAt: Int
  let answer: Answer
  let inputTokens: Int
  var quirks: [Quirk] = []

  /// The object while work goes on.
  func running(_ status: String = "in_progress") -> JSON {
    object(status: status, output: [], usage: .null, isFinal: false)
  }

  /// The object at the end.
  var finished: JSON {
    let status = answer.incompleteReason == nil ? "completed" : "incomplete"
    return object(
      status: status, output: answer.output, usage: quirks.has(.noUsage) ? .null : usage,
      isFinal: true)
  }

  /// The object of a response that failed before it said anything.
  func failed(error: JSON) -> JSON {
    object(status: "failed", output: [], usage: .null, isFinal: false).with("error", error)
  }

  private func object(status: String, output: [JSON], usage: JSON, isFinal: Bool) -> JSON {
    var object: JSON = [
      "id": .string(id), "object": "response", "created_at": .integer(createdAt),
      "status": .string(status), "background": body["background"] ?? false,
      "completed_at": isFinal ? .integer(createdAt) : .null,
    ]
    if upstream.isAzure { object = object.with("content_filters", contentFilters(isFinal)) }
    let rest: JSON = [
      "error": .null,
      "frequency_penalty": .number("0.0"),
      "incomplete_details": isFinal
        ? answer.incompleteReason.map { ["reason": .string($0)] } ?? .null : .null,
      "instructions": echo("instructions", .null),
      "max_output_tokens": echo("max_output_tokens", .null),
      "max_tool_calls": echo("max_tool_calls", .null),
      "model": echo("model", ""),
      "output": .array(output),
      "parallel_tool_calls": echo("parallel_tool_calls", true),
      "presence_penalty": .number("0.0"),
      "previous_response_id": echo("previous_response_id", .null),
      "prompt_cache_key": echo("prompt_cache_key", .null),
      "prompt_cache_retention": echo("prompt_cache_retention", .null),
      "reasoning": [
        "effort": body["reasoning"]?["effort"] ?? .null,
        "summary": body["reasoning"]?["summary"] ?? .null,
      ],
      "safety_identifier": echo("safety_identifier", .null),
      "service_tier": isFinal ? "default" : "auto",
      "store": echo("store", true),
      "temperature": echo("temperature", .number("1.0")),
      "text": ["format": format, "verbosity": verbosity],
      "tool_choice": echo("tool_choice", "auto"),
      "tools": .array((body["tools"]?.items ?? []).map(Self.whole)),
      "top_logprobs": echo("top_logprobs", 0),
      "top_p": echo("top_p", .number("1.0")),
      "truncation": echo("truncation", "disabled"),
      "usage": usage,
      "user": echo("user", .null),
      "metadata": echo("metadata", [:]),
    ]
    return .object(object.members + rest.members)
  }

  // What a caller left out of a tool is said in full when it comes back.
  private static func whole(_ tool: JSON) -> JSON {
    guard tool["type"] == "function" else { return tool }
    return filled(tool, ["description": .null, "parameters": .null, "strict": true])
  }

  private var format: JSON {
    guard let format = body["text"]?["format"], !format.isNull else { return ["type": "text"] }
    guard format["type"] == "json_schema" else { return format }
    return Self.filled(format, ["description": .null, "strict": false])
  }

  private static func filled(_ object: JSON, _ defaults: JSON) -> JSON {
    defaults.members.reduce(object) { object, member in
      let isThere = object[member.name].map { !$0.isNull } ?? false
      return isThere ? object : object.with(member.name, member.value)
    }
  }

  private var verbosity: JSON { body["text"]?["verbosity"] ?? "medium" }

  private func echo(_ name: String, _ otherwise: JSON) -> JSON {
    guard let value = body[name], !value.isNull else { return otherwise }
    return value
  }

  var usage: JSON {
    let usage = Self.usage(
      input: inputTokens, output: answer.outputTokens, reasoning: answer.reasoningTokens)
    guard quirks.has(.oddUsage) else { return usage }
    return usage.with(
      "input_tokens_details",
      [
        "cached_tokens": .integer(inputTokens), "cache_write_tokens": .integer(inputTokens / 2 + 1),
      ])
  }

  static func usage(input: Int, output: Int, reasoning: Int) -> JSON {
    [
      "input_tokens": .integer(input),
      "input_tokens_details": ["cached_tokens": 0, "cache_write_tokens": 0],
      "output_tokens": .integer(output),
      "output_tokens_details": ["reasoning_tokens": .integer(reasoning)],
      "total_tokens": .integer(input + output),
    ]
  }

  // Null until the end, then a verdict on what went in and what came out.
  private func contentFilters(_ isFinal: Bool) -> JSON {
    guard isFinal, !quirks.has(.nullFilters) else { return .null }
    return .array(["prompt", "completion"].map(Self.contentFilter))
  }

  private static func contentFilter(on source: String) -> JSON {
    let verdicts = ["hate", "self_harm", "sexual", "violence"].map {
      JSON.Member(name: $0, value: ["filtered": false, "severity": "safe"])
    }
    return [
      "blocked": false, "source_type": .string(source),
      "content_filter_results": .object(verdicts),
      "content_filter_offsets": ["start_offset": 0, "end_offset": 0, "check_offset": 0],
    ]
  }
}
