import Testing

@testable import TransportHost

@Suite struct `Where a secret may go` {
  @Test(arguments: [
    ("https://a.example/x", "https://a.example/y"), ("https://a.example", "https://A.example:443"),
    ("http://a.example/x", "https://a.example/x"), ("http://a.example", "http://a.example:80/"),
    ("https://127.0.0.1:8761/", "http://127.0.0.1:8761/"),
    ("https://[::1]:8761/", "http://[::1]:8761/x"), ("http://h:1/", "https://h:1/"),
  ])
  func `to the same host, encrypted or as it was`(_ home: String, _ other: String) throws {
    let home = try #require(Origin(of: home))
    #expect(try #require(Origin(of: other)).mayTakeSecret(of: home))
  }

  @Test(arguments: [
    ("https://a.example", "https://b.example"), ("https://a.example", "https://x.a.example"),
    ("https://a.example", "https://a.example:444"), ("https://a.example", "http://a.example"),
    ("https://a.example:1", "https://a.example"), ("https://127.0.0.1", "https://localhost"),
    ("https://[::1]:1/", "https://[::1]:2/"), ("http://a.example", "https://a.example:8443"),
    ("https://a.example", "https://a.example.b.example"),
  ])
  func `and nowhere else`(_ home: String, _ other: String) throws {
    let home = try #require(Origin(of: home))
    #expect(!(try #require(Origin(of: other)).mayTakeSecret(of: home)))
  }

  @Test(arguments: ["", "a.example", "ftp://a.example", "https://u@a.example", "https://"])
  func `a URL that means no host has none`(_ url: String) {
    #expect(Origin(of: url) == nil)
  }
}
