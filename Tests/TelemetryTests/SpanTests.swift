#if Gateway

import InMemoryTracing
import Telemetry
import Testing
import Tracing

@Suite struct `What a request leaves in a trace` {
  @Test func `a span has the name, the times and the facts of the request`() throws {
    let observed = Observed()
    observed.serve(.streamed)
    let span = try #require(observed.tracer.finishedSpans.first)
    #expect(observed.tracer.finishedSpans.count == 1)
    #expect(span.operationName == "chat gpt-5")
    #expect(span.kind == .server)
    #expect(span.startInstant.nanosecondsSinceEpoch == 1_769_850_300_000_000_000)
    #expect(span.endInstant.nanosecondsSinceEpoch == 1_769_850_302_250_000_000)
    #expect(span.status?.code == .ok)
    let expected: [String: SpanAttribute] = [
      "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-5", "gen_ai.response.model": "gpt-5-2026-01-01",
      "gen_ai.response.id": "resp_1", "gen_ai.response.finish_reasons": .stringArray(["stop"]),
      "gen_ai.response.time_to_first_chunk": .double(0.3),
      "gen_ai.usage.input_tokens": .int64(1200),
      "gen_ai.usage.cache_read.input_tokens": .int64(1000),
      "gen_ai.usage.output_tokens": .int64(340),
      "gen_ai.usage.reasoning.output_tokens": .int64(64), "http.request.method": "POST",
      "http.route": "/v1/responses", "http.response.status_code": .int64(200),
      "http.request.body.size": .int64(4096), "http.response.body.size": .int64(9000),
      "jackfield.provider": "east", "jackfield.target": "first", "jackfield.client": "team-a",
      "jackfield.request.id": "req_1", "jackfield.attempts": .int64(2),
      "jackfield.retries": .int64(1),
    ]
    for (name, value) in expected { #expect(span.attributes.get(name) == value, "\(name)") }
    #expect(span.attributes.count == expected.count)
  }

  @Test func `an error is the span's status and type`() throws {
    let observed = Observed()
    observed.serve(.failed)
    let span = try #require(observed.tracer.finishedSpans.first)
    #expect(span.status == SpanStatus(code: .error, message: "It said \"no\".\nAsk again."))
    #expect(span.attributes.get("error.type") == "upstream_failed")
    #expect(span.attributes.get("jackfield.fault") == "upstream")
    #expect(span.attributes.get("gen_ai.usage.input_tokens") == nil)
  }

  @Test func `a span without a model is named after its endpoint`() throws {
    let observed = Observed()
    observed.serve(
      ServedCall(
        requestID: "r", method: "GET", endpoint: "/v1/models", status: 200, outcome: "ok",
        began: 5, duration: .zero))
    let span = try #require(observed.tracer.finishedSpans.first)
    #expect(span.operationName == "GET /v1/models")
    #expect(span.attributes.get("gen_ai.operation.name") == nil)
  }

  @Test func `the tracer finds its parent in the request's headers`() throws {
    let observed = Observed()
    observed.serve(
      .streamed,
      headers: [
        (InMemoryTracer.traceIDKey, "trace-of-caller"),
        (InMemoryTracer.spanIDKey, "span-of-caller"),
      ])
    let span = try #require(observed.tracer.finishedSpans.first)
    #expect(span.traceID == "trace-of-caller")
    #expect(span.parentSpanID == "span-of-caller")
  }

  @Test func `what happens within a request is within its span`() throws {
    let observed = Observed()
    let call = observed.telemetry.began(.init(method: "POST", endpoint: "/e", began: 1))
    ServiceContext.withValue(call.context) {
      observed.tracer.withSpan("attempt") { _ in }
    }
    call.ended(.streamed)
    let spans = observed.tracer.finishedSpans
    #expect(spans.map(\.operationName) == ["attempt", "chat gpt-5"])
    #expect(spans[0].parentSpanID == spans[1].spanID)
  }

  @Test func `nothing is ever put into what goes on`() {
    let observed = Observed()
    observed.serve(.streamed)
    #expect(observed.tracer.performedContextInjections.isEmpty)
    var context = ServiceContext.topLevel
    context.traceContext = TraceContext(
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    var headers: [String: String] = [:]
    TraceContext.Propagation().inject(context, into: &headers, using: DictionaryInjector())
    #expect(context.traceContext != nil)
    #expect(headers.isEmpty)
  }

  private struct DictionaryInjector: Injector {
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
      carrier[key] = value
    }
  }

  @Test func `a traceparent is read as W3C says`() throws {
    let trace = try #require(
      TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
    #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(trace.parentID == "00f067aa0ba902b7")
    #expect(trace.isSampled)
    let later = TraceContext(
      traceparent: "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-what-comes-later")
    #expect(later?.isSampled == false)
  }

  @Test(arguments: [
    "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
    "00-éf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
  ])
  func `what is no traceparent is ignored`(value: String) {
    #expect(TraceContext(traceparent: value) == nil)
  }
}

#endif
