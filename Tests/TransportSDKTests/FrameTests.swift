import JSONText
import Testing
import TransportHost
import TransportSDK

@Suite struct `Frames go through a reader` {
  private func exchange(_ id: String, model: String = "read") throws -> TransportExchange {
    var input = PrepareInput()
    input.model = model
    return try probe(InstanceSettings(provider: id)).prepare(input).exchange
  }

  private func yield(
    _ exchange: TransportExchange, _ name: String, _ data: String = "{}"
  ) -> EventCollector.Yield {
    let events = EventCollector()
    exchange.frame(name: Array(name.utf8).span, data: Array(data.utf8).span, to: events)
    return events.take()
  }

  @Test func `that remembers, each exchange for itself`() throws {
    let instance = try probe(InstanceSettings(provider: "remember"))
    let first = try instance.prepare(PrepareInput()).exchange
    let second = try instance.prepare(PrepareInput()).exchange
    #expect(yield(first, "a", "123").events.map(\.name) == ["a-1-0", "a-1-1", "a-1-2"])
    #expect(yield(first, "b", "1").events.map(\.name) == ["b-2-0", "b-2-1", "b-2-2"])
    let other = yield(second, "c", "")
    #expect(other.events.map(\.name).first == "c-1-0")
    #expect(other.events.map(\.data).first == Array("0".utf8))
  }

  @Test func `that forwards and adds`() throws {
    let yield = yield(try exchange("both"), "both")
    #expect(yield.isForwarded)
    #expect(yield.events.map(\.name) == ["extra"])
  }

  @Test func `that fails, after what it had emitted`() throws {
    let yield = yield(try exchange("fails"), "fail")
    #expect(yield.events.map(\.name) == ["before"])
    #expect(yield.failure?.upstreamCode == "DeploymentNotFound")
  }

  @Test func `that has the last word, a result object or a failure`() throws {
    let events = EventCollector()
    let read = try exchange("end")
    _ = yield(read, "a")
    read.end(to: events)
    let last = try #require(events.take().events.last)
    #expect(last.name.isEmpty)
    #expect(last.data == Array("{\"frames\":1}".utf8))
    try exchange("end-empty").end(to: events)
    #expect(events.take().failure?.message == "nothing came.")
  }

  @Test func `or untouched where there is none`() throws {
    let exchange = try exchange("forward", model: "forward")
    #expect(yield(exchange, "any").isForwarded)
    let events = EventCollector()
    exchange.end(to: events)
    let yield = events.take()
    #expect(!yield.isForwarded && yield.events.isEmpty && yield.failure == nil)
  }

  @Test func `that ends with its exchange`() throws {
    func live() -> Int? { ProbeTransport.seen(by: "live")?.liveReaders }
    let instance = try probe(InstanceSettings(provider: "live"))
    var exchange: TransportExchange? = try instance.prepare(PrepareInput()).exchange
    #expect(live() == 1)
    withExtendedLifetime(exchange) {}
    exchange = nil
    #expect(live() == 0)
  }

  @Test(arguments: [
    ("text/event-stream", HostFraming.serverSentEvents),
    ("Text/Event-Stream ; charset=utf-8", .serverSentEvents), ("application/x-ndjson", .jsonLines),
    ("application/jsonl", .jsonLines), ("application/json", .whole), ("", .whole),
    ("text/html;text/event-stream", .whole),
  ])
  func `that are cut as the content type says`(_ type: String, _ framing: HostFraming)
    throws
  {
    let exchange = try exchange("framing-" + type)
    #expect(
      try exchange.framing(status: 200, headers: [("other", "x"), ("content-type", type)])
        == framing)
  }

  @Test func `that are cut as the transport decides`() throws {
    #expect(
      try exchange("raw").framing(status: 200, headers: [("x-framing", "raw")]) == .raw)
  }
}
