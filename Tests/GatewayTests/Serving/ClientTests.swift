#if Gateway
import Foundation
import Gateway
import ProviderConfiguration
import RawUpstream
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `Whom a gateway serves` {
  private static let clients = """
    {
      drain: 100ms,
      clients: {
        editor: { token: { env: EDITOR_TOKEN }, models: [openai, "*-foundry"] },
        phone: { token: { env: PHONE_TOKEN } } } }
    """

  private static func with<R: Sendable>(
    _ body: @Sendable (TestGateway, Upstreams) async throws -> R
  ) async throws -> R {
    let upstreams = try Upstreams()
    let text = upstreams.configuration().replacing(
      "gateway: { drain: 100ms }", with: "gateway: \(clients)")
    return try await TestGateway.with(text) { try await body($0, upstreams) }
  }

  @Test(arguments: [
    [], ["authorization: Bearer wrong"], ["authorization: Basic token-of-the-editor"],
    ["api-key: token-of-the-edito"], ["x-api-key:"], ["cookie: api-key=token-of-the-editor"],
  ]) func `is nobody without a token that is known`(headers: [String]) async throws {
    try await Self.with { gateway, upstreams in
      for (method, path) in [
        ("POST", "/v1/responses"), ("GET", "/v1/models"), ("GET", "/v1/responses/resp_1"),
        ("GET", "/metrics"), ("GET", "/"),
      ] {
        let body = method == "POST" ? TestGateway.request("openai") : nil
        let answer = try await gateway.ask(method, path, body, headers: headers)
        #expect(answer.status == 401)
        #expect(answer.header("www-authenticate")?.hasPrefix("Bearer") == true)
        #expect(try answer.error("type") == "authentication_error")
        #expect(!answer.text.contains("token-of-"))
      }
      #expect(try await gateway.ask("GET", "/healthz").status == 200)
      #expect(upstreams.emulator.requests.isEmpty)
    }
  }

  @Test(arguments: [
    "authorization: Bearer token-of-the-editor", "AUTHORIZATION: bearer token-of-the-editor",
    "api-key: token-of-the-editor", "X-Api-Key: token-of-the-editor",
  ]) func `is each client for the models of its list`(header: String) async throws {
    try await Self.with { gateway, upstreams in
      func create(_ model: String) async throws -> HTTPAnswer {
        try await gateway.ask(
          "POST", "/v1/responses", TestGateway.request(model), headers: [header])
      }
      #expect(try await create("openai").status == 200)
      #expect(try await create("azure-foundry").status == 200)
      let refused = try await create("azure-openai")
      #expect(refused.status == 403, "\(refused.text)")
      #expect(try refused.error("code") == "permission")
      #expect(try refused.error("message")?.contains("azure-openai") == true)
      let list = try await gateway.ask("GET", "/v1/models", headers: [header])
      #expect(list.text.contains("\"openai\"") && !list.text.contains("azure-openai"))
      #expect(upstreams.emulator.requests.count == 2)
    }
  }

  @Test func `never has its token sent to an upstream, which has its own`() async throws {
    try await Self.with { gateway, upstreams in
      _ = try await gateway.ask(
        "POST", "/v1/responses", TestGateway.request("openai"),
        headers: ["authorization: Bearer token-of-the-phone", "cookie: a=b", "x-own: 1"])
      let request = try #require(upstreams.emulator.requests.first)
      #expect(!request.headers.contains { $0.value.contains("token-of-the-phone") })
      #expect(request.header("authorization") == "Bearer \(Upstreams.key)")
      #expect(request.header("cookie") == nil && request.header("x-own") == nil)
    }
  }

  @Test(arguments: [
    ["host: a.example"], ["host: 127.0.0.1", "origin: https://a.example"],
    ["host: localhost", "origin: null"],
  ]) func `without tokens is no web page`(headers: [String]) async throws {
    try await TestGateway.with(HostSetting.configuration(of: "http://127.0.0.1:9")) { gateway in
      let status = try await gateway.connected { connection in
        connection.send(
          "GET /v1/models HTTP/1.1\r\n" + headers.map { "\($0)\r\n" }.joined() + "\r\n")
        return connection.readAnswer()?.status
      }
      #expect(status == 403)
    }
  }

  private static func refusal(
    of gateway: String, listening: ListenAddress? = nil, onetime: String? = nil
  ) async throws -> GatewayServer.Failure? {
    let scratch = try Scratch()
    let text = HostSetting.configuration(of: "http://127.0.0.1:9", gateway: gateway)
    var options = GatewayServer.Options(file: try scratch.write(text, to: "providers.yaml"))
    options.host = HostSetting.options
    options.listening = listening
    options.onetime = onetime
    do {
      _ = await (try GatewayServer.start(options)).drain()
      return nil
    } catch { return error }
  }

  @Test func `is somebody of other machines only with tokens`() async throws {
    let everywhere = ListenAddress(host: "0.0.0.0", port: 0)
    guard case .configuration(let refusal) = try await Self.refusal(of: "{ listen: 0.0.0.0:0 }")
    else {
      Issue.record("it started")
      return
    }
    #expect(refusal.diagnostics.map(\.code) == [.unprotectedListen])
    guard case .configuration(let other) = try await Self.refusal(of: "{}", listening: everywhere)
    else {
      Issue.record("it started")
      return
    }
    #expect(other.error?.code == .configInvalid)
    let clients = "{ clients: { a: { token: { env: PHONE_TOKEN } } }, listen: 0.0.0.0:0 }"
    if let failure = try await Self.refusal(of: clients) { Issue.record("\(failure)") }
    let failure = try await Self.refusal(of: "{}", listening: everywhere, onetime: "token")
    if let failure { Issue.record("\(failure)") }
  }

  @Test func `is nobody where the address is taken, which is told`() async throws {
    let taken = try RawServer { $0.end() }
    let failure = try await Self.refusal(
      of: "{}", listening: ListenAddress(host: "127.0.0.1", port: taken.port))
    guard case .address(let address, let reason) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(address == "127.0.0.1:\(taken.port)")
    #expect(reason.lowercased().contains("in use"), "\(reason)")
  }
}

#endif
