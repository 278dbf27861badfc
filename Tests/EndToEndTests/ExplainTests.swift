import Foundation
import ProviderConfiguration
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `What explain shows` {
  static let body = """
    {"model":"MODEL","stream":true,"temperature":1.50,"input":[{"role":"user","content":"Grüße, 世界"},\
    {"type":"function_call","id":"fc_1","status":"completed","call_id":"call_1","name":"f",\
    "arguments":"{}"},{"type":"function_call_output","call_id":"call_1","output":"x"}],"tools":[]}
    """

  @Test(arguments: EmulatedUpstream.allCases)
  func `is what goes over the wire, byte for byte`(upstream: EmulatedUpstream) async throws {
    let upstreams = try Upstreams()
    let host = try upstreams.host(settings: "    headers: { x-team: platform }")
    let request = CallRequest(
      body: Array(Self.body.replacing("MODEL", with: upstream.rawValue).utf8))
    let told = try host.explain(request)
    _ = try? await host.respond(to: request)

    let sent = try #require(upstreams.requests.first)
    let origin = upstreams.listeners[upstream]?.origin ?? ""
    #expect(told.url == origin + sent.target)
    #expect(told.method == sent.method)
    #expect(told.body == sent.body)
    let shown = told.headers.map(\.name)
    #expect(sent.headers.map(\.name).filter(shown.contains) == shown)
    for header in told.headers {
      let value = header.value.replacing("{credential:\(upstream.rawValue)}", with: Upstreams.key)
      #expect(sent.header(header.name) == value)
    }
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `is one JSON object without the secret`(upstream: EmulatedUpstream) throws {
    let host = try Upstreams().host()
    let json = try host.explain(.text("Hello", model: upstream.rawValue)).json
    #expect(!String(decoding: json, as: UTF8.self).contains(Upstreams.key))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    #expect(
      Set(object.keys) == ["model", "route", "request", "edits", "warnings", "transport"])
    let route = try #require((object["route"] as? [[String: Any]])?.first)
    #expect(
      Set(route.keys) == [
        "provider", "model", "target", "fallback", "chosen", "verdict", "reason", "source",
        "decided_by",
      ])
    let transport = try #require(object["transport"] as? [String: String])
    #expect(transport["plugin"] == upstream.rawValue)
    #expect(transport["file"]?.hasSuffix("lib\(upstream.rawValue).so") == true)
  }

  @Test func `a name is routed anew for each provider that is asked for`() throws {
    let host = try Upstreams().host()
    let body = Array(Self.body.replacing("MODEL", with: "openai").utf8)
    for provider in ["openai", "azure-foundry", nil, "azure-openai", "openai"] {
      let plugin = try host.explain(CallRequest(provider: provider, body: body)).plugin
      #expect(plugin == provider ?? "openai")
    }
  }

  @Test func `every edit has the pointer of the caller's own body`() throws {
    let host = try Upstreams().host()
    let request = CallRequest(
      body: Array(Self.body.replacing("MODEL", with: "azure-foundry").utf8))
    let edits = try host.explain(request).edits.map { "\($0.action) \($0.pointer) \($0.rule)" }
    #expect(
      Set(edits) == [
        "replace /model model-name", "add /input/0/type message-type",
        "replace /input/0/content content-parts", "remove /input/1/id replayed-id",
        "remove /input/1/status replayed-status", "remove /tools empty-tools",
      ])
  }

  @Test func `an unset credential is a warning, and an error only in a call`() async throws {
    let upstreams = try Upstreams()
    var options = upstreams.options
    options.environment = { _ in nil }
    let host = try TransportHost(
      text: Array(upstreams.configuration().utf8), file: "providers.yaml", options: options)
    let request = CallRequest.text("Hello", model: "openai")
    #expect(try host.explain(request).warnings.contains { $0.contains("CANARY") })
    let error = await #expect(throws: CallError.self) { try await host.respond(to: request) }
    #expect(error?.code == .configInvalid)
    #expect(error?.source?.description == "providers.yaml:6:18")
    #expect(upstreams.requests.isEmpty)
  }
}
