#if Gateway
import Foundation
import JSONText
import RawUpstream
import Testing

@Suite struct `An error about a chat request` {
  private static let messages = """
    {"role":"user","content":"a"},
    {"role":"assistant","content":"b","tool_calls":[
      {"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
    {"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"d"}]}
    """

  private static func request(isStream: Bool = false, _ more: String = "") -> String {
    #"{"model":"m","stream":\#(isStream),\#(more)"messages":[\#(messages)]}"#
  }

  /// Has an upstream answer everything in its own way, and a client ask for a chat completion.
  private static func answer(
    to request: String, path: String = "/v1/chat/completions", provider: String = "",
    by respond: @escaping @Sendable (RawConnection) -> Void
  ) async throws -> HTTPAnswer {
    let upstream = try RawServer { connection in
      while let request = connection.readRequest() {
        // The places are those of what the upstream got.
        let items = try? JSONText.validate(request.body.span).value(
          at: "/input/3", in: request.body.span)
        #expect(items != nil || path != "/v1/chat/completions")
        respond(connection)
      }
    }
    let text = HostSetting.configuration(of: upstream.url, provider: provider)
    return try await TestGateway.with(text) { gateway in
      defer { withExtendedLifetime(upstream) {} }
      return try await gateway.ask("POST", path, request)
    }
  }

  private static func refusal(_ param: String) -> String {
    #"{"error":{"message":"No.","type":"invalid_request_error","code":"invalid_value","param":"\#(param)"}}"#
  }

  private static func refuse(_ param: String) -> @Sendable (RawConnection) -> Void {
    { connection in
      connection.respond(
        refusal(param), status: "400 Bad Request", headers: "content-type: application/json\r\n")
    }
  }

  @Test(
    arguments: [
      ("input[1]", "messages[1]"),
      ("input[2].arguments", "messages[1].tool_calls[0].function.arguments"),
      ("input[3].output[0].type", "messages[2].content[0].type"), ("input", "messages"),
      ("max_output_tokens", "max_tokens"),
      ("text.format.schema", "response_format.json_schema.schema"),
      ("store", nil), ("user", "user"),
    ] as [(String, String?)])
  func `of an upstream names what the client wrote`(_ param: String, _ written: String?)
    async throws
  {
    let format = #"{"type":"json_schema","json_schema":{"name":"s","schema":{}}}"#
    for isStream in [false, true] {
      let request = Self.request(
        isStream: isStream, #""max_tokens":9,"response_format":\#(format),"#)
      let answer = try await Self.answer(to: request, by: Self.refuse(param))
      #expect(answer.status == 400)
      #expect(try answer.error("param") == written)
      // What the upstream said stays as it said it.
      let upstream = try #require(
        (try answer.json()["error"] as? [String: Any])?["upstream"] as? [String: Any])
      #expect(upstream["body"] as? String == Self.refusal(param))
    }
  }

  @Test func `of an upstream stays as it is where nothing was translated`() async throws {
    let answer = try await Self.answer(
      to: TestGateway.request(), path: "/v1/responses", by: Self.refuse("input[1]"))
    #expect(try answer.error("param") == "input[1]")
  }

  @Test func `of this host has a pointer into what the client wrote`() async throws {
    let provider = "capabilities: { max_output_tokens: false }\n    params: { unsupported: error }"
    let answer = try await Self.answer(
      to: Self.request(#""max_completion_tokens":9,"#), provider: provider
    ) { $0.respond(Reply.whole, headers: "content-type: application/json\r\n") }
    #expect(answer.status == 400)
    #expect(try answer.error("param") == "max_completion_tokens")
    #expect(try answer.error("pointer") == "/max_completion_tokens")
    let alone = try await Self.answer(
      to: #"{"model":"m","input":"a","max_output_tokens":9}"#, path: "/v1/responses",
      provider: provider
    ) { $0.respond(Reply.whole, headers: "content-type: application/json\r\n") }
    #expect(try alone.error("pointer") == "/max_output_tokens")
  }

  @Test func `of a member that the translation added has no place`() async throws {
    let provider = "capabilities: { store: false }\n    params: { unsupported: error }"
    let answer = try await Self.answer(to: Self.request(), provider: provider) {
      $0.respond(Reply.whole, headers: "content-type: application/json\r\n")
    }
    #expect(answer.status == 400)
    #expect(try answer.error("message")?.contains("store") == true)
    #expect(try answer.error("param") == nil)
    #expect(try answer.error("pointer") == nil)
  }

  @Test func `within a stream names what the client wrote, where it names anything`() async throws {
    let failure = Reply.event(
      #"{"type":"response.failed","response":{"id":"resp_1","object":"response","status":"failed","output":[],"error":{"code":"invalid_prompt","message":"No.","param":"input[3].output"}}}"#
    )
    let answer = try await Self.answer(to: Self.request(isStream: true)) { connection in
      connection.send(
        Reply.head + "connection: close\r\n\r\n" + Reply.created + Reply.delta + failure)
      connection.end()
    }
    #expect(answer.status == 200)
    let last = try #require(answer.events.last)
    let root = try JSONSerialization.jsonObject(with: Data(last.data.utf8)) as? [String: Any]
    let error = try #require(root?["error"] as? [String: Any], "\(last.data)")
    #expect(error["message"] as? String == "No.")
    #expect(error["param"] as? String == "messages[2].content")
  }
}
#endif
