import Testing
import TransportSDK

/// E.2, row by row, in each body of E.1 that an upstream was seen to use for it.
@Suite struct `A refusal` {
  static let credentials: [RefusalRow] = [
    .init(
      Plugin.strict, 401,
      #"{"statusCode":401,"message":"Unauthorized. Access token has a wrong audience."}"#, .auth,
      .credential, says: "audience"),
    .init(
      [.azureFoundry], 401,
      #"{"statusCode":401,"message":"audience is incorrect (https://ai.azure.com)"}"#, .auth,
      .credential, says: "https://ai.azure.com"),
    .init(
      Plugin.strict, 401, gateway("401", "Access denied due to invalid subscription key"), .auth,
      .credential, says: "key"),
    .init(
      [.openai], 401, wrapped("invalid_api_key", "Incorrect API key provided: sk-ab***yz."), .auth,
      .credential, says: "whole key"),
    .init(
      [.openai], 401, wrapped(nil, "You must be a member of an organization to use the API"), .auth,
      .credential, says: "organization"),
    .init(401, "", .auth, .credential),
    .init(
      403, gateway("AccessDenied", "Public access is disabled. Please configure private endpoint."),
      .permission, .credential, says: "network"),
    .init(
      403,
      wrapped(
        "unsupported_country_region_territory", "Country, region, or territory not supported"),
      .permission, .credential, says: "region"),
    .init(
      403, wrapped(nil, "This account was temporarily blocked"), .permission, .credential,
      says: "blocked"),
    .init(403, "", .permission, .credential),
  ]

  static let addresses: [RefusalRow] = [
    .init(
      Plugin.strict, 400,
      gateway("BadRequest", "api-version query parameter is not allowed when using /v1 path"),
      .requestInvalid, .endpoint, says: "base_url"),
    .init(
      Plugin.strict, 400, gateway("BadRequest", "API version not supported"), .requestInvalid,
      .endpoint, says: "options.api"),
    .init(
      Plugin.strict, 404,
      gateway("DeploymentNotFound", "The API deployment for this resource does not exist."),
      .notFound, .model, says: "deployment"),
    .init(
      [.azureOpenAI], 404, gateway("404", "Resource not found"), .notFound, .endpoint,
      says: "options.api"),
    .init(
      [.azureFoundry], 404, gateway("404", "Resource not found"), .notFound, .endpoint,
      says: "project `p` of resource `r`"),
    .init(
      Plugin.strict, 400,
      gateway("OperationNotSupported", "The requested operation is unsupported."),
      .operationUnsupported, .model, says: "deployment"),
    .init(Plugin.strict, 400, wrapped(nil, "unsupported operation"), .operationUnsupported, .model),
    .init(
      [.openai], 404,
      wrapped("model_not_found", "The model `x` does not exist or you do not have access to it."),
      .notFound, .model, says: "model"),
    .init(404, "", .notFound, .endpoint, says: "base_url"),
    .init(405, "", .operationUnsupported, .endpoint),
  ]

