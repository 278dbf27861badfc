import JSONText
import Testing
import TransportHost

@Suite struct `A good plugin in C` {
  private func instance(
    _ name: String, _ settings: InstanceSettings = InstanceSettings(provider: "test")
  ) throws -> TransportInstance {
    let library = try TransportLibrary(
      opening: BuiltPlugins.path(of: name), expecting: name)
    return try TransportInstance(library, settings: settings)
  }

  private func request(_ body: String) throws -> PrepareInput {
    var input = Trial.request
    input.body = Array(body.utf8)
    input.members = try JSONText.index(input.body.span).members
    return input
  }

  @Test func `states its facts`() throws {
    let settings = InstanceSettings(provider: "p", baseURL: "http://127.0.0.1:8080/v1")
    let instance = try instance("good-minimal", settings)
    #expect(instance.library.id == "good-minimal")
    #expect(instance.library.version == "1.2.3")
    #expect(instance.library.toolchain == "C")
    #expect(instance.library.manifest.contains("jackfield.manifest/1"))
    #expect(instance.library.file == BuiltPlugins.path(of: "good-minimal"))
    #expect(instance.library.rules.isEmpty)
    #expect(instance.facts.endpoint == "http://127.0.0.1:8080/v1")
    #expect(instance.facts.allowedHosts == ["127.0.0.1"])
    #expect(instance.facts.credentialHeaders == ["authorization"])
    #expect(instance.facts.requestIDHeaders == ["x-request-id"])
    #expect(instance.facts.stateBoundary == "fixture")
  }

  @Test func `forwards what it does not understand`() throws {
    let (plan, exchange) = try instance("good-minimal").prepare(Trial.request)
    #expect(plan.method == "POST")
    #expect(plan.url == "https://fixture.example/v1/responses")
    #expect(plan.headers.map(\.name) == ["content-type", "authorization"])
    #expect(plan.headers.map(\.endsWithCredential) == [false, true])
    #expect(plan.body == [.input(0..<Trial.body.count)])
    #expect(
      try exchange.framing(status: 200, headers: [("content-type", "text/event-stream")])
        == .serverSentEvents)
    #expect(try exchange.framing(status: 200, headers: []) == .whole)
    let events = EventCollector()
    exchange.frame(name: "any", data: Array("{}".utf8).span, to: events)
    let yield = events.take()
    #expect(yield.isForwarded && yield.events.isEmpty && yield.failure == nil)
    #expect(!events.take().isForwarded, "a collector is empty after it was read")
  }

  @Test func `edits a body with the host's JSON`() throws {
    // White space around the document, an escape in the alias, and a last tool with brackets.
    let body =
      "\n {\"input\":[],\"model\":\"al\\u0069as\\n\",\"tools\":[1, {\"a\":[2]}],\"x\":1.0} "
    let input = try request(body)
    let instance = try instance("good-json")
    #expect(instance.library.rules.map(\.id) == ["model-name"])
    do {
      _ = try instance.prepare(input)
      Issue.record("a line break in the alias must not become a header")
    } catch {
      #expect(error.message.contains("holds a line break"))
    }
    let plan = try instance.prepare(request(body.replacing("\\n\"", with: "\""))).plan
    #expect(
      plan.headers.suffix(2).map { "\($0.name): \($0.value)" } == ["x-alias: alias", "x-tools: 2"])
    #expect(plan.edits.map(\.action) == [.replace])
    let edited = body.replacing("\"al\\u0069as\\n\"", with: "\"wire-model\"")
    #expect(
      String(
        decoding: plan.bodyBytes(of: Array(body.replacing("\\n\"", with: "\"").utf8)), as: UTF8.self
      )
        == edited)
  }

  @Test func `escapes what it writes`() throws {
    var input = try request("{\"model\":\"m\"}")
    input.model = "a\"b\\c\u{1}é"
    let plan = try instance("good-json").prepare(input).plan
    let bytes = plan.bodyBytes(of: input.body)
    let root = try JSONText.validate(bytes.span)
    #expect(root.member("model", in: bytes.span)?.string(in: bytes.span) == input.model)
  }

  @Test func `translates another protocol, remembering what came before`() throws {
    let input = try request("{\"model\":\"m\",\"input\":\"say \\\"hi\\\"\",\"stream\":true}")
    let (plan, exchange) = try instance("good-lines").prepare(input)
    #expect(
      String(decoding: plan.bodyBytes(of: input.body), as: UTF8.self)
        == "{\"prompt\":\"say \\\"hi\\\"\"}")
    #expect(plan.body.contains(.input(21..<33)), "the prompt is not copied")
    #expect(try exchange.framing(status: 200, headers: []) == .jsonLines)
    let events = EventCollector()
    for line in ["{\"say\":\"Hel\\n\"}", "{\"say\":\"lo\"}", "{\"end\":true}"] {
      exchange.frame(name: "", data: Array(line.utf8).span, to: events)
    }
    exchange.end(to: events)
    let yield = events.take()
    #expect(yield.failure == nil && !yield.isForwarded)
    #expect(
      yield.events.map(\.name) == [
        "response.created", "response.output_text.delta", "response.output_text.delta",
        "response.completed",
      ])
    for (number, event) in yield.events.enumerated() {
      let root = try JSONText.validate(event.data.span)
      #expect(root.member("type", in: event.data.span)?.string(in: event.data.span) == event.name)
      #expect(
        root.member("sequence_number", in: event.data.span)?.integer(in: event.data.span) == number)
    }
    let last = try #require(yield.events.last).data
    let text = try JSONText.validate(last.span)
      .value(at: "/response/output/0/content/0/text", in: last.span)
    #expect(text?.string(in: last.span) == "Hel\nlo")
  }

  @Test func `two exchanges of one instance do not share what they remember`() throws {
    let instance = try instance("good-lines")
    let first = try instance.prepare(Trial.request).exchange
    let second = try instance.prepare(Trial.request).exchange
    let events = EventCollector()
    first.frame(name: "", data: Array("{\"say\":\"a\"}".utf8).span, to: events)
    #expect(events.take().events.count == 2)
    second.frame(name: "", data: Array("{\"say\":\"b\"}".utf8).span, to: events)
    #expect(events.take().events.map(\.name).first == "response.created")
  }

  @Test func `says that a foreign stream failed, or stopped too early`() throws {
    let instance = try instance("good-lines")
    let events = EventCollector()
    let failing = try instance.prepare(Trial.request).exchange
    failing.frame(name: "", data: Array("{\"sorry\":\"no room\"}".utf8).span, to: events)
    let failure = try #require(events.take().failure)
    #expect((failure.code, failure.scope) == (.overloaded, .endpoint))
    #expect(failure.message == "no room")
    let short = try instance.prepare(Trial.request).exchange
    short.frame(name: "", data: Array("{\"say\":\"a\"}".utf8).span, to: events)
    _ = events.take()
    short.end(to: events)
    #expect(events.take().failure?.code == .protocolError)
  }

  @Test func `refuses what its upstream cannot do, with the place in the body`() throws {
    let input = try request("{\"input\":[{\"role\":\"user\"}]}")
    let instance = try instance("good-lines")
    do {
      _ = try instance.prepare(input)
      Issue.record("it accepted a list")
    } catch {
      #expect(error.code == .requestInvalid)
      #expect(error.pointer == "/input")
    }
  }
}
