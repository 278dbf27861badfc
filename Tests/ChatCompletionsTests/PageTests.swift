import ChatCompletions
import Foundation
import Testing

@Suite struct `The page of the mapping` {
  private let page: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    page = try String(
      contentsOf: root.appending(
        path: "Sources/ChatCompletions/Documentation/chat-completions.md"), encoding: .utf8)
  }

  @Test(arguments: ChatRefusal.Reason.allCases)
  func `has every code`(_ reason: ChatRefusal.Reason) {
    #expect(page.contains("\n| `\(reason.rawValue)` |"))
  }

  @Test func `has every member that is tested`() throws {
    let rows =
      `A member of a request`.carried + `A member of a request`.renamed
      + `A member of a request`.tools + `A member of a request`.hints
    let members = try rows.flatMap { row in
      try #require(utf8("{\(row.members)}").parsed() as? [String: Any]).keys
    }
    let missing = Set(members).subtracting(["new"]).filter { !page.contains("`\($0)") }
    #expect(missing.isEmpty)
  }
}
