@testable import CurlHTTP
import RawUpstream
import Testing

@Suite struct `Which hosts are asked through a proxy` {
  /// What exempts a host from the proxy, by our reading of libcurl's rules.
  private func exemption(_ list: String, _ host: String) -> String? {
    HTTPEnvironment { ["https_proxy": "http://proxy.example:3128", "no_proxy": list][$0] }
      .proxy(isSecure: true, host: host).exemption
  }

  @Test(arguments: [
    ("*", "a.example", "*"), ("a.example", "a.example", "a.example"),
    ("example", "a.example", "example"), (".a.example", "x.a.example", ".a.example"),
    (".a.example", "a.example", ".a.example"), ("A.Example.", "a.example", "A.Example."),
    ("b, a.example", "a.example.", "a.example"), ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
    ("10.0.0.0/8", "10.1.2.3", "10.0.0.0/8"), ("fd00::/8", "fd12::1", "fd00::/8"),
    ("::1", "::1", "::1"),
  ])
  func `are not asked so where the list has them`(_ list: String, _ host: String, _ part: String) {
    #expect(exemption(list, host) == part)
  }

  @Test(arguments: [
    ("", "a.example"), ("a.example", "ba.example"), ("x.a.example", "a.example"),
    ("*.example", "a.example"), ("10.0.0.0/8", "11.0.0.1"), ("127.0.0", "127.0.0.1"),
    ("10.0.0.0/64", "10.0.0.1"), ("fd00::/8", "fe00::1"), (".", "a.example"),
    ("a.example:443", "a.example"),
  ])
  func `are asked so where it has not`(_ list: String, _ host: String) {
    #expect(exemption(list, host) == nil)
  }

  @Test(arguments: [
    ("*", "a.invalid"), ("invalid", "a.invalid"), (".a.invalid", "a.invalid"),
    (".A.invalid.", "x.a.invalid"), ("b a.invalid", "a.invalid"), ("", "a.invalid"),
    ("a.invalid", "ba.invalid"), ("*.invalid", "a.invalid"), (".", "a.invalid"),
    ("*,b.invalid", "a.invalid"), ("127.0.0.0/8", "a.invalid"),
  ])
  func `as libcurl itself decides`(_ list: String, _ host: String) async throws {
    let proxy = try RawServer { connection in
      connection.readRequest()
      connection.respond("by proxy")
    }
    let environment = HTTPEnvironment { ["http_proxy": proxy.url, "no_proxy": list][$0] }
    let isDirect = environment.proxy(isSecure: false, host: host).proxy == nil
    try await withEngine(.testing(environment: environment)) { engine in
      let body = try? await engine.text(.get("http://\(host)/")).body
      #expect(body == (isDirect ? nil : "by proxy"))
    }
  }

  @Test func `by the variable of the scheme, lower case first, the name and password not shown`() {
    let all = [
      "http_proxy": "http://plain.example:1", "HTTP_PROXY": "http://cgi.example:1",
      "https_proxy": "http://u:p%40@secure.example:2", "HTTPS_PROXY": "http://upper.example:3",
    ]
    let environment = HTTPEnvironment { all[$0] }
    #expect(environment.proxy(isSecure: false, host: "h").proxy == "http://plain.example:1")
    let secure = environment.proxy(isSecure: true, host: "h")
    #expect(secure.proxy == "http://secure.example:2")
    #expect(secure.hasUserInformation)
    let other = HTTPEnvironment { ["ALL_PROXY": "u:p@all.example"][$0] }
    #expect(other.proxy(isSecure: false, host: "h").proxy == "all.example")
    #expect(HTTPEnvironment { _ in nil }.proxy(isSecure: true, host: "h").proxy == nil)
    #expect(
      HTTPEnvironment { ["HTTP_PROXY": "http://cgi.example"][$0] }
        .proxy(isSecure: false, host: "h").proxy == nil)
  }
}
