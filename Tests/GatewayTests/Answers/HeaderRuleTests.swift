#if Gateway
import Testing

@testable import Gateway

@Suite struct `Headers of an upstream reach the client` {
  @Test(arguments: [
    "content-type", "date", "server", "x-request-id", "apim-request-id", "openai-processing-ms",
    "openai-version", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-requests", "retry-after",
    "x-ms-region", "cf-ray", "vary", "etag", "te-x", "trailers",
  ]) func `as far as they are about the answer`(name: String) {
    #expect(HeaderRule.passes(name))
  }

  @Test(arguments: [
    "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    "proxy-authenticate", "proxy-authentication-info",
  ]) func `but not what concerns one connection`(name: String) {
    #expect(!HeaderRule.passes(name))
  }

  @Test(arguments: [
    "content-length", "content-encoding", "set-cookie", "strict-transport-security", "alt-svc",
    "clear-site-data", "access-control-allow-origin", "access-control-expose-headers",
  ]) func `nor what is true of the upstream's host or of the body as it came`(name: String) {
    #expect(!HeaderRule.passes(name))
  }

  @Test func `and what the connection names as its own stays with it`() {
    let headers = [
      ("connection", "close, X-Private"), ("x-private", "a"), ("x-public", "b"),
      ("connection", "x-other"), ("x-other", "c"),
    ]
    #expect(HeaderRule.passed(headers).map(\.name) == ["x-public"])
  }

  @Test(arguments: ["", "a", "a b\tc", "grüße", "\u{A0}"])
  func `a value is plain`(value: String) {
    #expect(HeaderRule.isPlain(value))
  }

  @Test(arguments: ["a\r\nset-cookie: b", "a\nb", "a\rb", "\0", "\u{7F}", "\u{1B}[1m"])
  func `a value with control characters is none`(value: String) {
    #expect(!HeaderRule.isPlain(value))
    #expect(HeaderRule.passed([("x-odd", value), ("x-sound", "a")]).map(\.name) == ["x-sound"])
  }

  @Test(arguments: ["", "x odd", "x:odd", "x\nodd", "grüße", "x(odd)"])
  func `nor is a name that is no token`(name: String) {
    #expect(HeaderRule.passed([(name, "a"), ("x-sound", "a")]).map(\.name) == ["x-sound"])
  }
}
#endif
