#if Gateway
import Foundation
import ProviderConfiguration
import Testing
import TransportHost

@testable import Gateway

@Suite struct `The file is read again` {
  private let scratch: Scratch
  private let path: String

  init() throws {
    scratch = try Scratch()
    path = try scratch.write(Self.text("gpt-5"), to: "providers.yaml")
  }

  private static func text(_ model: String, gateway: String = "{}") -> String {
    """
    version: 1
    providers: { p: { plugin: openai, base_url: "http://127.0.0.1:9", auth: { key: { env: A } } } }
    models: { \(model): { targets: [{ provider: p }] } }
    gateway: \(gateway)
    """
  }

  private func keeper(
    listening: ListenAddress? = nil, onetime: String? = nil,
    variables: [String: String] = ["A": "a"]
  ) throws -> GenerationKeeper {
    var source = GatewaySource(file: path, now: { 1_790_000_000 })
    source.options.environment = { variables[$0] }
    (source.listening, source.onetime) = (listening, onetime)
    return try GenerationKeeper(source)
  }

  private func refusal(_ outcome: GenerationKeeper.Outcome) throws -> GenerationKeeper.Refusal {
    guard case .refused(let refusal) = outcome else {
      throw Unexpected("it serves")
    }
    return refusal
  }

  @Test func `and the new one serves from then on`() throws {
    let keeper = try keeper()
    let first = keeper.generation
    #expect(first.number == 1)
    #expect(first.host.knowsModel("gpt-5"))
    try scratch.write(Self.text("o3"), to: "providers.yaml")
    guard case .serving(let second) = keeper.reload() else {
      Issue.record("refused")
      return
    }
    #expect(second === keeper.generation)
    #expect(second.number == 2)
    #expect(second.host.knowsModel("o3") && !second.host.knowsModel("gpt-5"))
    #expect(first.host.knowsModel("gpt-5"), "who holds it has it as it was")
  }

  @Test(arguments: [
    ("nothing: [", "yaml"), ("version: 1\n", "missing-key"), ("", "missing-key"),
    (text("o3", gateway: "{ listen: nowhere at all }"), "invalid-listen"),
    (text("o3", gateway: "{ listen: 0.0.0.0:1 }"), "unprotected-listen"),
    (
      text("o3", gateway: "{ clients: { a: { token: { env: A }, models: [gpt] } } }"),
      "unknown-model"
    ),
  ]) func `and one with errors changes nothing, and says where`(text: String, code: String) throws {
    let keeper = try keeper()
    let first = keeper.generation
    try scratch.write(text, to: "providers.yaml")
    let refusal = try refusal(keeper.reload())
    #expect(keeper.generation === first)
    let errors = refusal.diagnostics.filter { $0.severity == .error }
    #expect(errors.contains { $0.code.rawValue.contains(code) }, "\(errors)")
    #expect(errors.allSatisfy { "\($0)".hasPrefix(path) })
  }

  @Test func `and one that is gone or is a directory changes nothing`() throws {
    let keeper = try keeper()
    let first = keeper.generation
    try FileManager.default.removeItem(atPath: path)
    #expect(try refusal(keeper.reload()).diagnostics.map(\.code) == [.fileUnreadable])
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(try refusal(keeper.reload()).diagnostics.map(\.code) == [.fileUnreadable])
    #expect(keeper.generation === first)
  }

  @Test func `and one whose client's token cannot be read changes nothing`() throws {
    let keeper = try keeper()
    let first = keeper.generation
    try scratch.write(
      Self.text("o3", gateway: "{ clients: { editor: { token: { env: MISSING } } } }"),
      to: "providers.yaml")
    let refusal = try refusal(keeper.reload())
    let error = try #require(refusal.error)
    #expect(error.code == .configInvalid)
    #expect(error.message.contains("\"editor\""))
    #expect(error.message.contains("MISSING"))
    #expect(error.source.flatMap(refusal.sourceLine)?.contains("editor") == true)
    #expect(keeper.generation === first)
  }

  @Test func `and one whose request log cannot be opened changes nothing`() async throws {
    try scratch.write(Self.text("gpt-5", gateway: "{ listen: 127.0.0.1:0 }"), to: "providers.yaml")
    var options = GatewayServer.Options(file: path)
    options.host.environment = { $0 == "A" ? "a" : nil }
    let server = try await GatewayServer.start(options)
    try scratch.write(
      Self.text("o3") + "\nobservability: { log: { path: no/such/folder.jsonl } }\n",
      to: "providers.yaml")
    let refusal = server.reload()
    #expect(refusal?.error?.code == .configInvalid)
    #expect(refusal?.error?.message.contains("no/such/folder.jsonl") == true)
    #expect(refusal?.error?.source.flatMap { refusal?.sourceLine($0) }?.contains("log:") == true)
    #expect(server.generationNumber == 1)
    #expect(await server.drain())
  }

  @Test func `and it need not be sound at first for the reason to be told`() throws {
    try scratch.write("version: 2\n", to: "providers.yaml")
    #expect(throws: GenerationKeeper.Refusal.self) { try keeper() }
  }

  @Test func `tokens of clients are in force with the reading that named them`() throws {
    let keeper = try keeper(variables: ["A": "first-token", "B": "second-token"])
    func clients() -> [String?] {
      ["first-token", "second-token", nil].map {
        keeper.generation.admission.clients.client(showing: $0)?.name
      }
    }
    #expect(clients() == ["", "", ""])
    for (variable, names) in [("A", ["a", nil, nil]), ("B", [nil, "a", nil])] {
      try scratch.write(
        Self.text("o3", gateway: "{ clients: { a: { token: { env: \(variable) } } } }"),
        to: "providers.yaml")
      _ = keeper.reload()
      #expect(clients() == names)
    }
  }

  @Test func `a token of one run opens the gateway whatever the file says`() throws {
    let keeper = try keeper(onetime: "token-of-this-run")
    let clients = keeper.generation.admission.clients
    #expect(clients.client(showing: "token-of-this-run")?.mayUse("anything") == true)
    #expect(clients.client(showing: nil) == nil)
  }

  @Test func `an address from the command line is held to the same rule`() throws {
    let everywhere = ListenAddress(host: "0.0.0.0", port: 1)
    let refusal = #expect(throws: GenerationKeeper.Refusal.self) {
      try keeper(listening: everywhere)
    }
    #expect(refusal?.error?.message.contains("0.0.0.0:1") == true)
    #expect(refusal?.error?.message.contains("gateway.clients") == true)
    #expect(throws: Never.self) { try keeper(listening: everywhere, onetime: "token") }
  }

  @Test func `what else the file says of the gateway is in force`() throws {
    try scratch.write(
      Self.text("o3", gateway: "{ limits: { body: 10 } }"), to: "providers.yaml")
    #expect(try keeper().generation.admission.bodyLimit == 10)
  }
}
#endif
