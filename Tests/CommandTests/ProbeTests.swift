import ChildProcess
import Foundation
import Testing

/// What `jackfield probe` prints, as files beside this one.
///
/// `UPDATE_GENERATED=1 swift test --filter CommandTests` rewrites them; read the difference.
@Suite struct `The probe` {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var provider = "azure-openai"
    var arguments: [String] = []
    /// What is changed in the configuration.
    var change: @Sendable (String) -> String = { $0 }
    var environment = Configuration.environment
    var status: Int32 = 0
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "probe-works"),
    Row(
      name: "probe-path",
      change: { $0.replacing(#/(127\.0\.0\.1:\d+)/openai/v1/#, with: { "\($0.1)/v1" }) }, status: 4),
    Row(
      name: "probe-other-plugin",
      change: { $0.replacing("plugin: azure-foundry", with: "plugin: azure-openai") }),
    Row(name: "probe-deployment", arguments: ["--model", "gpt-9"], status: 4),
    Row(name: "probe-key", environment: ["TEST_KEY": "another-key-12345"], status: 4),
    Row(name: "probe-unset", environment: [:], status: 3),
    Row(
      name: "probe-refused",
      change: {
        $0.replacing(#/(127\.0\.0\.1:\d+)/openai/v1/#, with: { "\($0.1)/openai/deployments/d" })
      }, status: 3),
  ]

  @Test(arguments: rows) func `says step by step what it found`(row: Row) throws {
    let emulators = try Emulators()
    let place = try Workplace(row.change(emulators.configuration()))
    let provider = row.name == "probe-other-plugin" ? "azure-foundry" : row.provider
    let outcome = try Program.jackfield.run(
      ["probe", provider] + row.arguments, environment: row.environment, in: place.files.directory)
    #expect(outcome.status == row.status)
    #expect(outcome.error.isEmpty)
    let text = outcome.text
      .replacing(#/127\.0\.0\.1:\d{4,5}/#, with: "127.0.0.1:PORT")
      .replacing(#/after \d+ ms/#, with: "after SOME ms")
      .replacing(#/ +\d+ ms +/#, with: "  N ms  ")
      .replacing(#/(?m)^(  \S+ +\S+( limits)?) {2,}/#) { "\($0.1)  " }
    #expect(!text.contains("canary") && !text.contains("another-key"))
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(row.name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_GENERATED"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test func `says the same as JSON`() throws {
    let emulators = try Emulators()
    let place = try Workplace(
      emulators.configuration().replacing(
        #/(127\.0\.0\.1:\d+)/openai/v1/#, with: { "\($0.1)/v1" }))
    let outcome = try place.run("probe", "azure-openai", "--json")
    #expect(outcome.status == 4)
    let object = try outcome.json()
    #expect(
      Set(object.keys) == [
        "provider", "plugin", "model", "url", "works", "code", "steps", "trials", "entry",
      ])
    #expect(object["works"] as? Bool == false)
    #expect(object["code"] as? String == "not_found")
    let steps = try #require(object["steps"] as? [[String: Any]])
    #expect(
      steps.map { $0["step"] as? String } == [
        "configuration", "dns", "tcp", "tls", "credential", "path", "api_version", "model",
        "responses", "streaming", "rate_limits",
      ])
    for step in steps {
      #expect(Set(step.keys) == ["step", "verdict", "ms", "message", "advice", "source"])
    }
    let trials = try #require(object["trials"] as? [[String: Any]])
    #expect(Set(trials[0].keys) == ["plugin", "url", "reason", "worked", "message"])
    let entry = try #require(object["entry"] as? [String: Any])
    #expect(Set(entry.keys) == ["yaml", "reason", "evidence"])
    #expect(entry["evidence"] as? String == "answered")
  }

  @Test(arguments: [
    (["nobody"], Int32(3), "unknown provider"), (["only"], 2, "--model"),
  ])
  func `says what it cannot ask`(_ arguments: [String], _ status: Int32, _ words: String) throws {
    let place = try Workplace(
      "version: 1\nproviders: { only: { plugin: openai } }\n"
        + "models: { \"*\": { targets: [{ provider: only, model: \"{1}\" }] } }\n")
    let outcome = try Program.jackfield.run(["probe"] + arguments, in: place.files.directory)
    #expect(outcome.status == status)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorText.contains(words))
  }

  @Test(arguments: ["probe az", "auth status az"])
  func `offers the configured providers as completions`(line: String) throws {
    let place = try Workplace()
    let script = """
      source <(jackfield completions bash)
      COMP_LINE="jackfield \(line)"; COMP_POINT=${#COMP_LINE}
      COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _jackfield; printf '%s\\n' "${COMPREPLY[@]}"
      """
    let text = try ChildProcess.run(
      "/bin/bash", ["-c", script], in: place.files.directory.path,
      environment: [
        "HOME": place.files.directory.path, "PATH": Program.directory.path + ":/usr/bin:/bin",
      ]
    ).text
    let names = text.split(separator: "\n")
    #expect(["azure-foundry", "azure-openai"].allSatisfy(names.contains))
  }
}
