#if Gateway
import ProviderConfiguration
import Testing

@testable import Gateway

@Suite struct `Clients are known by their tokens` {
  private static let table = ClientTable([
    ("token-of-a", .init(name: "a", entry: nil)),
    ("token-of-b-longer", .init(name: "b", entry: nil)),
  ])

  private func name(_ headers: (name: String, value: String)...) -> String? {
    Self.table.client(showing: ClientTable.token(in: headers))?.name
  }

  @Test(arguments: [
    ("authorization", "Bearer token-of-a"), ("Authorization", "bearer token-of-a"),
    ("AUTHORIZATION", "BEARER token-of-a"), ("api-key", "token-of-a"), ("Api-Key", "token-of-a"),
    ("x-api-key", "token-of-a"), ("X-API-KEY", "token-of-a"),
    ("authorization", "Bearer   token-of-a"),
  ]) func `from each place where clients of this API put them, in any case`(
    name: String, value: String
  ) {
    #expect(self.name((name, value)) == "a")
  }

  @Test(arguments: [
    ("authorization", "token-of-a"), ("authorization", "Basic token-of-a"), ("authorization", ""),
    ("authorization", "Bearer"), ("authorization", "Bearer "),
    ("authorization", "Bearer token-of-"),
    ("authorization", "Bearer token-of-aa"), ("authorization", "Bearer Token-of-a"),
    ("authorization", "Bearer token-of-atoken-of-a"), ("api-key", ""),
    ("api-key", "Bearer token-of-a"),
    ("x-api-keys", "token-of-a"), ("cookie", "api-key=token-of-a"),
  ]) func `and by nothing else`(name: String, value: String) {
    #expect(self.name((name, value)) == nil)
  }

  @Test func `of several headers the first that holds a token counts`() {
    #expect(name(("authorization", "Basic x"), ("api-key", "token-of-b-longer")) == "b")
    #expect(name(("api-key", "wrong"), ("authorization", "Bearer token-of-a")) == nil)
    #expect(name(("content-type", "a"), ("x-api-key", "token-of-b-longer")) == "b")
  }

  @Test func `whoever shows none is nobody, unless nobody needs one`() {
    #expect(Self.table.isProtected)
    #expect(Self.table.client(showing: nil) == nil)
    let open = ClientTable([])
    #expect(!open.isProtected)
    #expect(open.client(showing: nil)?.name == "")
    #expect(open.client(showing: "whatever")?.mayUse("any") == true)
  }

  @Test func `an empty token opens nothing`() {
    let table = ClientTable([("", .init(name: "a", entry: nil))])
    #expect(table.client(showing: "x") == nil)
    #expect(table.client(showing: "")?.name == nil)
  }

  @Test func `a client may use what its list holds`() throws {
    let (document, _) = ConfigurationDocument.load(
      text: Array(
        """
        version: 1
        providers: { p: { plugin: p } }
        models: { gpt-5: { targets: [{ provider: p }] }, o3: { targets: [{ provider: p }] } }
        gateway:
          clients:
            some: { token: { env: A }, models: [o3, "gpt-*"] }
            all: { token: { env: A } }
        """.utf8), file: "providers.yaml"
    ) { _ in "set" }
    let entries = try #require(document).gateway.clients
    let clients = entries.map { ClientTable.Client(name: $0.name, entry: $0) }
    let names = ["o3", "gpt-5", "gpt-4.1-mini", "gpt-", "o3-mini", "O3", ""]
    #expect(names.filter(clients[0].mayUse) == ["o3", "gpt-5", "gpt-4.1-mini"])
    #expect(names.filter(clients[1].mayUse) == names)
  }
}
#endif
