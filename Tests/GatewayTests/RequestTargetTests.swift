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
}
