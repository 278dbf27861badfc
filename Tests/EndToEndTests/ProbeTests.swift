import Foundation
import ProviderConfiguration
import RawUpstream
import Testing
import TransportHost
import UpstreamEmulator

/// Probes of the three emulators, the entry wrong in each way that people report.
@Suite struct `A probe` {
  /// An entry, what a probe says of it, and the entry that it gives instead.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var plugin = "azure-openai"
    var upstream = EmulatedUpstream.azureOpenAI
    /// What stands behind the emulator's origin.
    var base: String
    var rest = ""
    var fails: ProbeReport.Subject?
    var code: ErrorCode?
    /// The plugin and what stands behind the origin in the entry that is printed; nil: none is.
    var right: (plugin: String, base: String)?
    var options = ""
    var evidence = ProbeReport.Entry.Evidence.answered
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "as it should be", base: "/openai/v1"),
    Row(name: "the host alone", base: ""),
    Row(name: "the version in the query", base: "/openai?api-version=2025-04-01-preview"),
    // 4A.4
    Row(
      name: "without /openai", base: "/v1", fails: .path, code: .notFound,
      right: ("azure-openai", "/openai/v1")),
    // 4A.23
    Row(
      name: "a pasted /responses", base: "/openai/v1/responses",
      right: ("azure-openai", "/openai/v1"), evidence: .certain),
    Row(
      name: "a pasted /chat/completions", base: "/openai/v1/chat/completions",
      right: ("azure-openai", "/openai/v1"), evidence: .certain),
    // 4A.5
    Row(
      name: "a date on the v1 path", base: "/openai/v1?api-version=2025-04-01-preview",
      right: ("azure-openai", "/openai/v1"), evidence: .certain),
    // 4A.5 as a plugin sends it that takes the base as it stands
    Row(
      name: "a date on the v1 path under another plugin", plugin: "openai",
      base: "/openai/v1?api-version=2025-04-01-preview", fails: .responses, code: .requestInvalid,
      right: ("azure-openai", "/openai/v1"), options: "    options: { api: v1 }\n"),
    // 4A.15
    Row(
      name: "a date before the operation", base: "", rest: "options: { api: 2024-10-21 }",
      fails: .path, code: .notFound, right: ("azure-openai", ""),
      options: "    options: { api: v1 }\n"),
    // 4A.12
    Row(
      name: "base_url and a resource", base: "", rest: "options: { resource: r }",
      fails: .configuration, code: .configInvalid, right: ("azure-openai", "/openai/v1")),
    Row(
      name: "an option by another name", base: "",
      rest: "options: { api_version: 2025-04-01-preview }", fails: .configuration,
      code: .configInvalid, right: ("azure-openai", "/openai"),
      options: "    options: { api: 2025-04-01-preview }\n"),
    // 4A.17, 4A.22
    Row(
      name: "a deployment's path", base: "/openai/deployments/gpt-5", fails: .configuration,
      code: .configInvalid, right: ("azure-openai", "/openai/v1")),
    Row(
      name: "a deployment's path with a date", base: "/openai/deployments/gpt-5",
      rest: "options: { api: 2025-04-01-preview }"),
    // 4A.11
    Row(
      name: "a project under the plugin of resources", upstream: .azureFoundry,
      base: "/api/projects/demo", fails: .path, code: .notFound,
      right: ("azure-foundry", "/api/projects/demo")),
    Row(
      name: "a project's v1 path under the plugin of resources", upstream: .azureFoundry,
      base: "/api/projects/demo/openai/v1",
      right: ("azure-foundry", "/api/projects/demo/openai/v1"),
      evidence: .certain),
    Row(
      name: "a resource under the plugin of projects", plugin: "azure-foundry", base: "",
      fails: .configuration, code: .configInvalid, right: ("azure-openai", "")),
    Row(
      name: "a project's version, refused on its v1 path", plugin: "azure-foundry",
      upstream: .azureFoundry, base: "/api/projects/demo/openai/v1?api-version=2025-04-01-preview",
      right: ("azure-foundry", "/api/projects/demo/openai/v1"), evidence: .certain),
    Row(
      name: "a route of a project that is none", plugin: "azure-foundry", upstream: .azureFoundry,
      base: "/api/projects/demo/v1", fails: .path, code: .notFound,
      right: ("azure-foundry", "/api/projects/demo/openai/v1")),
    Row(
      name: "without /v1", plugin: "openai", upstream: .openai, base: "", fails: .path,
      code: .notFound, right: ("openai", "/v1")),
    Row(
      name: "a resource's path at another upstream", plugin: "openai", upstream: .openai,
      base: "/openai/v1", fails: .path, code: .notFound, right: ("openai", "/v1")),
  ]

  private func origin(_ upstreams: Upstreams, _ upstream: EmulatedUpstream) -> String {
    String(upstreams.baseURL(upstream).dropLast(upstream.basePath.count))
  }

  private func configuration(_ entry: String) -> String {
    entry + "models:\n  m: { targets: [{ provider: p, model: gpt-5 }] }\n"
  }

  private func entry(_ plugin: String, _ url: String, _ rest: String = "") -> String {
    "version: 1\nproviders:\n  p:\n    plugin: \(plugin)\n    base_url: \"\(url)\"\n"
      + "    auth: { key: { env: CANARY } }\n" + (rest.isEmpty ? "" : "    \(rest)\n")
  }

  @Test(.timeLimit(.minutes(1)), arguments: rows)
  func `says what is wrong and prints the entry that is right`(row: Row) async throws {
    let upstreams = try Upstreams()
    let origin = origin(upstreams, row.upstream)
    let host = try upstreams.host(
      configuration: configuration(entry(row.plugin, origin + row.base, row.rest)))
    let report = try await host.probe(provider: "p")
    #expect(report.code == row.code)
    #expect(report.steps.map(\.subject) == ProbeReport.Subject.allCases)
    #expect(report.steps.first { $0.verdict == .failed }?.subject == row.fails)
    #expect(!String(decoding: report.json, as: UTF8.self).contains(Upstreams.key))
    guard let right = row.right else {
      #expect(report.entry == nil)
      return
    }
    let printed = try #require(report.entry)
    #expect(
      printed.yaml
        == "providers:\n  p:\n    plugin: \(right.plugin)\n    base_url: \(origin + right.base)\n"
        + row.options + "    auth: { key: { env: CANARY } }\n")
    #expect(printed.evidence == row.evidence)
    try await applied(printed.yaml, upstreams)
  }

  /// The printed entry passes the check, works, and leaves nothing to be said.
  private func applied(_ yaml: String, _ upstreams: Upstreams) async throws {
    let host = try upstreams.host(configuration: configuration("version: 1\n" + yaml))
    #expect(host.check().map(\.message) == [])
    #expect(!(try await host.respond(to: .text("Hi", model: "m")).text.isEmpty))
    let again = try await host.probe(provider: "p")
    #expect(again.code == nil)
    #expect(again.entry == nil)
    #expect(again.trials == [])
  }

  @Test func `sends a list and two tiny creates, and nothing more`() async throws {
    let upstreams = try Upstreams()
    let report = try await upstreams.host().probe(provider: "azure-openai")
    #expect(report.code == nil)
    #expect(upstreams.requests.map(\.method) == ["GET", "POST", "POST"])
    let bodies = upstreams.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies[1].contains(#""input":"ping","max_output_tokens":16,"stream":false"#))
    #expect(bodies[2].contains(#""stream":true"#))
    let streaming = try #require(report.steps.first { $0.subject == .streaming })
    #expect(streaming.message.hasSuffix("the last response.completed"))
    let model = try #require(report.steps.first { $0.subject == .model })
    #expect(model.message.hasPrefix("gpt-5 exists"))
  }

  @Test func `asks the model that is named, by its alias or the upstream's name`() async throws {
    let upstreams = try Upstreams()
    let host = try upstreams.host()
    #expect(try await host.probe(provider: "openai", model: "openai").model == "gpt-5")
    let report = try await host.probe(provider: "openai", model: "gpt-9")
    #expect(report.model == "gpt-9")
    #expect(report.code == .notFound)
    #expect(report.steps.first { $0.verdict == .failed }?.subject == .model)
    #expect(report.trials == [])
  }

  @Test func `a wrong deployment under a wrong path: the path is right where it comes further`()
    async throws
  {
    let upstreams = try Upstreams()
    let url = origin(upstreams, .azureOpenAI) + "/v1"
    let host = try upstreams.host(configuration: configuration(entry("azure-openai", url)))
    let report = try await host.probe(provider: "p", model: "gpt-9")
    #expect(report.entry?.evidence == .further)
    #expect(report.entry?.yaml.contains("/openai/v1\n") == true)
    #expect(!report.trials.contains { $0.worked })
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `a wrong key is the credential's step, and is tried nowhere else`(
    upstream: EmulatedUpstream
  ) async throws {
    let upstreams = try Upstreams { $0.key = "another" }
    let report = try await upstreams.host().probe(provider: upstream.rawValue)
    #expect(report.code == .auth)
    let failed = try #require(report.steps.first { $0.verdict == .failed })
    #expect(failed.subject == .credential)
    #expect(failed.source != nil)
    #expect(report.entry == nil)
    #expect(Set(upstreams.requests.map(\.upstream)) == [upstream])
    #expect(!String(decoding: report.json, as: UTF8.self).contains(Upstreams.key))
  }

  @Test func `a key that must be presented the other way`() async throws {
    let upstream = try RawServer { connection in
      while let request = connection.readRequest() {
        let isRight = request.head.lowercased().contains("authorization: bearer ")
        let isStream = String(decoding: request.body, as: UTF8.self).contains("\"stream\":true")
        guard isRight, !isStream else {
          return connection.respond("{\"error\":{\"message\":\"no\"}}", status: "401 No")
        }
        connection.respond(
          "{\"object\":\"response\",\"status\":\"completed\"}",
          headers: "content-type: application/json\r\n")
      }
    }
    let upstreams = try Upstreams()
    let url = upstream.url + "/openai/v1"
    let host = try upstreams.host(
      configuration: configuration(
        entry("azure-openai", url).replacing(
          "auth: { key:", with: "auth: { header: { name: x, value:"
        )
        .replacing("CANARY } }", with: "CANARY } } }")))
    let report = try await host.probe(provider: "p")
    #expect(report.code == .auth)
    #expect(report.trials.map(\.worked) == [false])
    let keyed = try upstreams.host(configuration: configuration(entry("azure-openai", url)))
    let other = try await keyed.probe(provider: "p")
    #expect(other.trials.map(\.worked) == [true])
    #expect(other.entry?.yaml.contains("    auth: { bearer: { env: CANARY } }\n") == true)
  }

  @Test func `a deployment that speaks chat alone`() async throws {
    let upstream = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.respond(
          #"{"error":{"code":"OperationNotSupported","message":"The requested operation is unsupported."}}"#,
          status: "400 Bad Request", headers: "content-type: application/json\r\n")
      }
    }
    let upstreams = try Upstreams()
    let host = try upstreams.host(
      configuration: configuration(entry("azure-openai", upstream.url + "/openai/v1")))
    let report = try await host.probe(provider: "p")
    #expect(report.code == .operationUnsupported)
    let failed = try #require(report.steps.first { $0.verdict == .failed })
    #expect(failed.subject == .responses)
    #expect(failed.message.contains("does not speak the Responses API"))
    #expect(report.steps.first { $0.subject == .model }?.verdict == .ok)
    #expect(report.entry == nil)
    #expect(1...12 ~= report.trials.count)
  }

  @Test(arguments: [
    ("http://127.0.0.1:9/v1", ProbeReport.Subject.tcp, ErrorCode.network),
    ("https://no-such-host.invalid/v1", .dns, .network),
  ])
  func `an upstream that is not reached`(
    _ url: String, _ subject: ProbeReport.Subject, _ code: ErrorCode
  ) async throws {
    let upstreams = try Upstreams()
    let host = try upstreams.host(configuration: configuration(entry("openai", url)))
    let report = try await host.probe(provider: "p")
    #expect(report.code == code)
    let failed = try #require(report.steps.first { $0.verdict == .failed })
    #expect(failed.subject == subject)
    #expect(failed.advice != nil)
    #expect(report.trials == [])
    #expect(report.entry == nil)
  }

  @Test func `https to a plain port of this machine`() async throws {
    let upstreams = try Upstreams()
    let url = upstreams.baseURL(.openai)
    let host = try upstreams.host(
      configuration: configuration(entry("openai", url.replacing("http:", with: "https:"))))
    let report = try await host.probe(provider: "p")
    #expect(report.code == .network)
    let failed = try #require(report.steps.first { $0.verdict == .failed })
    #expect(failed.subject == .tls)
    #expect(failed.message.hasPrefix("the other end does not speak TLS on this port"))
    #expect(report.entry?.yaml.contains("base_url: \(url)\n") == true)
    try await applied(try #require(report.entry).yaml, upstreams)
  }

  @Test(arguments: [
    ("429-retry-after:3", ProbeReport.Subject.rateLimits, ErrorCode.rateLimited, "wait 3 s"),
    ("quota", .rateLimits, .quotaExhausted, ""), ("500", .responses, .upstreamFailed, ""),
    ("redirect", .path, .protocolError, ""), ("garbage-http", .path, .protocolError, ""),
    ("reset", .path, .network, ""), ("403", .credential, .permission, ""),
  ])
  func `an upstream that refuses or fails`(
    _ fault: String, _ subject: ProbeReport.Subject, _ code: ErrorCode, _ advice: String
  ) async throws {
    let upstreams = try Upstreams(faults: [fault])
    let report = try await upstreams.host().probe(provider: "openai")
    #expect(report.code == code)
    let failed = try #require(report.steps.first { $0.verdict == .failed })
    #expect(failed.subject == subject)
    #expect(advice.isEmpty || failed.advice?.contains(advice) == true)
    #expect(report.entry == nil)
  }

  @Test func `a stream that fails after an answer that did not`() async throws {
    let upstream = try RawServer { connection in
      while let request = connection.readRequest() {
        let isStream = String(decoding: request.body, as: UTF8.self).contains("\"stream\":true")
        let failed =
          #"data: {"type":"response.failed","response":{"error":{"code":"server_error","message":"Oh."}}}"#
        connection.respond(
          isStream ? failed + "\n\n" : "{\"object\":\"response\"}",
          headers: "content-type: \(isStream ? "text/event-stream" : "application/json")\r\n")
      }
    }
    let upstreams = try Upstreams()
    let host = try upstreams.host(
      configuration: configuration(entry("openai", upstream.url + "/v1")))
    let report = try await host.probe(provider: "p")
    #expect(report.code == .upstreamFailed)
    #expect(report.steps.first { $0.verdict == .failed }?.subject == .streaming)
    #expect(report.steps.first { $0.subject == .responses }?.verdict == .ok)
  }

  /// Verdicts from the entry to the path.
  private func beginning(of report: ProbeReport) -> [ProbeReport.Verdict] {
    report.steps.prefix(6).map(\.verdict)
  }

  @Test func `without a credential still reaches for the upstream, and for nothing but its root`()
    async throws
  {
    let upstreams = try Upstreams()
    let unset = try upstreams.host(
      configuration: upstreams.configuration().replacing("CANARY", with: "UNSET"))
    let report = try await unset.probe(provider: "openai")
    #expect(report.code == .configInvalid)
    #expect(beginning(of: report) == [.ok, .ok, .ok, .skipped, .failed, .skipped])
    #expect(report.steps[4].message.contains("the variable UNSET"))
    #expect(upstreams.requests.map(\.method) == ["GET"])
    #expect(upstreams.requests.map(\.target) == ["/"])
    #expect(report.trials == [])
  }

  @Test(arguments: [
    ("http://127.0.0.1:9/v1", 2), ("https://no-such-host.invalid/v1", 1),
  ])
  func `without a credential and without an upstream names both`(
    url: String, step: Int
  ) async throws {
    let upstreams = try Upstreams()
    let host = try upstreams.host(
      configuration: configuration(
        entry("openai", url).replacing(
          "key: { env: CANARY }", with: "bearer: { exec: { command: [/bin/false] } }")))
    let report = try await host.probe(provider: "p")
    #expect(report.code == .auth)
    #expect(
      report.steps.filter { $0.verdict == .failed }.map(\.subject) == [
        ProbeReport.Subject.allCases[step], .credential,
      ])
    #expect(report.entry == nil)
  }

  @Test(arguments: ["CANARY", "UNSET"], ["/openai/v1", ""])
  func `that is refused prints the entry of the plugin whose own the URL is`(
    variable: String, rest: String
  ) async throws {
    let upstreams = try Upstreams { $0.key = "another" }
    let url = origin(upstreams, .azureFoundry) + "/api/projects/demo" + rest
    let host = try upstreams.host(
      configuration: configuration(
        entry("azure-openai", url).replacing("CANARY", with: variable)))
    let report = try await host.probe(provider: "p")
    #expect(report.steps.first { $0.verdict == .failed }?.subject == .credential)
    #expect(report.entry?.evidence == .certain)
    #expect(report.entry?.yaml.contains("    plugin: azure-foundry\n") == true)
    #expect(report.steps[0].verdict == .warning)
    #expect(report.steps[0].message.contains("the plugin azure-foundry knows"))
  }

  @Test func `of a plugin that is not there prints the entry of the one that knows the URL`()
    async throws
  {
    let upstreams = try Upstreams()
    let url = "https://contoso.openai.azure.com/openai/v1"
    let host = try upstreams.host(configuration: configuration(entry("azure", url)))
    let report = try await host.probe(provider: "p")
    #expect(report.code == .pluginUnavailable)
    #expect(report.entry?.yaml.contains("    plugin: azure-openai\n") == true)
    #expect(upstreams.requests.isEmpty)
  }

  @Test(arguments: [
    (EmulatedUpstream.azureOpenAI, "/nowhere", ErrorCode.notFound),
    (.azureFoundry, "", .configInvalid),
  ])
  func `counts no unknown path as having come further`(
    upstream: EmulatedUpstream, path: String, code: ErrorCode
  ) async throws {
    let upstreams = try Upstreams()
    let url = origin(upstreams, upstream) + path
    let host = try upstreams.host(configuration: configuration(entry("azure-foundry", url)))
    let report = try await host.probe(provider: "p")
    #expect(report.code == code)
    #expect(!report.trials.isEmpty)
    #expect(report.entry == nil)
  }

  @Test func `an unknown provider, no model`() async throws {
    let upstreams = try Upstreams()
    let host = try upstreams.host(
      configuration: entry("openai", upstreams.baseURL(.openai))
        + "models: { \"*\": { targets: [{ provider: p, model: \"{1}\" }] } }\n")
    await #expect(throws: CallError.self) { try await host.probe(provider: "other") }
    let failure = await #expect(throws: CallError.self) { try await host.probe(provider: "p") }
    #expect(failure?.message.contains("--model") == true)
    #expect(try await host.probe(provider: "p", model: "gpt-5").code == nil)
  }

  @Test(.timeLimit(.minutes(1))) func `that is given up ends at once`() async throws {
    let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    let upstream = try RawServer { connection in
      connection.readRequest()
      arrival.yield()
      connection.waitForClose()
    }
    let upstreams = try Upstreams()
    let host = try upstreams.host(
      configuration: configuration(entry("openai", upstream.url + "/v1")))
    let task = Task { try await host.probe(provider: "p") }
    for await _ in arrivals { break }
    task.cancel()
    let failure = await #expect(throws: CallError.self) { try await task.value }
    #expect(failure?.code == .cancelled)
  }

  @Test func `keeps the rest of an entry, variables as variables, secrets as references`()
    async throws
  {
    let upstreams = try Upstreams()
    let port = try #require(URL(string: upstreams.baseURL(.azureOpenAI))?.port)
    var options = upstreams.options
    let environment = options.environment
    options.environment = { $0 == "HOST" ? "127.0.0.1:\(port)" : environment($0) }
    let host = try TransportHost(
      text: Array(
        """
        version: 1
        credentials: { main: { env: CANARY } }
        providers:
          p:
            state: stateless
            base_url: http://${HOST}/v1
            plugin: azure-openai
            headers: { x-team: blue, x-secret-token: abcdefgh1 }
            params: { remove: [user], set: { metadata: { a: "1" } } }
            auth: { key: main }
        models: { m: { targets: [{ provider: p, model: gpt-5 }] } }

        """.utf8), file: "providers.yaml", options: options)
    let report = try await host.probe(provider: "p")
    #expect(
      report.entry?.yaml == """
        providers:
          p:
            plugin: azure-openai
            base_url: "http://${HOST}/openai/v1"
            auth: { key: main }
            state: stateless
            headers: { x-team: blue, x-secret-token: "${X_SECRET_TOKEN}" }
            params: { remove: [user], set: { metadata: { a: "1" } } }

        """)
  }
}