  static let histories: [RefusalRow] = [
    .init(
      Plugin.strict, 400, wrapped(nil, "Item with id 'fc_68cc' not found."), .stateNotReady,
      .request, says: "Replay"),
    .init([.openai], 400, wrapped(nil, "Item with id 'fc_68cc' not found."), .stateLost, .request),
    .init(
      400,
      wrapped(
        nil, "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false."),
      .stateLost, .request, says: "store"),
    .init(
      Plugin.strict, 404,
      wrapped("previous_response_not_found", "Previous response with id 'resp_1' not found."),
      .stateNotReady, .request),
    .init(
      Plugin.strict, 400, wrapped("previous_response_not_found", "x"), .stateNotReady, .request),
    .init([.openai], 400, wrapped("previous_response_not_found", "x"), .stateLost, .request),
    .init(
      404, wrapped(nil, "Response with id 'resp_1' not found."), .notFound, .request,
      says: "half a minute"),
    .init(
      400, wrapped(nil, "No tool call found for function call output with call_id call_1."),
      .requestInvalid, .request, says: "call_id"),
    .init(
      400, wrapped(nil, "No tool output found for function call call_1."), .requestInvalid,
      .request, says: "output"),
    .init(
      400,
      wrapped(
        nil, "Item 'rs_1' of type 'reasoning' was provided without its required following item."),
      .stateLost, .request),
    .init(
      400, wrapped(nil, "Item 'fc_1' was provided without its required 'reasoning' item: 'rs_1'."),
      .stateLost, .request),
    .init(400, wrapped("invalid_encrypted_content", "x"), .stateLost, .request, says: "encrypted"),
    .init(400, wrapped(nil, "The encrypted content could not be decrypted."), .stateLost, .request),
    .init(400, wrapped(nil, "The content could not be verified."), .stateLost, .request),
    .init(
      400, wrapped(nil, "The item was created under a different Azure OpenAI resource."),
      .stateLost, .request),
    .init(
      400, wrapped("invalid_value", "Conflicting authenticated continuation identities"),
      .stateLost, .request, says: "newest"),
    .init(
      400, wrapped(nil, "Duplicate item found with id msg_1."), .requestInvalid, .request,
      says: "previous_response_id"),
    .init(
      400, gateway("invalid_payload", "The request does not match the expected schema"),
      .requestInvalid, .request),
    .init(
      400,
      #"{"error":{"message":"Unsupported parameter: 'temperature' is not supported with this model.","type":"invalid_request_error","param":"temperature","code":null}}"#,
      .requestInvalid, .model, says: "`temperature`"),
    .init(400, wrapped("unknown_parameter", "Unknown parameter: 'x'."), .requestInvalid, .model),
    .init(400, wrapped("context_length_exceeded", "x"), .contextLengthExceeded, .request),
    .init(413, "", .contextLengthExceeded, .request),
    .init(400, wrapped("content_filter", "x"), .contentFiltered, .request),
    .init(
      400,
      #"{"error":{"code":null,"message":"filtered","innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}}"#,
      .contentFiltered, .request),
    .init(400, wrapped("invalid_prompt", "x"), .contentFiltered, .request),
    .init(400, wrapped("cyber_policy", "x"), .contentFiltered, .request),
    .init(
      [.azureFoundry], 400, wrapped(nil, "Not allowed when agent is specified."), .requestInvalid,
      .request, says: "agent"),
    .init(
      400, wrapped("invalid_value", "Invalid value: ''."), .requestInvalid, .request,
      says: "Invalid value"),
    .init(422, "", .requestInvalid, .request),
    .init(409, "", .stateNotReady, .request),
  ]

  static let loads: [RefusalRow] = [
    .init(
      429,
      wrapped("insufficient_quota", "You exceeded your current quota", type: "insufficient_quota"),
      .quotaExhausted, .credential),
    .init(429, wrapped("credit_balance_exhausted", "x"), .quotaExhausted, .credential),
    .init(429, wrapped("usage_limit_reached", "x"), .quotaExhausted, .credential),
    .init(
      429, gateway("RateLimitReached", "Your requests have been limited"), .rateLimited, .model),
    .init(429, wrapped("rate_limit_exceeded", "x"), .rateLimited, .model),
    .init(
      429, wrapped(nil, "The system is currently experiencing high demand"), .overloaded, .endpoint),
    .init(429, "temporarily unable to process your request", .overloaded, .endpoint),
    .init(429, "", .rateLimited, .model),
    .init(408, "", .upstreamFailed, .endpoint), .init(500, "", .upstreamFailed, .endpoint),
    .init(500, wrapped("server_error", "x"), .upstreamFailed, .endpoint),
    .init(502, "<html>bad gateway</html>", .overloaded, .endpoint),
    .init(503, wrapped("slow_down", "x"), .overloaded, .endpoint),
    .init(503, wrapped("server_is_overloaded", "x"), .overloaded, .endpoint),
    .init(504, "no healthy upstream", .overloaded, .endpoint),
    .init(520, "", .upstreamFailed, .endpoint), .init(418, "", .requestInvalid, .request),
  ]

