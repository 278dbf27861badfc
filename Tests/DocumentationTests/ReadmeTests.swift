import Foundation
import ProviderConfiguration
import Testing
import TransportHost

@Suite struct `The first page` {
  private let page: Page

  init() throws { page = try Page("README.md") }

  @Test func `shows a configuration of twenty lines in which check finds no error`() throws {
    let blocks = page.blocks.map(\.block).filter { $0.language == "yaml" }
    let example = try #require(blocks.first)
    #expect(example.lines.count == 20)
    for block in blocks where block.text.hasPrefix("version:") {
      var options = TransportHost.Options()
      options.environment = { _ in nil }
      let findings = TransportHost.check(
        text: Array(block.text.utf8), file: "README.md", options: options, loadingPlugins: false)
      #expect(findings.filter { $0.severity == .error }.map(\.message) == [])
    }
  }

  @Test func `shows the program that embeds the host as it stands in Examples`() throws {
    let shown = page.blocks.map(\.block).filter { $0.language == "swift" }.map(\.text)
    #expect(shown.contains(try Repository.text("Examples/Embed/Sources/Embed/main.swift")))
  }

  @Test func `names scripts that exist and can be run`() throws {
    let names = Set(
      page.code.flatMap { $0.matches(of: /Scripts\/[a-z][a-z-]*/).map { String($0.0) } })
    #expect(names.isSuperset(of: ["Scripts/demo", "Scripts/test", "Scripts/install"]))
    for name in names {
      let path = Repository.root.appendingPathComponent(name).path
      #expect(FileManager.default.isExecutableFile(atPath: path), "\(name)")
    }
  }

  @Test func `names every command of the program, and no other`() throws {
    let commands = try Program.subcommands()
    #expect(!commands.isEmpty)
    #expect(words(after: "jackfield").union(["plugin"]) == commands)
    #expect(try words(after: "jackfield plugin") == Program.subcommands("plugin"))
  }

  @Test func `names options that the program's help knows`() throws {
    let lines = page.code.flatMap { $0.split(separator: "\n") }
    for line in lines {
      guard let call = line.firstMatch(of: #/^(?:\$ )?(?:\w+=\S+ )*jackfield ([a-z][a-z-]*)(.*)/#)
      else {
        continue
      }
      let command = String(call.1)
      let words = command == "from-curl" ? "" : call.2
      for option in words.matches(of: #/ (--[a-z][a-z-]*)/#) {
        #expect(try Program.help(command).contains("\(option.1)"), "\(line)")
      }
    }
  }

  /// The words that follow the program's name wherever it is called.
  private func words(after program: String) -> Set<String> {
    let names = page.code.flatMap { text in
      text.matches(of: #/(?:^|[ \n(])(jackfield(?: plugin)?) ([a-z][a-z-]*)/#)
    }
    return Set(names.filter { $0.1 == program }.map { String($0.2) })
  }
}
