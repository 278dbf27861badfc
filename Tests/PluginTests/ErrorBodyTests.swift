import Testing
import TransportSDK

@Suite struct `The body of a refusal (E.1)` {
  @Test func `keeps the upstream's code as sent`() throws {
    let coded = try classify(404, gateway("DeploymentNotFound", "x"), by: .azureOpenAI)
    #expect(coded.upstreamCode == "DeploymentNotFound")
    let typed = try classify(
      200, #"{"type":"error","error":{"type":"too_many_requests"}}"#, by: .openai)
    #expect(typed.upstreamCode == "too_many_requests")
    let numeric = try classify(
      404, #"{"error":{"code":404,"message":"Resource not found"}}"#, by: .azureOpenAI)
    #expect(numeric.upstreamCode == "404")
  }

  @Test func `takes the code from a header when the body has none`() throws {
    let headers = [(name: "x-ms-error-code", value: "DeploymentNotFound")]
    let failure = try classify(404, "", headers, by: .azureFoundry)
    #expect(failure.code == .notFound)
    #expect(failure.scope == .model)
    #expect(failure.upstreamCode == "DeploymentNotFound")
  }

  @Test func `is read when a gateway wrapped it into its own message`() throws {
    let inner = #"{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}"#
    let failure = try classify(500, #"{"error":{"message":"\#(inner)"}}"#, by: .openai)
    #expect(failure.code == .rateLimited)
  }

  /// The six shapes that upstreams and what stands before them use, each for the same refusal.
  static let shapes: [(String, String)] = [
    ("1, the model layer", wrapped("content_filter", "x")),
    ("1, without a code", wrapped(nil, "the content management policy")),
    (
      "2, with an inner error",
      #"{"error":{"code":null,"message":"filtered","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}}"#
    ),
    (
      "2, with an inner error in another",
      #"{"error":{"innererror":{"innererror":{"code":"ResponsibleAIPolicyViolation"}}}}"#
    ),
    ("3, the gateway", gateway("Content_Filter", "x")),
    (
      "4, without a wrapper",
      #"{"statusCode":400,"message":"Refused by the content management policy."}"#
    ),
    ("a text as the error", #"{"error":"content management policy"}"#),
    ("a text alone", #""the content management policy""#),
    ("a message that is an object", #"{"error":{"message":{"code":"content_filter"}}}"#),
    (
      "a message that is an object with its language",
      #"{"error":{"message":{"lang":"en","value":"Refused by the content management policy."}}}"#
    ),
    (
      "a message that is JSON",
      #"{"error":{"message":"{\"error\":{\"code\":\"content_filter\",\"message\":\"x\"}}"}}"#
    ),
    ("6, plain text", "Refused by the content management policy."),
    ("6, a page", "<html><body>Content Management Policy</body></html>"),
    (
      "a failed response",
      #"{"type":"response.failed","response":{"error":{"code":"content_filter","message":"x"}}}"#
    ),
  ]

  @Test(arguments: Plugin.allCases, shapes)
  func `is read in each of its shapes`(plugin: Plugin, shape: (name: String, body: String)) throws {
    #expect(try classify(400, shape.body, by: plugin).code == .contentFiltered, "\(shape.name)")
  }

  @Test(arguments: Plugin.strict)
  func `of the schema layer (shape 5) is known by its code`(plugin: Plugin) throws {
    let body =
      #"{"error":{"code":"invalid_payload","message":"The provided data does not match","param":"/","type":"invalid_request_error","details":[]}}"#
    let failure = try classify(400, body, by: plugin)
    #expect(failure.code == .requestInvalid)
    #expect(failure.upstreamCode == "invalid_payload")
    #expect(failure.amendment.isEmpty)
  }

  @Test func `is quoted no further than people read, whatever its length`() throws {
    let page = "<html>" + String(repeating: "x", count: 60_000)
    let failure = try classify(400, page, by: .openai)
    #expect(failure.message.utf8.count < 400)
  }

  @Test func `without a wrapper gives its status code no meaning as a code`() throws {
    let failure = try classify(
      401, #"{"statusCode":401,"message":"Unauthorized"}"#, by: .azureOpenAI)
    #expect(failure.code == .auth)
    #expect(failure.upstreamCode.isEmpty)
  }
}
