#if Gateway
import Foundation
import JSONText
import Testing
import UpstreamEmulator

/// What the gateway tells of what it did.
@Suite struct `What was served is told` {
  private static func lines(_ path: String) throws -> [[String: Any]] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func `in the request log, a line each, without bodies`() async throws {
    let scratch = try Scratch()
    let log = scratch.directory.appendingPathComponent("requests.jsonl").path
    let upstreams = try Upstreams()
    let text = upstreams.configuration(more: "observability: { log: { path: \(log) } }")
    try await TestGateway.with(text) { gateway in
      let answer = try await gateway.create("openai", "a word of mine", isStream: true)
      _ = try await gateway.create("nope")
      try await eventually { (try? Self.lines(log).count) == 2 }
      let lines = try Self.lines(log)
      #expect(lines[0]["request_id"] as? String == answer.header("x-jackfield-request-id"))
      #expect(lines[0]["outcome"] as? String == "ok")
      #expect(lines[0]["model"] as? String == "openai")
      #expect(lines[0]["provider"] as? String == "openai")
      #expect(lines[0]["stream"] as? Bool == true)
      #expect(lines[0]["input_tokens"] as? Int ?? 0 > 0)
      #expect(lines[1]["outcome"] as? String == "model_not_found")
      #expect(lines[1]["status"] as? Int == 404)
      let all = try String(contentsOfFile: log, encoding: .utf8)
      #expect(!all.contains("a word of mine") && !all.contains(Upstreams.key))
    }
  }

  @Test func `with bodies where they are asked for, and in another file after a reload`()
    async throws
  {
    let scratch = try Scratch()
    let upstreams = try Upstreams()
    let paths = ["a", "b"].map { scratch.directory.appendingPathComponent($0).path }
    func text(_ path: String) -> String {
      upstreams.configuration(more: "observability: { log: { path: \(path), bodies: all } }")
    }
    try await TestGateway.with(text(paths[0])) { [paths] gateway in
      _ = try await gateway.create("openai", "a word of mine")
      try await eventually { (try? Self.lines(paths[0]).count) == 1 }
      let line = try Self.lines(paths[0])[0]
      #expect((line["request_body"] as? String)?.contains("a word of mine") == true)
      #expect((line["response_body"] as? String)?.contains("a word of mine") == true)
      try gateway.reload(
        upstreams.configuration(
          more: "observability: { log: { path: \(paths[1]), bodies: errors } }"))
      _ = try await gateway.create("openai", "a word of mine")
      try await eventually { (try? Self.lines(paths[1]).count) == 1 }
      #expect(try Self.lines(paths[1])[0]["request_body"] == nil)
      #expect(try Self.lines(paths[0]).count == 1)
    }
  }

  @Test func `to Prometheus, to people and to those who watch over the process`() async throws {
    let upstreams = try Upstreams()
    try await TestGateway.with(upstreams.configuration()) { gateway in
      _ = try await gateway.create("openai", isStream: true)
      _ = try await gateway.create("nope")
      // What is told of a request is told after its answer.
      let end = ContinuousClock.now + .seconds(20)
      var metrics = ""
      while !metrics.contains(#"outcome="model_not_found""#), .now < end {
        metrics = try await gateway.ask("GET", "/metrics").text
      }
      #expect(metrics.contains("jackfield_requests_total"))
      #expect(metrics.contains("gen_ai_client_token_usage"))
      #expect(metrics.contains(#"outcome="model_not_found""#))
      let page = try await gateway.ask("GET", "/")
      #expect(page.header("content-type") == "text/html; charset=utf-8")
      #expect(page.header("content-security-policy")?.contains("default-src 'none'") == true)
      #expect(page.text.contains("model_not_found") && !page.text.contains(Upstreams.key))
      let status = try await gateway.ask("GET", "/status.json")
      #expect(status.header("cache-control") == "no-store")
      #expect(!status.text.contains(Upstreams.key))
      _ = try status.json()
      #expect(try await gateway.ask("GET", "/healthz").text == "ok\n")
      #expect(try await gateway.ask("GET", "/readyz").text == "ready\n")
    }
  }

  @Test func `of a chat, whose members that have no counterpart are named`() async throws {
    let upstreams = try Upstreams()
    try await TestGateway.with(upstreams.configuration()) { gateway in
      let body =
        #"{"model":"openai","seed":1,"messages":[{"role":"user","content":"Hello there"}]}"#
      let answer = try await gateway.ask("POST", "/v1/chat/completions", body)
      #expect(answer.status == 200)
      #expect(answer.header("x-jackfield-dropped") == "seed")
      #expect(try answer.json()["object"] as? String == "chat.completion")
      let refused = try await gateway.ask(
        "POST", "/v1/chat/completions", #"{"model":"openai","messages":[{"role":"user"}],"n":2}"#)
      #expect(refused.status == 400)
      #expect(try refused.error("code") == "request_invalid")
    }
  }
}
#endif
