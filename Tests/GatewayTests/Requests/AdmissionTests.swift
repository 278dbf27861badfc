#if Gateway
import Testing

@testable import Gateway

@Suite struct `A request is judged by its head` {
  private static let open = Admission(
    clients: ClientTable([]), host: HostRule(host: "127.0.0.1"), bodyLimit: 1000)
  private static let closed = Admission(
    clients: ClientTable([("secret", .init(name: "a", entry: nil))]),
    host: HostRule(host: "0.0.0.0"), bodyLimit: 1000)

  private func refusal(
    _ admission: Admission, _ method: String = "POST", _ target: String = "/v1/responses",
    _ headers: [(name: String, value: String)] = [("host", "127.0.0.1")], length: Int? = nil
  ) -> Answer? {
    let verdict = admission.verdict(
      on: Admission.Head(
        method: method, target: target, headers: headers, contentLength: length))
    guard case .refused(let answer) = verdict else { return nil }
    return answer
  }

  @Test func `a sound one is admitted, with its endpoint, target and client`() throws {
    let head = Admission.Head(
      method: "GET", target: "/v1/responses/r?stream=true", headers: [("API-KEY", "secret")],
      contentLength: nil)
    guard case .admitted(let request) = Self.closed.verdict(on: head) else {
      Issue.record("refused")
      return
    }
    #expect(request.endpoint == .responses(operation: "get", responseID: "r"))
    #expect(request.target.query == [.init(name: "stream", value: "true")])
    #expect(request.client.name == "a")
    #expect(refusal(Self.open, length: 1000) == nil)
  }

  @Test func `an unreadable target is 400, an unknown path 404, another method 405 with allow`() {
    #expect(refusal(Self.open, "GET", "/%zz")?.status == 400)
    #expect(refusal(Self.open, "GET", "/nothing")?.status == 404)
    let answer = refusal(Self.open, "PUT", "/v1/responses/resp_1")
    #expect(answer?.status == 405)
    #expect(answer?.header("allow") == "GET, DELETE")
  }

  @Test func `a token is asked for before anything of the body is read`() {
    let missing = refusal(Self.closed, length: 5000)
    #expect(missing?.status == 401)
    #expect(missing?.header("www-authenticate")?.hasPrefix("Bearer realm=\"jackfield\"") == true)
    #expect(missing?.text.contains("a token is needed") == true)
    let wrong = refusal(Self.closed, "POST", "/v1/responses", [("api-key", "hunter2")])
    #expect(wrong?.status == 401)
    #expect(wrong?.text.contains("no client of this gateway has the token") == true)
    #expect(wrong?.text.contains("hunter2") == false)
    #expect(wrong?.text.contains("secret") == false)
  }

  @Test func `whoever watches over the process needs no token`() {
    #expect(refusal(Self.closed, "GET", "/healthz", []) == nil)
    #expect(refusal(Self.closed, "HEAD", "/readyz", []) == nil)
    #expect(refusal(Self.closed, "GET", "/metrics", [])?.status == 401)
    #expect(refusal(Self.closed, "GET", "/", [])?.status == 401)
  }

  @Test func `a foreign host or origin is refused where no token is asked for, and only there`() {
    let foreign = [("host", "a.example")]
    #expect(refusal(Self.open, "GET", "/v1/models", foreign)?.status == 403)
    #expect(refusal(Self.open, "GET", "/healthz", foreign)?.status == 403)
    #expect(
      refusal(
        Self.open, "POST", "/v1/responses",
        [("host", "127.0.0.1"), ("origin", "https://a.example")])?.status == 403)
    #expect(
      refusal(Self.closed, "GET", "/v1/models", foreign + [("api-key", "secret")]) == nil)
  }

  @Test func `a body that is announced as too long is refused before it comes`() {
    let answer = refusal(Self.open, length: 1001)
    #expect(answer?.status == 413)
    #expect(answer?.text.contains("1000 bytes") == true)
    #expect(answer?.text.contains("gateway.limits.body") == true)
  }

  @Test func `every refusal has the shape of the API's errors`() throws {
    let answers = [
      refusal(Self.open, "GET", "/%zz"), refusal(Self.open, "GET", "/nothing"),
      refusal(Self.open, "PUT"), refusal(Self.closed), refusal(Self.open, length: 2000),
      refusal(Self.open, "GET", "/v1/models", [("host", "a.example")]),
    ]
    let types = try answers.map { answer in
      let answer = try #require(answer)
      #expect(answer.header("content-type") == "application/json; charset=utf-8")
      let error = try answer.error()
      #expect((error["message"] as? String)?.isEmpty == false)
      #expect((error["code"] as? String)?.isEmpty == false)
      return try #require(error["type"] as? String)
    }
    #expect(
      types == [
        "invalid_request_error", "invalid_request_error", "invalid_request_error",
        "authentication_error", "invalid_request_error", "permission_error",
      ])
  }
}
#endif
