import Foundation
import ProviderConfiguration
import RawUpstream
import Testing
import TransportHost

/// What an answer says of itself: tokens, model and limits.
@Suite struct `What an answer tells` {
  typealias Reply = StreamedReply

  private static func usage(_ json: String) async throws -> TokenUsage? {
    try await Reply(Reply.stream(Reply.completed(more: #","usage":\#(json)"#))).result?.usage
  }

  @Test func `are its tokens, D2-6`() async throws {
    let usage = try await Self.usage(
      #"{"input_tokens":100,"input_tokens_details":{"cached_tokens":60,"cache_write_tokens":30},"#
        + #""output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":107}"#)
    #expect(
      usage
        == TokenUsage(
          input: 100, cachedInput: 60, cacheWrite: 30, output: 7, reasoning: 3, total: 107))
    #expect(usage?.uncachedInput == 10)
  }

  @Test(
    arguments: [
      (#"{"input_tokens":5,"input_tokens_details":{"cached_tokens":9}}"#, 0),
      (
        #"{"input_tokens":5,"input_tokens_details":{"cached_tokens":9223372036854775807,"#
          + #""cache_write_tokens":9223372036854775807}}"#, 0
      ),
      (#"{"input_tokens":5,"input_tokens_details":null}"#, 5),
      (#"{"input_tokens":5,"input_tokens_details":{"cache_write_tokens":-2}}"#, 5),
      (#"{"input_tokens":null,"output_tokens":1}"#, nil),
    ] as [(String, Int64?)])
  func `are never fewer tokens than none, D2-6`(json: String, uncached: Int64?) async throws {
    #expect(try await Self.usage(json)?.uncachedInput == uncached)
  }

  @Test(arguments: ["null", "{}", "[]", #"{"input_tokens":"many"}"#])
  func `are no tokens where none are counted`(json: String) async throws {
    #expect(try await Self.usage(json) == nil)
  }

  @Test(arguments: [true, false])
  func `are in the ledger too, and the model that the response names`(isStream: Bool) async throws {
    let more = #","usage":{"input_tokens":4,"output_tokens":2}"#
    let body =
      isStream
      ? Reply.stream(Reply.completed(more: more)) : Reply.response(more: more)
    let reply = try await Reply(
      body, type: isStream ? "text/event-stream" : "application/json", isStream: isStream)
    let result = try #require(reply.result)
    #expect(result.usage == TokenUsage(input: 4, output: 2))
    #expect(result.servedModel == "m-2026")
    #expect(result.attempts.last?.usage == result.usage)
    #expect(result.attempts.last?.servedModel == "m-2026")
  }

  @Test func `stands in the error of a call that took tokens before it failed`() async throws {
    let reply = try await Reply(
      Reply.stream(
        #"{"type":"response.failed","response":{"id":"r","model":"m-2026","#
          + #""error":{"code":"server_error","message":"m"},"usage":{"input_tokens":4}}}"#))
    let error = try #require(reply.error)
    #expect(error.attempts.last?.usage == TokenUsage(input: 4))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(error.json)) as? [String: [String: Any]])
    let attempt = try #require((json["error"]?["attempts"] as? [[String: Any]])?.first)
    #expect((attempt["usage"] as? [String: Any])?["input_tokens"] as? Int == 4)
    #expect(attempt["served_model"] as? String == "m-2026")
  }

  @Test func `are all headers of the 200 of a stream, B.5`() async throws {
    let reply = try await Reply(
      Reply.stream(Reply.completed()),
      headers: ["x-request-id: abc", "x-ratelimit-remaining-tokens: 0", "apim-request-id: def"])
    for name in ["x-request-id", "x-ratelimit-remaining-tokens", "apim-request-id"] {
      #expect(reply.result?.headers.contains { $0.name == name } == true)
      #expect(reply.headers.contains { $0.name == name })
    }
  }

  /// A host with a plugin that reads a model and two limits in each head.
  private static func host(_ server: RawServer) throws -> TransportHost {
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    return try TransportHost(
      text: Array(
        """
        version: 1
        defaults: { retry: { max_retries: 0 } }
        providers: { p: { plugin: good-head-facts, base_url: "\(server.url)/v1" } }
        models: { m: { targets: [{ provider: p, model: m }] } }
        """.utf8), file: "providers.yaml", options: options)
  }

  static let limits = [
    RateLimit(unit: "requests", limit: 60, remaining: 0, reset: .milliseconds(1500)),
    RateLimit(unit: "tokens", limit: nil, remaining: nil, reset: nil),
  ]

  @Test func `is what the head says before what the response says, B.5`() async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.send(HostileUpstream.streamHead + "connection: close\r\n\r\n")
      connection.send(Reply.stream(Reply.completed(Reply.message())))
    }
    let result = try await Self.host(server).respond(to: .text("Hello", model: "m"))
    #expect(result.servedModel == "the-one-that-serves")
    #expect(result.rateLimits == Self.limits)
  }

  @Test func `stands in the error of a stream that failed later, D23`() async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.send(HostileUpstream.streamHead + "connection: close\r\n\r\n")
      connection.send(
        Reply.stream(Reply.created, #"{"type":"error","error":{"code":"c","message":"m"}}"#))
    }
    let host = try Self.host(server)
    let error = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hello", model: "m"))
    }
    #expect(error?.rateLimits == Self.limits)
    #expect(error?.attempts.last?.servedModel == "the-one-that-serves")
    let json = String(decoding: error?.json ?? [], as: UTF8.self)
    #expect(json.contains(#""rate_limits":[{"unit":"requests","limit":60,"remaining":0,"#))
  }
}
