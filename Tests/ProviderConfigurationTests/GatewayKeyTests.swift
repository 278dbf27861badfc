import Testing

@testable import ProviderConfiguration

@Suite struct `The gateway is configured` {
  /// A file with every key of the gateway.
  static let text = """
    version: 1
    credentials: { phone: { file: phone.key } }
    providers: { main: { plugin: p } }
    models:
      gpt-5: { aliases: [default], targets: [{ provider: main }] }
      o3: { targets: [{ provider: main }] }
    gateway:
      listen: "[::]:9000"
      clients:
        editor: { token: { env: OPENAI_API_KEY }, models: [default, "gpt-*"] }
        phone: { token: phone }
      limits: { connections: 100, body: 1M, idle: 30s }
      drain: 5s
    observability: { log: { path: "${HOST}/requests.jsonl", bodies: errors } }
    """

  private func document(_ text: String = text) throws -> ConfigurationDocument {
    let loaded = Loaded(text)
    #expect(loaded.diagnostics.isEmpty)
    return try #require(loaded.document)
  }

  @Test func `every key of it arrives`() throws {
    let gateway = try document().gateway
    #expect(gateway.listen.value == ListenAddress(host: "::", port: 9000))
    #expect(gateway.listen.value.text == "[::]:9000")
    #expect(gateway.listen.mark?.description == "providers.yaml:8:11")
    #expect(gateway.limits.connections == 100)
    #expect(gateway.limits.body == 1_000_000)
    #expect(gateway.limits.idle == .seconds(30))
    #expect(gateway.drain.value == .seconds(5))
    #expect(gateway.clients.map(\.name) == ["editor", "phone"])
    #expect(gateway.clients.map { $0.models?.map(\.value) } == [["default", "gpt-*"], nil])
    #expect(gateway.clients.allSatisfy { $0.problem == nil && $0.source != nil })
    #expect(
      gateway.clients.map(\.mark.description) == ["providers.yaml:10:5", "providers.yaml:11:5"])
  }

  @Test func `every key of the request log arrives`() throws {
    let log = try document().observability
    #expect(log.logPath?.value == "a.example/requests.jsonl")
    #expect(log.bodies == .errors)
  }

  @Test func `what is not written is as the reference says`() throws {
    let document = try document("version: 1\nproviders: { main: { plugin: p } }\n")
    let gateway = document.gateway
    #expect(gateway.listen.value.text == "127.0.0.1:8787")
    #expect(gateway.listen.mark == nil)
    #expect(gateway.clients.isEmpty)
    #expect(gateway.limits.connections == 10_000)
    #expect(gateway.limits.body == 64_000_000)
    #expect(gateway.limits.idle == .seconds(120))
    #expect(gateway.drain.value == .seconds(30))
    #expect(document.observability.logPath == nil)
    #expect(document.observability.bodies == .none)
  }

  @Test func `a client uses the names and patterns of its list, or all where it has none`() throws {
    let clients = try document().gateway.clients
    let names = ["default", "gpt-5", "gpt-4.1", "gpt-", "o3", "GPT-5"]
    #expect(names.filter(clients[0].mayUse) == ["default", "gpt-5", "gpt-4.1"])
    #expect(names.filter(clients[1].mayUse) == names)
  }

  @Test func `a client in whose entry something is wrong has a problem`() throws {
    let loaded = Loaded(
      """
      version: 1
      providers: { main: { plugin: p } }
      gateway:
        clients:
          sound: { token: { env: OPENAI_API_KEY } }
          wrong: { token: { env: OPENAI_API_KEY }, models: [nothing] }
          empty: {}
      """)
    let clients = try #require(loaded.document).gateway.clients
    #expect(clients.map(\.name) == ["sound", "wrong", "empty"])
    #expect(
      clients.map(\.problem?.code.rawValue) == [nil, "unknown-model", "missing-key"])
  }

  @Test(
    arguments: [
      ("127.0.0.1:0", "127.0.0.1", 0), ("localhost:8787", "localhost", 8787),
      ("[::1]:80", "::1", 80), ("a-b.example:65535", "a-b.example", 65535),
    ] as [(String, String, UInt16)])
  func `an address is a host and a port`(text: String, host: String, port: UInt16) {
    let address = ListenAddress(text)
    #expect(address == ListenAddress(host: host, port: port))
    #expect(address?.text == text)
  }

  @Test(arguments: [
    "", ":", ":80", "a", "a:", "a:65536", "a:-1", "a:+1", "a:8o", "a b:80", "::1", "::1:80",
    "[]:80",
    "[::1]", "[::1:80", "::1]:80", "[a]:80", "[::1]:", "a/b:80", "a@b:80", "ä:80", "[::1%eth0]:80",
    "[127.0.0.1:80]:80",
  ])
  func `nothing else is an address`(text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test(arguments: [
    ("127.0.0.1", true), ("127.255.0.9", true), ("localhost", true), ("LocalHost", true),
    ("::1", true), ("0.0.0.0", false), ("::", false), ("128.0.0.1", false),
    ("127.0.0.1.example", false), ("127.0.0", false), ("127.0.0.256", false),
    ("localhost.example", false), ("10.0.0.1", false), ("::ffff:10.0.0.1", false),
  ]) func `only loopback stays on the machine`(host: String, isLoopback: Bool) {
    #expect(ListenAddress(host: host, port: 1).isLoopback == isLoopback)
  }

  @Test(arguments: ["0.0.0.0:1", "\"[::]:1\"", "10.0.0.1:1", "gateway.example:1"])
  func `an address for other machines needs a client`(listen: String) {
    func codes(_ clients: String) -> [String] {
      Loaded(
        """
        version: 1
        providers: { main: { plugin: p } }
        gateway: { listen: \(listen)\(clients) }
        """
      ).codes
    }
    #expect(codes("") == ["unprotected-listen"])
    #expect(codes(", clients: {}") == ["unprotected-listen"])
    #expect(codes(", clients: { a: { token: { env: OPENAI_API_KEY } } }").isEmpty)
  }
}
