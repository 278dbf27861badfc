import ChildProcess
import Foundation
import Testing

/// What people read when a call fails, as files beside this one.
///
/// `UPDATE_GENERATED=1 swift test --filter CommandTests` rewrites them; read the difference.
@Suite struct `The text of a failed call` {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var model = "on-azure-openai"
    /// What is changed in the configuration.
    var change: @Sendable (String) -> String = { $0 }
    var environment = Configuration.environment
    var status: Int32 = 4
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "unset-credential", environment: [:], status: 3),
    Row(name: "unknown-model", model: "on-azure-opanai", status: 3),
    Row(
      name: "missing-plugin",
      change: { $0.replacing("plugin: azure-openai", with: "plugin: acme") },
      status: 5),
    Row(
      name: "wrong-indent",
      change: { $0.replacing("    auth: { key: main }\n  azure-f", with: "   auth: 1\n  azure-f") },
      status: 3),
    Row(
      name: "unknown-key",
      change: {
        $0.replacing(
          "plugin: azure-openai\n    base_url", with: "plugin: azure-openai\n    base_ulr")
      }, status: 3),
    Row(
      name: "connection-refused",
      change: { text in
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
          line.contains("/openai/v1") ? "    base_url: http://127.0.0.1:9/openai/v1" : String(line)
        }.joined(separator: "\n")
      }),
    Row(
      name: "unknown-deployment",
      change: {
        $0.replacing(
          "{ provider: azure-openai, model: gpt-5 }",
          with: "{ provider: azure-openai, model: gpt-9 }")
      }),
    Row(name: "wrong-key", environment: ["TEST_KEY": "another-key"]),
  ]

  @Test(arguments: rows) func `says what, where, why and what to do`(row: Row) throws {
    let emulators = try Emulators()
    let place = try Workplace(row.change(emulators.configuration()))
    let outcome = try Program.jackfield.run(
      ["call", row.model, "Hi"], environment: row.environment, in: place.files.directory)
    #expect(outcome.status == row.status)
    #expect(outcome.output.isEmpty)
    let text = settled(outcome.errorText, place)
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(row.name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_GENERATED"] != nil {
      try Data(text.utf8).write(to: file)
    }
    let known = try String(contentsOf: file, encoding: .utf8)
    #expect(text == known)
  }

  /// The text without what differs from run to run.
  private func settled(_ text: String, _ place: Workplace) -> String {
    text.replacing(place.files.directory.path, with: "HOME")
      .replacing(Program.directory.path, with: "PROGRAMS")
      .replacing(/127\.0\.0\.1:\d{4,5}/, with: "127.0.0.1:PORT")
      .replacing(/\d+ ms/, with: "N ms")
      .replacing(/(?m)^(x-request-id|apim-request-id|x-ms-region)( +).*$/) {
        "\($0.output.1)\($0.output.2)…"
      }
  }
}
