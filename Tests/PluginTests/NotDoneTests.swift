import Foundation
import Testing
import TransportSDK

/// What Plugins/not-done.md says is left alone goes out as it came: each of its lines about requests has a
/// request here, in the one shape that no rule is about.
@Suite struct `What is not done` {
  struct Row: Sendable, CustomTestStringConvertible {
    let fact: String
    let request: String
    var testDescription: String { fact }

    init(_ fact: String, _ request: String) { (self.fact, self.request) = (fact, request) }

    /// A request with one item.
    init(_ fact: String, item: String) { self.init(fact, #"{"input":[\#(item)]}"#) }
  }

  private static let hello =
    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}"#
  private static let call =
    #"{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}"#
  private static let output = #"{"type":"function_call_output","call_id":"c","output":"x"}"#

  private static func reasoning(_ members: String) -> String {
    #"{"type":"reasoning",\#(members)"summary":[],"encrypted_content":"gAAAAblob"}"#
  }

  static let rows: [Row] = [
    Row(
      "Q02", item: #"{"type":"message","role":"developer","content":[{"type":"text","text":""}]}"#),
    Row(
      "Q03",
      item: #"{"type":"message","role":"assistant","content":[{"type":"input_text","text":"x"}]}"#),
    Row("Q06", item: #"{"type":"item_reference","id":"fc_1"},\#(output)"#),
    Row("Q06", item: "\(call),\(output)"),
    Row("Q08", item: "\(reasoning("")),\(call),\(output)"),
    Row(
      "Q13",
      item: "\(hello),\(reasoning(#""id":"rs_1","#)),\(call),\(output),"
        + "\(hello),\(reasoning(#""id":"rs_2","#)),\(call),\(output)"),
    Row("Q14", item: "\(reasoning(#""id":"rs_1","#)),\(call),\(output)"),
    Row("Q16", #"{"input":"Hi"}"#),
    Row("Q19", item: "\(reasoning(#""id":"rs_1","#)),\(call),\(output)"),
    Row(
      "Q21",
      item: #"{"type":"web_search_call","id":"\#(String(repeating: "w", count: 99))"},\#(hello)"#),
    Row("Q23", #"{"input":"Hi","prompt_cache_options":{"mode":"explicit"}}"#),
    Row("Q26", #"{"input":"Hi","temperature":0.20,"top_p":1e0,"top_logprobs":5}"#),
    Row("Q27", #"{"input":"Hi","reasoning":{"effort":"max"}}"#),
    Row("Q28", #"{"input":"Hi","text":{"verbosity":"low"}}"#),
    Row("Q29", #"{"input":"Hi","service_tier":"flex"}"#),
    Row("Q30", #"{"input":"Hi","safety_identifier":"\#(String(repeating: "s", count: 99))"}"#),
    Row(
      "Q31",
      #"{"input":"Hi","metadata":{\#((1...17).map { #""k\#($0)":"v""# }.joined(separator: ","))}}"#),
    Row("Q32", #"{"input":"Hi","background":true,"store":false}"#),
    Row("Q33", #"{"input":"Hi","truncation":"auto"}"#),
    Row("Q34", #"{"input":"Hi","return_progress":true,"timings_per_token":true}"#),
    Row(
      "Q35",
      item:
        #"\#(call),{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"x"}]}"#
    ),
    Row(
      "Q37",
      #"{"agent_reference":{"type":"agent_reference","name":"a"},"input":"Hi","tools":[{"type":"function","name":"f"}],"tool_choice":"auto"}"#
    ),
    Row("Q38", #"{"model":"GPT-5-Mini","input":"Hi"}"#),
    Row("Q39", #"{"previous_response_id":"resp_1","input":"Hi"}"#),
    Row(
      "Q40",
      item:
        #"{"type":"message","role":"user","content":[{"type":"input_file","file_id":"file-1"}]}"#),
    Row("Q41", #"{"input":"Hi","tools":[{"type":"image_generation","partial_images":2}]}"#),
    Row(
      "Q42",
      item:
        #"\#(call),{"type":"function_call_output","call_id":"c","output":""},{"type":"message","role":"user","content":[{"type":"input_text","text":"half \ud800"}]}"#
    ),
    Row("Q43", #"{"input":"Hi","include":["nobody.knows.this"]}"#),
    Row(
      "Q44",
      item:
        #"{"type":"message","role":"assistant","phase":"final","content":[{"type":"output_text","text":"x","annotations":[]}]}"#
    ),
    Row("D2-4", #"{"input":"Hi","stream":true}"#),
  ]

  @Test(arguments: Plugin.allCases, rows)
  func `leaves the request as it came`(plugin: Plugin, row: Row) {
    let prepared = Prepared(row.request, by: plugin)
    #expect(prepared.failure == nil)
    #expect(prepared.body == row.request)
    #expect(prepared.edits == [])
  }

  @Test func `has a request for every line about requests`() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Plugins/not-done.md")
    let facts = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("| ") }
      .flatMap { $0.split(separator: "|")[0].matches(of: /Q\d\d/).map { String($0.0) } }
    #expect(!facts.isEmpty)
    #expect(Set(facts).subtracting(Self.rows.map(\.fact)) == [])
  }

  /// B.4: whatever else a header may be good for, the account's owner says under `headers`.
  @Test(arguments: Plugin.allCases)
  func `sends three headers and no more (B.4)`(plugin: Plugin) {
    let names = Prepared(#"{"input":"Hi"}"#, by: plugin).headers
      .map { String($0.prefix { $0 != ":" }) }
    let credential = plugin == .openai ? "authorization" : "api-key"
    #expect(names == ["content-type", "accept", credential])
  }

  /// A2-5, A2-12: no version is made up, neither for v1 nor for a path that could be a dated one.
  @Test(arguments: ["", "/openai", "/openai/", "/openai/v1"])
  func `asks for no version that the entry does not name (A2-5, A2-12)`(path: String) {
    let entry = Entry(.azureOpenAI, baseURL: "https://r.openai.azure.com" + path)
    #expect(entry.url() == "https://r.openai.azure.com/openai/v1/responses")
  }

  static let unamended: [(Int, String)] = [
    (400, gateway("invalid_payload", "The provided data does not match the expected schema")),
    (400, wrapped(nil, "No tool call found for function call output with call_id c.")),
    (400, wrapped(nil, "No tool output found for function call c.")),
    (404, gateway("DeploymentNotFound", "The API deployment for this resource does not exist.")),
    (404, gateway("404", "Resource not found")),
    (400, gateway("OperationNotSupported", "The requested operation is unsupported.")),
    (400, wrapped("unsupported_value", "Unsupported value: 'max'", at: "reasoning.effort")),
    (400, wrapped("context_length_exceeded", "Your input exceeds the context window.")),
    (400, wrapped("content_filter", "The response was filtered.")),
  ]

  @Test(arguments: Plugin.allCases, unamended)
  func `offers neither an amendment nor another try where none would help (E.2)`(
    plugin: Plugin, refusal: (status: Int, body: String)
  ) throws {
    let failure = try classify(refusal.status, refusal.body, by: plugin, model: "gpt-5")
    #expect(failure.amendment == "")
    #expect(failure.retry != .yes)
    #expect(failure.retryAfter == nil)
  }
}
