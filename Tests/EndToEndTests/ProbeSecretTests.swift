import ProviderConfiguration
import RawUpstream
import Testing
import TransportHost
import TransportSDK

/// A transport that names the settings which a test wrote into `options.others`.
private struct LeakyTransport: Transport {
  static let descriptor = TransportDescriptor(
    id: "leaky", version: "1.0.0", summary: "Names whatever it is told.",
    options: [OptionDescription(name: "others", documentation: "Bases, separated by blanks.")])

  let facts: EndpointFacts

  init(settings: TransportSettings, report: inout SettingsReport) throws(TransportSDK
    .SettingsRefused)
  {
    let host = settings.baseURL.split(separator: "/").dropFirst().first ?? ""
    let name = host.split(separator: ":").first.map(String.init) ?? ""
    facts = EndpointFacts(endpoint: settings.baseURL, allowedHosts: [name])
  }

  func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    guard request.operation == .create else {
      throw TransportFailure(.operationUnsupported, "there is none.")
    }
    exchange.method = "POST"
    exchange.url = facts.endpoint
    exchange.place(request.credential, in: "authorization", prefix: "Bearer ")
    exchange.body = try BodyEditor(request, body: body, into: &exchange).finish(body)
  }

  func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    TransportFailure(.notFound, scope: .endpoint, "there is no such path.")
  }

  static func alternatives(to settings: TransportSettings) -> [SettingsAlternative] {
    (settings.options["others"] ?? "").split(separator: " ").map {
      SettingsAlternative(baseURL: String($0), reason: "it is \($0)")
    }
  }
}

private let leakyEntry = TransportEntry(LeakyTransport.self)

@Suite struct `The secret of a probe` {
  private func probe(_ base: String, _ others: [String]) async throws -> ProbeReport {
    let upstreams = try Upstreams()
    var options = upstreams.options
    options.transports = [unsafe LinkedTransport(id: "leaky", entry: leakyEntry.pointer)]
    options.pluginDirectories = []
    let text = """
      version: 1
      providers:
        p:
          plugin: leaky
          base_url: \(base)
          options: { others: "\(others.joined(separator: " "))" }
          auth: { bearer: { env: CANARY } }
          allow_http: true
      models: { m: { targets: [{ provider: p, model: m }] } }

      """
    let host = try TransportHost(text: Array(text.utf8), file: "providers.yaml", options: options)
    return try await host.probe(provider: "p")
  }

  private static func refusing() throws -> RawServer {
    try RawServer { connection in
      while connection.readRequest() != nil { connection.respond("{}", status: "404 No") }
    }
  }

  @Test func `goes to no other host, name or port, whatever a plugin names`() async throws {
    let home = try Self.refusing()
    let other = try Self.refusing()
    let report = try await probe(
      home.url + "/a",
      [
        other.url + "/b", "http://localhost:\(home.port)/b", "http://127.0.0.2:\(home.port)/b",
        "http://[::1]:\(home.port)/b", home.url + "/c",
      ])
    #expect(report.code == .notFound)
    let tried = report.trials.filter { $0.plugin == "leaky" }.map(\.url)
    #expect(tried == [home.url + "/c"])
    #expect(other.accepted == 0)
  }

  @Test func `is tried no more than twelve times, and each request once`() async throws {
    let home = try Self.refusing()
    let report = try await probe(
      home.url + "/a", (0..<20).map { home.url + "/\($0 % 5)" })
    let tried = report.trials.filter { $0.plugin == "leaky" }.map(\.url)
    #expect(tried == (0..<5).map { home.url + "/\($0)" })
    #expect(report.trials.count <= 12)
  }
}
