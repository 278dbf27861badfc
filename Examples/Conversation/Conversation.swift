import JSONText
import TransportHost

/// Two turns with one model, told on the terminal as they happen.
struct Conversation {
  let host: TransportHost
  let model: String
  let terminal: Terminal

  /// What an agent's first turn looks like: messages that name no type.
  private var opening: [String] {
    [
      #"{"role":"developer","content":"You are a careful assistant."}"#,
      #"{"role":"user","content":"What is the weather in Coalbrookdale?"}"#,
    ]
  }

  private let tool = """
    {"type":"function","name":"weather","description":"The weather of a place",\
    "parameters":{"type":"object","properties":{"place":{"type":"string"}},\
    "required":["place"],"additionalProperties":false},"strict":true}
    """

  func run() async throws {
    let first = request(input: opening, tools: false)
    let plan = try host.explain(first)
    terminal.title(model, "\(plan.plugin) \(plan.version)  \(plan.file ?? "linked")")
    try await turn("A streamed answer", first)

    let asked = request(input: opening, tools: true)
    let answer = try await turn("A tool call", asked)
    guard let call = answer.functionCalls.first else { return terminal.note("no tool was called") }
    terminal.note("\(call.name)(\(call.arguments)) with call id \(call.callID)")

    // The answer's items go back as they came, ids and statuses included: what agents do, and what
    // some upstreams answer with "Item with id … not found".
    let items = answer.outputItems.map { String(decoding: $0, as: UTF8.self) }
    let output = """
      {"type":"function_call_output","call_id":\(literal(call.callID)),\
      "output":"Bright, 14 degrees, light wind"}
      """
    try await turn(
      "Its result, replayed at once", request(input: opening + items + [output], tools: true))
  }

  @discardableResult
  private func turn(_ name: String, _ request: CallRequest) async throws -> CallResult {
    let plan = try host.explain(request)
    terminal.step(name, "\(plan.method) \(plan.url)")
    terminal.edits(plan.edits)
    let events = try await host.stream(request)
    var hasText = false
    for try await event in events {
      guard let delta = event.textDelta else { continue }
      terminal.answer(delta, isFirst: !hasText)
      hasText = true
    }
    terminal.endAnswer(hadText: hasText)
    guard let result = events.result else { throw CallError(.internal, "no result") }
    return result
  }

  private func request(input: [String], tools: Bool) -> CallRequest {
    let body = """
      {"model":\(literal(model)),"input":[\(input.joined(separator: ","))],\
      \(tools ? "\"tools\":[\(tool)]," : "")"stream":true}
      """
    return CallRequest(body: Array(body.utf8))
  }

  private func literal(_ text: String) -> String {
    String(decoding: JSONEscape.literal(text), as: UTF8.self)
  }
}
