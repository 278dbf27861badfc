#if Gateway

/// The names that metrics are recorded under.
enum MetricLabel {
  static let duration = "gen_ai.client.operation.duration"
  static let tokens = "gen_ai.client.token.usage"
  static let firstToken = "gen_ai.server.time_to_first_token"
  static let requests = "jackfield.requests"
  static let inFlight = "jackfield.requests.in_flight"
  static let openStreams = "jackfield.streams.open"
  static let attempts = "jackfield.attempts"
  static let cached = "jackfield.tokens.cached"
  static let reasoning = "jackfield.tokens.reasoning"
  static let reloads = "jackfield.reloads"
  static let generation = "jackfield.configuration.generation"
}

/// Attributes of metrics and spans, in OpenTelemetry's words where it has one.
enum GenAI {
  static let operation = "gen_ai.operation.name"
  static let provider = "gen_ai.provider.name"
  static let requestModel = "gen_ai.request.model"
  static let responseModel = "gen_ai.response.model"
  static let responseID = "gen_ai.response.id"
  static let finishReasons = "gen_ai.response.finish_reasons"
  static let firstChunk = "gen_ai.response.time_to_first_chunk"
  static let tokenType = "gen_ai.token.type"
  static let inputTokens = "gen_ai.usage.input_tokens"
  static let cachedTokens = "gen_ai.usage.cache_read.input_tokens"
  static let outputTokens = "gen_ai.usage.output_tokens"
  static let reasoningTokens = "gen_ai.usage.reasoning.output_tokens"
  static let errorType = "error.type"
  static let method = "http.request.method"
  static let route = "http.route"
  static let status = "http.response.status_code"
  static let requestSize = "http.request.body.size"
  static let responseSize = "http.response.body.size"
  /// The provider id: one kind of provider may be configured several times.
  static let gatewayProvider = "jackfield.provider"
  static let gatewayTarget = "jackfield.target"
  static let gatewayClient = "jackfield.client"
  static let gatewayRequestID = "jackfield.request.id"
  static let gatewayAttempts = "jackfield.attempts"
  static let gatewayRetries = "jackfield.retries"
  static let gatewayFault = "jackfield.fault"
}

extension CallTelemetry {
  /// What is said of each metric in the text, with OpenTelemetry's bounds for its buckets.
  public static let descriptions: [MetricDescription] = [
    MetricDescription(
      MetricLabel.duration,
      help: "How long requests to models took, from the request's head to the last byte.",
      unit: "s"),
    MetricDescription(
      MetricLabel.tokens, help: "How many tokens requests read and answers had.", unit: "{token}",
      buckets: [
        1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262_144, 1_048_576, 4_194_304, 16_777_216,
        67_108_864,
      ]),
    MetricDescription(
      MetricLabel.firstToken,
      help: "How long successful streams took to their first event.", unit: "s",
      buckets: [
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
      ]),
    MetricDescription(MetricLabel.requests, help: "Requests that were answered."),
    MetricDescription(MetricLabel.inFlight, help: "Requests that are being served."),
    MetricDescription(MetricLabel.openStreams, help: "Streams that are open."),
    MetricDescription(
      MetricLabel.attempts, help: "What targets were asked, by how it ended."),
    MetricDescription(
      MetricLabel.cached, help: "The part of input tokens that came from a cache."),
    MetricDescription(
      MetricLabel.reasoning, help: "The part of output tokens that was reasoning."),
    MetricDescription(MetricLabel.reloads, help: "Readings of the configuration."),
    MetricDescription(
      MetricLabel.generation, help: "Which reading of the configuration is in force."),
  ]
}

#endif
