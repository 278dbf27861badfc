import Foundation
import ProviderConfiguration
import Testing
import TransportHost
import UpstreamEmulator

/// The secret of tags where it cannot be used.
@Suite struct `A state_key that cannot be used` {
  private static let problems: [(key: String?, why: String)] = [
    (
      nil,
      "credential \"state_key\" is not set: the variable TAGS is empty or unset. Set it, for example:"
        + " export TAGS=…"
    ),
    (
      "15 bytes, short",
      "it has 15 bytes, and at least 16 are needed. Make one: openssl rand -hex 32."
    ),
  ]

  private static func resources(_ key: String?) throws -> Resources {
    let resources = try Resources(["a": .openai, "b": .openai])
    resources.setTags(key)
    return resources
  }

  @Test(arguments: problems)
  func `fails calls with its line, warns in explain, and nobody is asked`(
    key: String?, why: String
  ) async throws {
    let resources = try Self.resources(key)
    let host = try resources.host()
    let error = await host.failure(#""input":"Hello""#)
    #expect(error?.code == .configInvalid)
    #expect(error?.message == "state_key cannot be used: \(why)")
    #expect(error?.source?.description == "providers.yaml:2:12")
    #expect(resources.counts == [0, 0])
    let explained = try host.explain(.text("Hello", model: "m"))
    #expect(explained.warnings.contains("state_key cannot be used: \(why)"))
  }

  @Test func `is a warning of check, where it is set and too short`() throws {
    let short = try Self.resources("short").host().check().filter { $0.code == .unusableStateKey }
    #expect(short.map(\.severity) == [.warning])
    #expect(short.first.map { ($0.line, $0.column) } ?? (0, 0) == (2, 12))
    #expect(short.first?.message.contains("it has 5 bytes") == true)
    let unset = try Self.resources(nil).host().check()
    #expect(unset.contains { $0.code == .unsetCredential && $0.line == 2 })
    #expect(!unset.contains { $0.code == .unusableStateKey }, "which is said already")
    #expect(try !Self.resources(Resources.tags).host().check().contains { $0.line == 2 })
  }

  @Test(arguments: [
    ("{ exec: { command: [print-key] } }", "providers.yaml:2:12"), ("token", "providers.yaml:2:12"),
  ])
  func `is refused where it could be another one each time`(
    entry: String, place: String
  ) async throws {
    let resources = try Self.resources(nil)
    let text =
      resources.configuration()
      .replacing("{ env: TAGS }", with: entry) + "\ncredentials: { token: { entra: {} } }\n"
    let host = try resources.host(text)
    let error = await host.failure(#""input":"Hello""#)
    #expect(error?.code == .configInvalid)
    #expect(error?.source?.description == place)
    #expect(host.check(loadingPlugins: false).contains { $0.code == .tokenAsKey })
  }

  @Test func `is taken as soon as it can be`() async throws {
    let resources = try Self.resources(nil)
    let host = try resources.host()
    #expect(await host.failure(#""input":"Hello""#)?.code == .configInvalid)
    resources.setTags(Resources.tags)
    #expect(try await host.turn(#""input":"Hello""#).id?.contains("_jf1") == true)
  }

  @Test(
    arguments: [
      (nil, "warning"), ("15 bytes, short", "error"), (Resources.tags, "ok"),
    ] as [(String?, String)])
  func `is looked at by doctor, and never shown`(key: String?, severity: String) throws {
    let resources = try Self.resources(key)
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("jackfield-\(UUID().uuidString).yaml")
    try resources.configuration().write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let report = TransportHost.doctor(
      contentsOf: file.path, chosenBecause: "", options: resources.options)
    let credentials = report.sections.first { $0.name == "credentials" }?.findings ?? []
    let finding = try #require(credentials.first { $0.subject == "state_key" })
    #expect("\(finding.severity)" == severity, "\(finding.message)")
    let variables = report.sections.first { $0.name == "variables" }?.findings ?? []
    #expect(variables.contains { $0.subject == "TAGS" })
    let all = report.sections.flatMap(\.findings).map { "\($0.subject) \($0.message)" }.joined()
    #expect(key.map { !all.contains($0) } ?? true)
  }
}
