import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// What a client that works elsewhere meets on the strictest upstream, and the same through Jackfield.
///
/// - Source: <https://github.com/openclaw/openclaw/issues/84109>
@Suite struct `Requests that the strictest upstream refuses` {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    let refusal: [String]
    var testDescription: String { name }
  }

  static let rows = [
    Row(
      name: "messages without a type",
      request: """
        {"model":"azure-foundry","stream":true,"input":[{"type":"message","role":"developer",\
        "content":[{"type":"input_text","text":"Be brief."}]},\
        {"role":"user","content":[{"type":"input_text","text":"Hello"}]}]}
        """,
      refusal: [
        "Invalid value: ''. Supported values are: 'apply_patch_call'", "'message'", "'reasoning'",
        "input[1]", "invalid_value",
      ]),
    Row(
      name: "a developer message of bare text",
      request: """
        {"model":"azure-foundry","stream":true,"input":[{"type":"message","role":"developer",\
        "content":"Be brief."},{"type":"message","role":"user","content":"Hello"}]}
        """, refusal: ["input[0].content"]),
    Row(
      name: "prompt_cache_retention",
      request: """
        {"model":"azure-foundry","stream":true,"prompt_cache_retention":"24h","input":"Hello"}
        """, refusal: ["prompt_cache_retention"]),
    Row(
      name: "an assistant text without annotations",
      request: """
        {"model":"azure-foundry","stream":true,"input":[{"type":"message","role":"user",\
        "content":[{"type":"input_text","text":"One"}]},{"type":"message","role":"assistant",\
        "content":[{"type":"output_text","text":"Two"}]},{"type":"message","role":"user",\
        "content":[{"type":"input_text","text":"Three"}]}]}
        """, refusal: ["does not match the expected schema"]),
  ]

  @Test(arguments: rows)
  func `are refused word for word`(row: Row) async throws {
    let upstreams = try Upstreams()
    let body = row.request.replacing(#""model":"azure-foundry""#, with: #""model":"gpt-5""#)
    let answer = try await upstreams.naive(.azureFoundry, body)
    #expect(answer.status == 400)
    for words in row.refusal { #expect(answer.body.contains(words), "\(answer.body)") }
  }

  @Test(arguments: rows)
  func `succeed through Jackfield`(row: Row) async throws {
    let upstreams = try Upstreams()
    let answer = try await upstreams.host().respond(to: CallRequest(body: Array(row.request.utf8)))
    #expect(answer.text.contains("You said:"))
    #expect(answer.attempts.map(\.outcome) == ["ok"])
    #expect(!answer.edits.isEmpty)
  }

  @Test func `an api-version on the v1 path is refused, and Jackfield never sends one`()
    async throws
  {
    let upstreams = try Upstreams()
    let body = #"{"model":"gpt-5","input":"Hello"}"#
    let answer = try await upstreams.naive(.azureFoundry, body, path: "/responses?api-version=v1")
    #expect(answer.status == 400)
    #expect(answer.body.contains("api-version query parameter is not allowed when using /v1 path"))

    let pasted = upstreams.configuration().replacing(
      upstreams.baseURL(.azureFoundry),
      with: upstreams.baseURL(.azureFoundry) + "/responses?api-version=2025-04-01-preview")
    let host = try upstreams.host(configuration: pasted)
    let answered = try await host.respond(to: .text("Hello", model: "azure-foundry"))
    #expect(answered.text.contains("Hello"))
    #expect(answered.warnings.contains { $0.contains("api-version") }, "\(answered.warnings)")
  }

  @Test func `chat completions are an unsupported operation there`() async throws {
    let upstreams = try Upstreams()
    let answer = try await upstreams.naive(
      .azureFoundry, #"{"model":"gpt-5","messages":[]}"#, path: "/chat/completions")
    #expect(answer.body.lowercased().contains("unsupported operation"))
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `several turns with tools use one input everywhere`(upstream: EmulatedUpstream) async throws
  {
    let host = try Upstreams(race: .seconds(2)).host()
    var input = [
      #"{"role":"developer","content":"Be brief."}"#, #"{"role":"user","content":"Weather?"}"#,
    ]
    for turn in 1...3 {
      let answer = try await host.respond(to: request(upstream, input))
      let call = try #require(answer.functionCalls.first)
      input += answer.outputItems.map { String(decoding: $0, as: UTF8.self) }
      input.append(
        #"{"type":"function_call_output","call_id":"\#(call.callID)","output":"Bright \#(turn)"}"#)
      let told = try await host.respond(to: request(upstream, input))
      #expect(told.text.contains("Bright \(turn)"))
      input += told.outputItems.map { String(decoding: $0, as: UTF8.self) }
      input.append(#"{"role":"user","content":"And now?"}"#)
    }
  }

  private func request(_ upstream: EmulatedUpstream, _ input: [String]) -> CallRequest {
    let body = """
      {"model":"\(upstream.rawValue)","stream":true,"tools":[\(weatherTool)],\
      "input":[\(input.joined(separator: ","))]}
      """
    return CallRequest(body: Array(body.utf8))
  }
}
