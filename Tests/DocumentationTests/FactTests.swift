import Foundation
import Testing

/// What is known of the three upstreams has numbers: A2-1 to A2-16 of their addresses, Q01 to Q45 of
/// requests, D01 to D26 of responses, and the sections between them.
@Suite struct `Every fact that is known of an upstream` {
  static let ids: [String] =
    ["A.1", "A.3"] + (1...16).map { "A2-\($0)" }
    + (1...5).map { "B.\($0)" }
    + (1...45).map { "Q" + ($0 < 10 ? "0" : "") + "\($0)" }
    + (1...9).map { "D0\($0)" } + (20...26).map { "D\($0)" } + (1...8).map { "D2-\($0)" }
    + ["D.3", "D.4"] + (1...4).map { "E.\($0)" }

  /// Those that no upstream could refuse, as they are about what stands in the client.
  static let clients: [String: String] = [
    "A.3": "how a base is read", "A2-11": "a query in the base",
    "A2-14": "two hosts, one behaviour", "A2-15": "how hosts are compared",
    "Q45": "what a provider is known by", "B.4": "headers that are left out",
    "D.4": "the clocks of a call",
  ]

  /// What the tests name of the emulators, which enforce each refusal on their own.
  static let enforced = names { $0.contains("UpstreamEmulatorTests") }
  /// What the tests name of everything else.
  static let met = names { !$0.contains("UpstreamEmulatorTests") }

  private static func names(in isWanted: (String) -> Bool) -> Set<String> {
    let root = Repository.root.appendingPathComponent("Tests")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var words: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift", file.lastPathComponent != "FactTests.swift",
        isWanted(file.path), let text = try? String(contentsOf: file, encoding: .utf8)
      else { continue }
      words.formUnion(facts(in: text))
    }
    return words
  }

  static func facts(in text: String) -> [String] {
    text.matches(of: /\b(A2-\d+|D2-\d|Q\d\d|D\d\d|[ABDE]\.\d)\b/).map { String($0.1) }
  }

  @Test(arguments: ids)
  func `is named by a test, or by the page of what is not done`(id: String) throws {
    let page = try Page("Plugins/not-done.md").prose
    #expect(
      Self.met.contains(id) || Self.facts(in: page).contains(id),
      "\(id) is neither tested nor explained in Plugins/not-done.md")
  }

  @Test(arguments: ids) func `is enforced by an emulator, or the client's own`(id: String) {
    #expect(
      Self.enforced.contains(id) != (Self.clients[id] != nil),
      "\(id) is enforced by no emulator, or by one and excused as well")
  }

  @Test func `has a reason where it is not done`() throws {
    let rows = try Page("Plugins/not-done.md").prose.split(separator: "\n")
      .filter { $0.hasPrefix("| ") && !$0.hasPrefix("| fact") }
    #expect(!rows.isEmpty)
    for row in rows {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(cells.count == 3 && cells.allSatisfy { !$0.isEmpty }, "\(row)")
      #expect(!Self.facts(in: cells.first ?? "").isEmpty, "\(row)")
    }
  }
}
