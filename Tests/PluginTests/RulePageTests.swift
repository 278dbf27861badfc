import Foundation
import ResponsesTransport
import Testing
import TransportSDK

@Suite struct `The page of rules` {
  /// The rows of the table: id, and for each plugin whether it applies.
  private func rows() throws -> [(id: String, applies: [Bool])] {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Plugins/rules.md")
    let table = try String(contentsOf: page, encoding: .utf8).split(separator: "\n## ")[0]
    return table.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("| `") else { return nil }
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let id = cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
      return (id, cells.suffix(3).map { $0 == "yes" })
    }
  }

  @Test func `names every rule and nothing else`() throws {
    let known =
      PayloadRule.allCases.map { String(describing: $0.rule.id) }
      + ParameterRule.allCases.map { String(describing: $0.rule.id) }
    #expect(try rows().map(\.id) == known)
  }

  @Test(arguments: Array(Plugin.allCases.enumerated()))
  func `says rightly who applies it`(column: Int, plugin: Plugin) throws {
    let own = plugin.type.rules.map { String(describing: $0.id) }
    let shared = ParameterRule.allCases.map { String(describing: $0.rule.id) }
    #expect(try rows().filter { $0.applies[column] }.map(\.id) == own + shared)
  }

  @Test func `has a reason and a public source for each`() {
    for rule in PayloadRule.allCases.map(\.rule) {
      #expect(!String(describing: rule.reason).isEmpty)
      #expect(String(describing: rule.link).hasPrefix("https://"))
    }
  }
}
