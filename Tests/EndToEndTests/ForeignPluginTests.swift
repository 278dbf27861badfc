import ChildProcess
import Foundation
import Testing
import UpstreamEmulator

/// A provider that the host never heard of: a file built against the headers alone, and two lines of
/// YAML, with the program as it was built.
@Suite struct `A plugin that was built elsewhere` {
  /// Compiles the example, away from this package, and returns the directory it stands in.
  private static func build() throws -> URL {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let away = FileManager.default.temporaryDirectory
      .appendingPathComponent("jackfield-\(UUID().uuidString)")
    let include = away.appendingPathComponent("include")
    try FileManager.default.createDirectory(at: away, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: root.appendingPathComponent("Sources/CTransportABI/include"), to: include)
    try FileManager.default.copyItem(
      at: root.appendingPathComponent("Examples/Plugin/acme.c"),
      to: away.appendingPathComponent("acme.c"))
    let built = try ChildProcess.run(
      "clang",
      [
        "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
        "-fvisibility=hidden", "-Iinclude", "acme.c", "-o", "libacme.so",
      ], in: away.path)
    try #require(built.status == 0, "\(built.errorText)")
    return away
  }

  /// Calls any model by the program as it was built.
  private static func call(
    _ text: String, in directory: URL, key: String
  ) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      Upstreams.pluginDirectory + "/jackfield", ["call", "anything", text], in: directory.path,
      environment: ProcessInfo.processInfo.environment.merging(["ACME_KEY": key]) { $1 })
  }

  @Test func `adds a provider to the unchanged program with two lines of YAML`() throws {
    let away = try Self.build()
    defer { try? FileManager.default.removeItem(at: away) }
    let upstreams = try Upstreams()
    let yaml = """
      version: 1
      plugins: { acme: { path: libacme } }
      providers: { acme: { plugin: acme, base_url: "\(upstreams.baseURL(.openai))", auth: { key: { env: ACME_KEY } } } }
      models: { "*": { targets: [{ provider: acme, model: gpt-5 }] } }
      """
    try yaml.write(
      to: away.appendingPathComponent("providers.yaml"), atomically: true, encoding: .utf8)
    let answer = try Self.call("Hello from afar", in: away, key: Upstreams.key)
    #expect(answer.status == 0, "\(answer.errorText)")
    #expect(answer.text.contains("Hello from afar"))

    let refused = try Self.call("Hello", in: away, key: "not-the-key")
    #expect(refused.status == 4)
    #expect(refused.errorText.contains("providers.yaml:3:"), "\(refused.errorText)")
  }
}
