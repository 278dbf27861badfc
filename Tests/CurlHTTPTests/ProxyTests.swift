@testable import CurlHTTP
import Foundation
import RawUpstream
import Testing

@Suite struct `Proxies` {
  func options(_ variables: [String: String]) -> HTTPEngineOptions {
    .testing(environment: HTTPEnvironment { variables[$0] })
  }

  @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
  func `a plain request goes to the proxy with its whole URL`(variable: String) async throws {
    let heads = Channel<String>()
    let proxy = try RawServer { connection in
      heads.put(connection.readRequest()?.head ?? "")
      connection.respond("by proxy")
    }
    try await withEngine(options([variable: proxy.url])) { engine in
      let answer = try await engine.text(.get("http://upstream.invalid/path"))
      #expect(answer.body == "by proxy")
      #expect(try await heads.next().hasPrefix("GET http://upstream.invalid/path HTTP/1.1\r\n"))
    }
  }

  @Test func `HTTP_PROXY in capitals is not obeyed`() async throws {
    let proxy = try RawServer { $0.waitForClose() }
    try await withEngine(options(["HTTP_PROXY": proxy.url])) { engine in
      let error = try await engine.failure(.get("http://upstream.invalid/"))
      #expect(error.kind == .dns)
    }
    #expect(proxy.accepted == 0)
  }

  @Test(arguments: ["https_proxy", "HTTPS_PROXY", "all_proxy"])
  func `TLS goes through a tunnel`(variable: String) async throws {
    let nginx = try Nginx()
    let heads = Channel<String>()
    let proxy = try RawServer { connection in
      heads.put(connection.readHead() ?? "")
      connection.tunnel(to: nginx.tlsPort)
    }
    let options = HTTPEngineOptions.testing(
      caFile: nginx.authority,
      environment: HTTPEnvironment { $0 == variable ? proxy.url : nil })
    try await withEngine(options) { engine in
      let answer = try await engine.text(.get("\(nginx.tls)/who"))
      #expect(answer.head.status == 200)
      #expect(answer.head.version == .http2)
      #expect(answer.head.headers["x-proxy"] == nil)
      #expect(try await heads.next().hasPrefix("CONNECT localhost:\(nginx.tlsPort) HTTP/1.1\r\n"))
    }
  }

  @Test(arguments: ["no_proxy", "NO_PROXY"])
  func `hosts without proxy are asked directly`(variable: String) async throws {
    let proxy = try RawServer { $0.waitForClose() }
    let server = try RawServer { connection in
      connection.readRequest()
      connection.respond("direct")
    }
    let variables = ["http_proxy": proxy.url, variable: "127.0.0.1"]
    try await withEngine(options(variables)) { engine in
      let answer = try await engine.text(.get(server.url))
      #expect(answer.body == "direct")
    }
    #expect(proxy.accepted == 0)
  }

  /// B.3: a machine's own services are asked directly, whatever the variables say.
  @Test(arguments: ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
  func `a request that wants none goes past them all`(variable: String) async throws {
    let proxy = try RawServer { connection in
      _ = connection.readHead()
      connection.respond("by proxy")
    }
    let server = try RawServer { connection in
      while let head = connection.readRequest()?.head { connection.respond(head) }
    }
    let nginx = try Nginx()
    let options = HTTPEngineOptions.testing(
      caFile: nginx.authority, environment: HTTPEnvironment { $0 == variable ? proxy.url : nil })
    try await withEngine(options) { engine in
      for url in ["\(server.url)/token", "\(nginx.tls)/who"] {
        let answer = try await engine.text(
          HTTPRequest(method: "GET", url: url, usesProxy: false))
        #expect(answer.head.status == 200)
        #expect(answer.body != "by proxy")
      }
      #expect(proxy.accepted == 0)
      // The next one of the same engine takes it again.
      let plain = variable.lowercased() != "https_proxy"
      let url = plain ? "http://upstream.invalid/" : "https://upstream.invalid/"
      _ = try? await engine.text(.get(url))
      #expect(proxy.accepted == 1)
    }
  }

  @Test func `a proxy that refuses the tunnel is a failed connect`() async throws {
    let proxy = try RawServer { connection in
      _ = connection.readHead()
      connection.respond("", status: "407 Proxy Authentication Required")
    }
    let url = "http://user:secret-word@127.0.0.1:\(proxy.port)"
    try await withEngine(options(["https_proxy": url])) { engine in
      let error = try await engine.failure(.get("https://upstream.invalid/"))
      #expect(error.kind == .connect)
      #expect(error.message.contains("407"))
      #expect(!"\(error)".contains("secret-word"))
    }
  }

  @Test func `the proxy's credentials are in no text`() async throws {
    try await withEngine(options(["http_proxy": "odd://user:secret-word@127.0.0.1:1"])) { engine in
      let error = try await engine.failure(.get("http://upstream.invalid/"))
      #expect(!"\(error)".contains("secret-word"), "\(error)")
    }
  }
}
