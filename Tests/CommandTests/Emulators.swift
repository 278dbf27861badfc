import ChildProcess
import Foundation
import Testing

/// The real emulator program with all three upstreams, ended with its owner.
final class Emulators {
  /// The canary: the key of every emulated upstream, to be found in no output.
  static let key = "canary-4711-do-not-print"

  private let process: ChildProcess
  /// By the name of the upstream.
  private(set) var baseURLs: [String: String] = [:]

  /// Starts it through `jackfield emulate`, which must become it.
  init(_ options: [String] = []) throws {
    process = try Program.jackfield.start(
      ["emulate", "--json", "--key", Self.key] + options, in: FileManager.default.temporaryDirectory
    )
    for _ in 0..<3 {
      let line = try #require(process.nextLine())
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let name = try #require(object["emulator"] as? String)
      baseURLs[name] = try #require(object["base_url"] as? String)
    }
  }

  /// A configuration with a model of each upstream's name.
  ///
  /// The lines do not depend on the ports, so that marks can be compared.
  func configuration() -> String { Configuration.text(baseURLs) }
}

/// The configuration of most tests.
enum Configuration {
  static let names = ["openai", "azure-openai", "azure-foundry"]

  /// An environment with the canary and without anything else.
  static let environment = ["TEST_KEY": Emulators.key]

  /// Nothing listens on port 9 of loopback.
  static func text(_ baseURLs: [String: String] = [:]) -> String {
    var lines = ["version: 1", "credentials:", "  main: { env: TEST_KEY }", "providers:"]
    for name in names {
      let parent = name == "azure-foundry" ? "/api/projects/demo/openai/v1" : "/v1"
      let path = name == "azure-openai" ? "/openai/v1" : parent
      lines += [
        "  \(name):", "    plugin: \(name)",
        "    base_url: \(baseURLs[name] ?? "http://127.0.0.1:9\(path)")",
        "    auth: { key: main }",
      ]
    }
    lines += [
      "models:", "  gpt-5:", "    aliases: [default]", "    targets:",
      "      - { provider: openai, model: gpt-5 }",
      "      - { provider: azure-openai, model: gpt-5-mini }",
    ]
    for name in names {
      lines.append("  on-\(name): { targets: [{ provider: \(name), model: gpt-5 }] }")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A directory with a `providers.yaml`, and runs in it.
struct Workplace {
  let files: Scratch

  init(_ configuration: String = Configuration.text()) throws {
    files = try Scratch()
    try files.write(configuration, to: "providers.yaml")
  }

  /// Runs jackfield there.
  func run(
    _ arguments: String..., input: String? = nil,
    environment: [String: String] = Configuration.environment
  ) throws -> Program.Outcome {
    try Program.jackfield.run(
      arguments, input: input, environment: environment, in: files.directory)
  }
}
