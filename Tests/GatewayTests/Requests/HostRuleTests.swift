#if Gateway
import Testing

@testable import Gateway

@Suite struct `A gateway without tokens serves programs of its machine` {
  private static let rule = HostRule(host: "127.0.0.1")

  @Test(
    arguments: [
      nil, "127.0.0.1", "127.0.0.1:8787", "127.1.2.3:1", "localhost", "localhost:8787",
      "LOCALHOST:80",
      "[::1]", "[::1]:8787",
    ] as [String?]) func `whatever name of it they call`(host: String?)
  {
    #expect(Self.rule.allows(host: host, origin: nil))
  }

  @Test(arguments: [
    "a.example", "a.example:8787", "127.0.0.1.a.example", "localhost.a.example", "127.0.0.1a",
    "10.0.0.1:8787", "0.0.0.0:8787", "[::]:8787", "[::ffff:10.0.0.1]:80", "", ":8787", "127.0.0.1:",
    "127.0.0.1:x", "::1", "user@127.0.0.1", "127.0.0.1/a.example", "127.0.0.1 a.example",
  ]) func `but not under the name of somebody else, which was made to lead here`(host: String) {
    #expect(!Self.rule.allows(host: host, origin: nil))
  }

  @Test(arguments: [
    "https://a.example", "http://a.example:8787", "null", "", "file://",
    "http://127.0.0.1.a.example",
    "chrome-extension://abcdef", "http://10.0.0.1:8787", "//127.0.0.1",
  ]) func `and not to the page of another origin`(origin: String) {
    #expect(!Self.rule.allows(host: "127.0.0.1:8787", origin: origin))
  }

  @Test(arguments: [
    "http://127.0.0.1:8787", "http://localhost:8787", "https://localhost", "http://[::1]:3000",
  ]) func `pages of the machine itself are served`(origin: String) {
    #expect(Self.rule.allows(host: "127.0.0.1:8787", origin: origin))
    #expect(!Self.rule.allows(host: "a.example", origin: origin))
  }

  @Test func `the name that it listens on is its own`() {
    let rule = HostRule(host: "Gateway.Example")
    #expect(rule.allows(host: "gateway.example:8787", origin: "http://GATEWAY.example:1"))
    #expect(!rule.allows(host: "other.example:8787", origin: nil))
  }
}
#endif
