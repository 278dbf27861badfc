import ChildProcess
import Foundation
import Testing
import UpstreamEmulator

/// What the first page says that one sees is what one sees.
@Suite struct `The examples of the first page` {
  /// A command with the lines that are shown below it.
  struct Example: Sendable, CustomTestStringConvertible {
    let command: String
    let shown: [String]
    let block: String
    var testDescription: String { command }
  }

  static let examples: [Example] = {
    let blocks = (try? Page("README.md"))?.blocks.map(\.block) ?? []
    return blocks.filter { $0.language == "console" }.flatMap { block in
      block.text.split(separator: #/(?m)^\$ /#, omittingEmptySubsequences: true).map { part in
        let lines = part.split(separator: "\n").map(String.init)
        return Example(command: lines[0], shown: Array(lines.dropFirst()), block: block.text)
      }
    }
  }()

  /// The mistakes that the page makes in its configuration, found by what is shown of them.
  private static let mistakes = [
    (sign: "plugn", right: "plugin: azure-foundry", wrong: "plugn: azure-foundry"),
    (
      sign: "+     options", right: "plugin: azure-foundry",
      wrong: "plugin: azure-foundry\n    options: { api: preview }"
    ),
    (sign: "HTTP 404", right: "model: gpt-5 ", wrong: "model: gpt-6 "),
  ]

  @Test func `are all found`() {
    let commands = Set(
      Self.examples.compactMap { $0.command.split(separator: " ").dropFirst().first })
    #expect(commands.isSuperset(of: ["call", "check", "explain", "from-curl"]))
    for mistake in Self.mistakes {
      #expect(Self.examples.filter { $0.block.contains(mistake.sign) }.count == 1)
    }
  }

  /// Those that this build can run.
  static let runnable = examples.filter { example in
    #if Gateway
    let needsServer = false
    #else
    let needsServer = example.command.contains(/jackfield (run|record|replay|serve)/)
    #endif
    return example.command.hasPrefix("jackfield") && !needsServer
  }

  @Test(.timeLimit(.minutes(1)), arguments: runnable)
  func `print what is shown, in that order`(example: Example) throws {
    let emulator = UpstreamEmulator()
    defer { emulator.stop() }
    var options = EmulatorOptions()
    options.key = "emulated"
    let baseURL = try emulator.start(.azureFoundry, options: options).baseURL
    let folder = try Self.folder(for: example)
    defer { try? FileManager.default.removeItem(at: folder) }

    let output = try ChildProcess.run(
      "/bin/sh", ["-c", "exec 2>&1; \(example.command)"], in: folder.path,
      environment: [
        "PATH": Program.directory.path + ":/usr/bin:/bin", "HOME": folder.path,
        "OPENAI_API_KEY": "set", "FOUNDRY_URL": baseURL,
      ]
    ).text

    let port = try #require(URL(string: baseURL)?.port)
    let printed = Self.steady(output.replacing("127.0.0.1:\(port)", with: "127.0.0.1:8763"))
    var rest = printed.split(separator: "\n")[...]
    for line in example.shown where line != "…" {
      let place = rest.firstIndex { $0 == Self.steady(line) }
      try #require(place != nil, "\(line)\nis not in\n\(printed)")
      rest = rest[place.map { $0 + 1 }!...]
    }
  }

  /// A folder with the page's configuration, its key, and the files that the page shows.
  private static func folder(for example: Example) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let blocks = try Page("README.md").blocks.map(\.block)
    var yaml = try #require(blocks.first { $0.language == "yaml" }).text
    for mistake in mistakes where example.block.contains(mistake.sign) {
      yaml = yaml.replacing(mistake.right, with: mistake.wrong)
    }
    var files = ["providers.yaml": yaml, "emulator.key": "emulated\n"]
    for shown in examples where shown.command.hasPrefix("cat ") {
      files[String(shown.command.dropFirst(4))] = shown.shown.map { $0 + "\n" }.joined()
    }
    for (name, text) in files {
      try text.write(
        to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    return folder
  }

  /// A text without what is another at each run: times and ids.
  private static func steady(_ text: String) -> String {
    text.replacing(/\d+ ms/, with: "… ms").replacing(
      /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, with: "…")
  }
}
