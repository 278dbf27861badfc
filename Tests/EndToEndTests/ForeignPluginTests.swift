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
    let built = try run(
      "/usr/bin/env",
      [
        "clang", "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
        "-fvisibility=hidden", "-Iinclude", "acme.c", "-o", "libacme.so",
      ], in: away)
    try #require(built.status == 0, "\(built.errors)")
    return away
  }

  private static func run(
    _ program: String, _ arguments: [String], in directory: URL, _ variables: [String: String] = [:]
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, complaint)
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
    let program = Upstreams.pluginDirectory + "/jackfield"
    let answer = try Self.run(
      program, ["call", "anything", "Hello from afar"], in: away, ["ACME_KEY": Upstreams.key])
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output.contains("Hello from afar"))

    let refused = try Self.run(
      program, ["call", "anything", "Hello"], in: away, ["ACME_KEY": "not-the-key"])
    #expect(refused.status == 4)
    #expect(refused.errors.contains("providers.yaml:3:"), "\(refused.errors)")
  }
}
