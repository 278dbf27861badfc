#if Gateway
import Testing

@testable import Gateway

@Suite struct `A method and a path name an endpoint` {
  /// What is served at a path.
  struct Row: Sendable, CustomTestStringConvertible {
    let path: String
    let methods: [String: Endpoint]
    let name: String
    var testDescription: String { path }
  }

  private static func operation(_ name: String, _ id: String = "") -> Endpoint {
    .responses(operation: name, responseID: id)
  }

  static let rows = [
    Row(path: "/responses", methods: ["POST": operation("create")], name: "responses.create"),
    Row(
      path: "/responses/input_tokens", methods: ["POST": operation("input_tokens")],
      name: "responses.input_tokens"),
    Row(
      path: "/responses/compact", methods: ["POST": operation("compact")],
      name: "responses.compact"),
    Row(
      path: "/responses/resp_1",
      methods: ["GET": operation("get", "resp_1"), "DELETE": operation("delete", "resp_1")],
      name: "responses.get"),
    Row(
      path: "/responses/resp_1/cancel", methods: ["POST": operation("cancel", "resp_1")],
      name: "responses.cancel"),
    Row(
      path: "/responses/resp_1/input_items", methods: ["GET": operation("input_items", "resp_1")],
      name: "responses.input_items"),
    Row(path: "/chat/completions", methods: ["POST": .chatCompletions], name: "chat.completions"),
    Row(path: "/models", methods: ["GET": .models(name: nil)], name: "models"),
    Row(path: "/models/gpt-5", methods: ["GET": .models(name: "gpt-5")], name: "models"),
    Row(
      path: "/models/acme/small%20one", methods: ["GET": .models(name: "acme/small one")],
      name: "models"),
    Row(path: "/healthz", methods: ["GET": .health], name: "healthz"),
    Row(path: "/readyz", methods: ["GET": .readiness], name: "readyz"),
    Row(path: "/metrics", methods: ["GET": .metrics], name: "metrics"),
    Row(path: "/status.json", methods: ["GET": .statusData], name: "status.json"),
    Row(path: "/", methods: ["GET": .status], name: "status"),
  ]

  private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get"]

  @Test(arguments: rows, ["", "/v1"])
  func `below /v1 and without it, or is refused with the methods that are`(
    row: Row, base: String
  ) throws {
    let target = try #require(RequestTarget(base + row.path))
    for method in Self.methods {
      let result = Result { () throws(Endpoint.Missing) in
        try Endpoint(method: method, target)
      }
      switch row.methods[method == "HEAD" ? "GET" : method] {
      case let expected?: #expect(result == .success(expected), "\(method)")
      case nil:
        guard case .failure(.method(let allowed)) = result else {
          Issue.record("\(method) gave \(result)")
          continue
        }
        #expect(Set(allowed) == Set(row.methods.keys))
      }
    }
  }

  @Test(arguments: rows) func `which has a name that holds nothing of the request`(row: Row) throws
  {
    let method = try #require(row.methods.keys.sorted().last)
    let target = try #require(RequestTarget(row.path))
    #expect(try Endpoint(method: method, target).name == row.name)
  }

  @Test(arguments: [
    "/v1/v1/responses", "/v2/responses", "/response", "/responses/a/b", "/responses/a/cancel/b",
    "/chat", "/chat/completions/a", "/completions", "/embeddings", "/healthz/a", "/status",
    "/.env", "/RESPONSES",
  ]) func `or nothing is served there`(path: String) throws {
    let target = try #require(RequestTarget(path))
    #expect(throws: Endpoint.Missing.path) { try Endpoint(method: "GET", target) }
  }

  @Test func `and only those who watch over the process need no token`() {
    let all = Self.rows.flatMap(\.methods.values)
    #expect(Set(all.filter(\.isOpen)) == [.health, .readiness])
  }
}
#endif