  static let streams: [RefusalRow] = [
    .init(
      200,
      #"{"type":"error","error":{"type":"too_many_requests","code":"rate_limit_exceeded","message":"x"}}"#,
      .rateLimited, .model),
    .init(200, #"{"code":"rate_limit_exceeded","message":"x"}"#, .rateLimited, .model),
    .init(
      200,
      #"{"type":"response.failed","response":{"error":{"code":"server_error","message":"x"}}}"#,
      .upstreamFailed, .endpoint),
    .init(
      200, #"{"type":"error","code":"insufficient_quota","message":"x"}"#, .quotaExhausted,
      .credential),
    .init(200, #"{"error":{"code":"context_length_exceeded"}}"#, .contextLengthExceeded, .request),
    .init(200, #"{"message":"We're currently experiencing high demand"}"#, .overloaded, .endpoint),
    .init(
      200, #"{"type":"error","error":{"type":"invalid_request_error","message":"x"}}"#,
      .requestInvalid, .request),
    .init(
      Plugin.strict, 200, #"{"error":{"message":"Item with id 'x' not found."}}"#, .stateNotReady,
      .request),
    .init(200, #"{"message":"what"}"#, .upstreamFailed, .endpoint, says: "what"),
    .init(200, "garbage", .upstreamFailed, .endpoint), .init(200, "", .upstreamFailed, .endpoint),
  ]

  @Test(arguments: credentials + addresses + histories + loads + streams)
  func `means what E.2 says`(row: RefusalRow) throws {
    for plugin in row.plugins {
      let failure = try classify(row.status, row.body, by: plugin)
      #expect(failure.code == row.code, "\(plugin): \(failure.message)")
      #expect(failure.scope == row.scope, "\(plugin): \(failure.message)")
      #expect(failure.message.contains(row.word), "\(plugin): \(failure.message)")
      #expect(!failure.message.contains("{"), "\(plugin): \(failure.message)")
    }
  }

  /// Every code and every text of E.2, each alone: one that is lost from the table would not be noticed
  /// where another beside it says the same.
  static let signs: [(Int, TransportFailure.Code, codes: [String], texts: [String])] = [
    (
      403, .permission, ["unsupported_country_region_territory"],
      [
        "blocked by a firewall", "from a virtual network", "a private endpoint", "a private link",
        "public access is off", "temporarily blocked",
      ]
    ),
    (
      429, .quotaExhausted,
      [
        "insufficient_quota", "credit_balance_exhausted", "usage_limit_reached",
        "usage_not_included",
      ], ["You exceeded your current quota"]
    ),
    (
      200, .rateLimited, ["rate_limit_exceeded", "too_many_requests", "RateLimitReached"],
      ["Rate limit is exceeded", "Your requests have been limited"]
    ),
    (
      503, .overloaded,
      ["slow_down", "server_is_overloaded", "model_overloaded", "engine_overloaded"],
      ["temporarily unable to process", "currently experiencing high demand"]
    ),
    (
      400, .contentFiltered,
      [
        "content_filter", "ResponsibleAIPolicyViolation", "invalid_prompt", "cyber_policy",
        "bio_policy", "image_content_policy_violation",
      ], ["because of our content management policy"]
    ),
    (400, .contextLengthExceeded, ["context_length_exceeded"], ["the maximum context length is"]),
    (200, .contextLengthExceeded, ["context_length_exceeded"], []),
    (
      400, .stateLost, ["invalid_encrypted_content"],
      [
        "could not be verified", "could not be decrypted",
        "created under a different Azure OpenAI resource",
        "Conflicting authenticated continuation identities", "without its required following item",
        "without its required 'reasoning' item", "Items are not persisted when `store` is set to",
      ]
    ),
    (
      400, .requestInvalid, ["unsupported_parameter", "unknown_parameter", "invalid_payload"],
      ["is not supported with this model", "Duplicate item found with id x"]
    ),
  ]

  @Test(arguments: Plugin.allCases, signs)
  func `is known by each code and each text alone (E.2)`(
    plugin: Plugin,
    row: (status: Int, code: TransportFailure.Code, codes: [String], texts: [String])
  ) throws {
    for sign in row.codes {
      let failure = try classify(row.status, gateway(sign, "x"), by: plugin)
      #expect(failure.code == row.code, "\(sign)")
      #expect(!failure.message.contains("with status"), "\(sign) is known to no row")
    }
    for sign in row.texts {
      let failure = try classify(row.status, wrapped(nil, sign, type: "x"), by: plugin)
      #expect(failure.code == row.code, "\(sign)")
      #expect(!failure.message.contains("with status"), "\(sign) is known to no row")
    }
  }

  @Test(arguments: Plugin.allCases)
  func `in a stream without a code is the limit that the headers show to be used up`(plugin: Plugin)
    throws
  {
    let body = #"{"error":{"message":"Please slow."}}"#
    let left = (name: "x-ratelimit-remaining-requests", value: "12")
    let none = (name: "x-ratelimit-remaining-tokens", value: "0")
    let limited = try classify(200, body, [left, none], by: plugin)
    #expect(limited.code == .rateLimited)
    #expect(limited.scope == .model)
    #expect(try classify(200, body, [left], by: plugin).code == .upstreamFailed)
    let coded = #"{"error":{"code":"strange","message":"No."}}"#
    #expect(try classify(200, coded, [none], by: plugin).code == .upstreamFailed)
    #expect(try classify(500, body, [none], by: plugin).code == .upstreamFailed)
  }

  @Test func `never quotes what an upstream says of a key`() throws {
    let body = wrapped("invalid_api_key", "Incorrect API key provided: sk-secret.")
    for plugin in Plugin.allCases {
      #expect(try !classify(401, body, by: plugin).message.contains("sk-secret"))
    }
  }

  @Test func `points at the setting and gives the value that would be right`() throws {
    let version = try classify(400, gateway("400", "API version not supported"), by: .azureOpenAI)
    #expect(version.setting == "/options/api")
    #expect(version.suggestion == "v1")
    #expect(try classify(401, "", by: .openai).setting == "/auth")
  }
}
