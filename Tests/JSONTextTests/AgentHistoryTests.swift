import AgentHistory
import JSONText
import Testing

@Suite struct `An agent history is made to measure` {
  @Test(arguments: AgentHistory.Flavour.allCases, [16_384, 100_000, 1_000_000])
  func `it is valid and exactly as long as asked`(
    _ flavour: AgentHistory.Flavour, _ byteCount: Int
  ) throws {
    let body = AgentHistory.body(byteCount: byteCount, flavour: flavour, seed: 5)
    #expect(body.count == byteCount)
    _ = try JSONText.validate(body.span)
  }

  @Test func `the same seed gives the same bytes and another seed others`() {
    let body = AgentHistory.body(byteCount: 20_000, seed: 1)
    #expect(body == AgentHistory.body(byteCount: 20_000, seed: 1))
    #expect(body != AgentHistory.body(byteCount: 20_000, seed: 2))
  }

  @Test func `it holds every kind of item`() throws {
    let body = AgentHistory.body(byteCount: 20_000)
    let found = try JSONText.validate(body.span).member("input", in: body.span)
    let input = try #require(found)
    let types = JSONArrayEdit(input, in: body.span).items.map {
      $0.member("type", in: body.span)?.string(in: body.span)
    }
    #expect(
      Set(types) == ["message", "reasoning", "function_call", "function_call_output"])
  }
}
