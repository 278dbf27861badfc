#if Gateway
import Testing

@testable import Gateway

@Suite struct `The target of a request is read` {
  @Test func `segments and pairs are percent-decoded`() throws {
    let target = try #require(RequestTarget("/v1/responses/a%20b?include=x%2Cy&limit=5&flag"))
    #expect(target.segments == ["v1", "responses", "a b"])
    #expect(
      target.query == [
        .init(name: "include", value: "x,y"), .init(name: "limit", value: "5"),
        .init(name: "flag", value: ""),
      ])
  }

  @Test(arguments: [
    ("/", []), ("//", []), ("/v1/", ["v1"]), ("//v1///models", ["v1", "models"]),
    ("/a%2Fb/c", ["a/b", "c"]), ("/a+b", ["a+b"]), ("/gr%C3%BC%c3%9fe", ["grüße"]),
    ("/a#b", ["a"]), ("/a?b/c", ["a"]), ("/..", [".."]),
  ]) func `a path is cut into segments, and a slash that is escaped does not cut`(
    text: String, segments: [String]
  ) throws {
    #expect(try #require(RequestTarget(text)).segments == segments)
  }

  @Test(arguments: [
    ("http://a.example:80/v1/models?x=1", ["v1", "models"], 1), ("https://a.example", [], 0),
    ("http://a.example?x=1", [], 1),
  ]) func `the host of an absolute target is passed over`(
    text: String, segments: [String], pairs: Int
  ) throws {
    let target = try #require(RequestTarget(text))
    #expect(target.segments == segments)
    #expect(target.query.count == pairs)
  }

  @Test(
    arguments: [
      ("/?a=1&a=2", ["a": ["1", "2"]]), ("/?a+b=c+d%2B", ["a b": ["c d+"]]),
      ("/?a==", ["a": ["="]]),
      ("/?&&a=1&", ["a": ["1"]]), ("/?", [:]), ("/?include%5B%5D=x", ["include[]": ["x"]]),
      ("/?a=b?c", ["a": ["b?c"]]), ("/?a=1#b=2", ["a": ["1"]]),
    ] as [(String, [String: [String]])])
  func `a query is cut into pairs, each name as often as it stands there`(
    text: String, pairs: [String: [String]]
  ) throws {
    let query = try #require(RequestTarget(text)).query
    #expect(Dictionary(grouping: query, by: \.name).mapValues { $0.map(\.value) } == pairs)
  }

  @Test(arguments: [
    "/%", "/%4", "/%4g", "/%zz", "/%C3", "/%FF%FE", "/?a=%", "/?%=a", "/?a=%80", "", "*",
    "v1/models",
    "a.example:443",
  ]) func `what has no meaning is refused`(text: String) {
    #expect(RequestTarget(text) == nil)
  }
}
#endif
