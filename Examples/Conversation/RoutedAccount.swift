import TransportHost
import UpstreamEmulator

/// Two accounts of one model, the first of which is down: an agent's conversation goes on, and a
/// follow-up finds the account that made its state.
struct RoutedAccount {
  let host: TransportHost
  let terminal: Terminal

  /// Starts an upstream that is down and one that is not, and a host that knows both.
  init(_ emulator: UpstreamEmulator, terminal: Terminal) throws {
    self.terminal = terminal
    var down = EmulatorOptions()
    down.key = "emulated"
    down.faults = [try Fault("503x4")]
    var sound = EmulatorOptions()
    sound.key = "emulated"
    sound.race = .zero
    let east = try emulator.start(.azureFoundry, options: down)
    let west = try emulator.start(.azureOpenAI, options: sound)
    let text = """
      version: 1
      credentials: { key: { env: KEY } }
      providers:
        east: { plugin: azure-foundry, base_url: "\(east.baseURL)", auth: { key: key } }
        west: { plugin: azure-openai, base_url: "\(west.baseURL)", auth: { key: key } }
      models:
        gpt-5:
          targets:
            - { provider: east, model: gpt-5 }
            - { provider: west, model: gpt-5 }
      state_key: { env: STATE_KEY }
      """
    var options = TransportHost.Options()
    let variables = ["KEY": "emulated", "STATE_KEY": "a key of the demo, no secret"]
    options.environment = { variables[$0] }
    host = try TransportHost(text: Array(text.utf8), file: "routed.yaml", options: options)
  }

  func run() async throws {
    terminal.title("a model with two targets, the first one down", "azure-foundry, azure-openai")
    let first = try await ask("The first target fails", #""input":"Hello","store":true"#)
    terminal.note("the response's id says where it lives: \(first.id ?? "")")
    try await ask(
      "A follow-up goes where its state lives",
      #""input":"And now?","previous_response_id":"\#(first.id ?? "")""#)
    terminal.step("Why not the first one?", "explain")
    for step in try host.explain(.text("Hello", model: "gpt-5")).route {
      terminal.note("\(step.isChosen ? "→" : " ") \(step.provider): \(step.reason)")
    }
  }

  @discardableResult
  private func ask(_ name: String, _ members: String) async throws -> CallResult {
    terminal.step(name, "{\(members)}")
    let result = try await host.respond(
      to: CallRequest(body: Array(#"{"model":"gpt-5",\#(members)}"#.utf8)))
    for (index, attempt) in result.attempts.enumerated() {
      let next = attempt.next.map { ", then \($0)" } ?? ""
      terminal.note(
        "attempt \(index + 1) at \(attempt.provider) (\(attempt.reason)): \(attempt.outcome)\(next)"
      )
    }
    terminal.note(result.text)
    return result
  }
}
