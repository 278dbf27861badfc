#if Gateway

import InMemoryTracing
import Metrics
import Telemetry
import Testing
import Tracing

@Suite struct `What a request leaves in the metrics` {
  @Test func `a stream is measured in OpenTelemetry's names`() throws {
    let observed = Observed()
    observed.serve(.streamed)
    let text = try observed.text()
    let labels = [
      "gen_ai_operation_name": "chat", "gen_ai_provider_name": "openai",
      "jackfield_provider": "east", "gen_ai_request_model": "gpt-5",
      "gen_ai_response_model": "gpt-5-2026-01-01",
    ]
    let named = text.samples.filter { $0.name == "gen_ai_client_operation_duration_seconds_sum" }
    #expect(named.map(\.labels) == [labels])
    #expect(named.map(\.value) == [2.25])
    #expect(text.value("gen_ai_server_time_to_first_token_seconds_sum", labels) == 0.3)
    let tokens = "gen_ai_client_token_usage_sum"
    #expect(text.value(tokens, ["gen_ai_token_type": "input"]) == 1200)
    #expect(text.value(tokens, ["gen_ai_token_type": "output"]) == 340)
    #expect(text.value("jackfield_tokens_cached_total", labels) == 1000)
    #expect(text.value("jackfield_tokens_reasoning_total", labels) == 64)
    #expect(
      text.value(
        "gen_ai_client_token_usage_bucket", ["gen_ai_token_type": "input", "le": "1024"])
        == 0)
    #expect(
      text.value(
        "gen_ai_client_token_usage_bucket", ["gen_ai_token_type": "input", "le": "4096"])
        == 1)
  }

  @Test func `requests and attempts are counted by how they ended`() throws {
    let observed = Observed()
    observed.serve(.streamed)
    observed.serve(.streamed)
    observed.serve(.failed)
    let text = try observed.text()
    let requests = "jackfield_requests_total"
    #expect(
      text.value(
        requests,
        ["client": "team-a", "status": "200", "outcome": "ok", "endpoint": "/v1/responses"]) == 2)
    #expect(text.value(requests, ["outcome": "upstream_failed", "status": "502"]) == 1)
    let attempts = "jackfield_attempts_total"
    #expect(text.value(attempts, ["provider": "east", "outcome": "rate_limited"]) == 2)
    #expect(text.value(attempts, ["provider": "east", "target": "first", "outcome": "ok"]) == 2)
    #expect(text.value(attempts, ["provider": "west", "outcome": "upstream_failed"]) == 1)
  }

  @Test func `an error has a type and no time to a first token`() throws {
    let observed = Observed()
    observed.serve(.failed)
    let text = try observed.text()
    #expect(
      text.value(
        "gen_ai_client_operation_duration_seconds_count", ["error_type": "upstream_failed"]) == 1)
    #expect(text.value("gen_ai_server_time_to_first_token_seconds_count") == 0)
  }

  @Test func `models that nobody has make no series`() throws {
    let observed = Observed()
    for number in 0..<50 { observed.serve(.unknownModel("made-up-\(number)")) }
    let text = try observed.text()
    #expect(text.samples.allSatisfy { !$0.labels.values.contains { $0.contains("made-up") } })
    #expect(text.value("jackfield_requests_total", ["outcome": "model_not_found"]) == 50)
    #expect(text.types["gen_ai_client_operation_duration_seconds"] == nil)
  }

  @Test func `what is being served is counted, streams apart, until it ends once`() throws {
    let observed = Observed()
    let start = CallTelemetry.Start(method: "POST", endpoint: "/v1/responses", began: 1)
    let first = observed.telemetry.began(start)
    let second = observed.telemetry.began(start)
    first.streamOpened()
    first.streamOpened()
    func gauges() throws -> [Double?] {
      let text = try observed.text()
      return [text.value("jackfield_requests_in_flight"), text.value("jackfield_streams_open")]
    }
    #expect(try gauges() == [2, 1])
    first.ended(.streamed)
    first.ended(.streamed)
    first.streamOpened()
    #expect(try gauges() == [1, 0])
    second.ended(.failed)
    #expect(try gauges() == [0, 0])
    #expect(try observed.text().value("jackfield_requests_total", ["outcome": "ok"]) == 1)
  }

  @Test func `a request that is dropped leaves the gauges and an errored span`() throws {
    let observed = Observed()
    do {
      let call = observed.telemetry.began(.init(method: "GET", endpoint: "/v1/models", began: 1))
      call.streamOpened()
    }
    let text = try observed.text()
    #expect(text.value("jackfield_requests_in_flight") == 0)
    #expect(text.value("jackfield_streams_open") == 0)
    #expect(observed.tracer.activeSpans.isEmpty)
    #expect(observed.tracer.finishedSpans.map { $0.status?.code } == [.error])
  }

  @Test func `reloads are counted and the generation in force is shown`() throws {
    let observed = Observed()
    observed.telemetry.reloaded(outcome: "ok", generation: 2)
    observed.telemetry.reloaded(outcome: "config_invalid", generation: 2)
    let text = try observed.text()
    #expect(text.value("jackfield_reloads_total", ["outcome": "ok"]) == 1)
    #expect(text.value("jackfield_reloads_total", ["outcome": "config_invalid"]) == 1)
    #expect(text.value("jackfield_configuration_generation") == 2)
  }

  @Test func `every metric of a request has a line of help`() throws {
    let observed = Observed()
    observed.serve(.streamed)
    observed.telemetry.reloaded(outcome: "ok", generation: 1)
    let text = try observed.text()
    #expect(Set(text.helps.keys) == Set(text.types.keys))
    #expect(text.types.count == CallTelemetry.descriptions.count)
  }
}

#endif
