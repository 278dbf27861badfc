import TransportHost
import UpstreamEmulator

/// An account that needs a token, refuses `temperature`, and finds what it stored a second late: what
/// agents meet in practice, and what their users should not.
struct TroubledAccount {
  let host: TransportHost
  let terminal: Terminal

  /// Starts the upstream and its token service, and a host that signs in there.
  init(_ emulator: UpstreamEmulator, terminal: Terminal) throws {
    self.terminal = terminal
    let service = try emulator.startTokens()
    var upstream = EmulatorOptions()
    upstream.tokens = service.issuer
    upstream.race = .milliseconds(1200)
    upstream.quirks = [try Quirk("refuse:temperature")]
    let listener = try emulator.start(.azureOpenAI, options: upstream)
    let text = """
      version: 1
      credentials:
        app: { entra: { tenant: \(service.tenant), client_id: \(service.clientID), client_secret: { env: APP_SECRET }, authority: "\(service.origin)" } }
      providers:
        contoso: { plugin: azure-openai, base_url: "\(listener.baseURL)", auth: { bearer: app } }
      models:
        gpt-5: { targets: [{ provider: contoso, model: gpt-5 }] }
      """
    var options = TransportHost.Options()
    let secret = service.clientSecret
    options.environment = { $0 == "APP_SECRET" ? secret : nil }
    host = try TransportHost(text: Array(text.utf8), file: "troubled.yaml", options: options)
  }

  func run() async throws {
    terminal.title("an account with habits", "azure-openai, signed in with Entra ID")
    for status in try await host.credentialStatus() {
      terminal.step("Whose token", "\(status.credential ?? "") for \(status.scope)")
      for source in status.sources {
        terminal.note("\(source.name) \(source.outcome.rawValue): \(source.reason)")
      }
    }
    try await ask(
      "A field that it refuses", #""input":"Hello","temperature":0.2"#)
    let first = try await ask(
      "The same field again: remembered", #""input":"Hello again","temperature":0.2,"store":true"#)
    try await ask(
      "A follow-up on what was stored a moment ago",
      #""input":"And now?","previous_response_id":"\#(first.id ?? "")""#)
  }

  @discardableResult
  private func ask(_ name: String, _ members: String) async throws -> CallResult {
    terminal.step(name, "{\(members)}")
    let result = try await host.respond(
      to: CallRequest(body: Array(#"{"model":"gpt-5",\#(members)}"#.utf8)))
    for (index, attempt) in result.attempts.enumerated() {
      let status = attempt.status.map { " (\($0))" } ?? ""
      let next = attempt.next.map { ", then \($0)" } ?? ""
      terminal.note("attempt \(index + 1): \(attempt.outcome)\(status)\(next)")
    }
    terminal.note(result.text)
    return result
  }
}
