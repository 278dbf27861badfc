import Foundation
import Testing
import TransportHost
import TransportSDK

@Suite struct `A provider entry is refused with reasons` {
  private func findings(_ options: String) -> [String] {
    do throws(HostSettingsRefused) {
      let settings = InstanceSettings(provider: "refused", options: Array(options.utf8))
      let library = try? unsafe TransportLibrary(
        entry: probeEntry.pointer, file: nil, expecting: nil)
      guard let library else { return ["no library"] }
      let instance = try TransportInstance(library, settings: settings)
      return instance.warnings.map { "warning \($0.pointer): \($0.message) → \($0.suggestion)" }
    } catch {
      return error.findings.map { "\($0.pointer): \($0.message) → \($0.suggestion)" }
    }
  }

  @Test(arguments: [
    ("{}", []), ("", []),
    (
      #"{"regoin":"x"}"#,
      ["/options/regoin: unknown option \"regoin\". Did you mean \"region\"? → "]
    ),
    (
      #"{"regionName":"x"}"#,
      ["/options/regionName: unknown option \"regionName\". Did you mean \"region\"? → "]
    ),
    (
      #"{"quota":"x"}"#,
      ["/options/quota: unknown option \"quota\". This transport has: region, project. → "]
    ),
    (
      #"{"a/b~c":"x"}"#,
      ["/options/a~1b~0c: unknown option \"a/b~c\". This transport has: region, project. → "]
    ),
    (
      #"{"region":2.50}"#,
      ["/options/region: option \"region\" must be a string. Write it in quotes. → \"2.50\""]
    ),
    (
      #"{"region":true}"#,
      ["/options/region: option \"region\" must be a string. Write it in quotes. → \"true\""]
    ),
    (#"{"region":["a"]}"#, ["/options/region: option \"region\" must be a string. → "]),
    (#"{"region":null}"#, ["/options/region: option \"region\" must be a string. → "]),
    ("[]", ["/options: options must be a mapping. → "]),
    ("{", ["/options: options must be a mapping. → "]),
    (
      #"{"x":"1","project":7}"#,
      [
        "/options/x: unknown option \"x\". This transport has: region, project. → ",
        "/options/project: option \"project\" must be a string. Write it in quotes. → \"7\"",
      ]
    ),
    (
      #"{"region":"wrong"}"#,
      [
        "/options/region: there is no region \"wrong\". → north", "/auth: auth is needed. → ",
      ]
    ),
    (#"{"region":"silent"}"#, [": the transport refused this entry without a reason → "]),
    (
      #"{"region":"adjusted"}"#,
      ["warning /base_url: a slash was removed. → https://probe.example"]
    ),
  ])
  func `for each option that is wrong`(_ options: String, _ expected: [String]) {
    #expect(findings(options) == expected)
  }

  @Test func `by a transport that has no options at all`() throws {
    let entry = TransportEntry(PlainTransport.self)
    let library = try unsafe TransportLibrary(entry: entry.pointer, file: nil, expecting: "plain")
    let settings = InstanceSettings(provider: "plain", options: Array("{\"a\":\"b\"}".utf8))
    let refused = #expect(throws: HostSettingsRefused.self) {
      try TransportInstance(library, settings: settings)
    }
    #expect(
      refused?.findings.map(\.message) == ["unknown option \"a\": this transport has none."])
  }
}

@Suite struct `A linked transport` {
  private let nowhere = PluginSearch(directories: [], environment: { _ in nil }, executable: nil)

  @Test func `is found by its id and wins over files`() throws {
    let registry = PluginRegistry(
      search: nowhere, paths: ["probe": "/nowhere/libprobe.so"],
      linked: [unsafe LinkedTransport(id: "probe", entry: probeEntry.pointer)])
    #expect(try registry.library("probe").file == nil)
    #expect(throws: PluginError.self) { try registry.library("other") }
  }

  @Test func `under another name is refused`() throws {
    let registry = PluginRegistry(
      search: nowhere, paths: [:],
      linked: [unsafe LinkedTransport(id: "alias", entry: probeEntry.pointer)])
    let error = #expect(throws: PluginError.self) { try registry.library("alias") }
    #expect(
      error?.message
        == "the linked transport calls itself \"probe\", but the configuration expects \"alias\"."
        + " Use the name \"probe\".")
  }

  @Test func `may stand beside others of the same kind of code`() throws {
    let entry = TransportEntry(PlainTransport.self)
    let registry = PluginRegistry(
      search: nowhere, paths: [:],
      linked: [
        unsafe LinkedTransport(id: "probe", entry: probeEntry.pointer),
        unsafe LinkedTransport(id: "plain", entry: entry.pointer),
      ])
    let settings = InstanceSettings(provider: "beside")
    let plain = try TransportInstance(registry.library("plain"), settings: settings)
    let probe = try TransportInstance(registry.library("probe"), settings: settings)
    #expect(plain.facts.endpoint == "https://plain.example")
    #expect(probe.facts.endpoint == "https://probe.example/v1")
    #expect(try registry.library("plain").rules.map(\.id).first == "param-set")
  }
}

@Suite struct `A manifest` {
  @Test func `is JSON with a schema of the options`() throws {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(ProbeTransport.descriptor.manifest))
        as? NSDictionary)
    #expect(
      object == [
        "schema": "jackfield.manifest/1", "id": "probe", "version": "2.1.0",
        "summary": "Sees \"everything\".",
        "interfaces": ["jackfield.transport/1", "jackfield.probe/1"],
        "options": [
          "type": "object", "additionalProperties": false,
          "properties": [
            "region": [
              "type": "string", "description": "Where it is.", "pattern": "^[a-z\\d]+$",
            ],
            "project": ["type": "string", "description": "Whose it is."],
          ],
        ],
      ] as NSDictionary)
  }

  @Test func `of a transport without options allows none`() throws {
    let manifest = String(decoding: PlainTransport.descriptor.manifest, as: UTF8.self)
    #expect(manifest.hasSuffix("\"additionalProperties\":false,\"properties\":{}}}"))
  }
}

/// The least that a Swift transport can be.
struct PlainTransport: Transport {
  static let descriptor = TransportDescriptor(id: "plain", version: "1.0.0", summary: "Plain.")
  let facts = EndpointFacts(endpoint: "https://plain.example", allowedHosts: ["plain.example"])

  init(settings: TransportSettings, report: inout SettingsReport) throws(TransportSDK
    .SettingsRefused)
  {}

  func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    exchange.url = facts.endpoint
  }

  func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    TransportFailure(.upstreamFailed, scope: .endpoint, "it failed.")
  }
}
