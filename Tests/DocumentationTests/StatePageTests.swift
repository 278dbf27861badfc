import Foundation
import ProviderConfiguration
import Routing
import Testing

@testable import TransportHost

@Suite struct `The page of state` {
  private let page: Page

  init() throws { page = try Page("Sources/TransportHost/Documentation/state.md") }

  private func firstCells(under title: String) throws -> [String] {
    let section = try #require(page.sections.first { $0.title == title })
    return section.text.matches(of: /(?m)^\| `([a-z_-]+)`/).map { String($0.1) }
  }

  @Test func `names each rule by which the host edits requests, in order, and no other`() throws {
    #expect(
      try firstCells(under: "What is changed on the way") == StateRule.allCases.map(\.id))
  }

  @Test func `says what each policy for lost state does`() throws {
    let rows = try firstCells(under: "When nobody can be asked")
    #expect(rows == AffinityRules.Lost.allCases.map(\.rawValue))
  }

  @Test func `has the numbers that hold`() {
    let words = page.prose
    #expect(words.contains("at least \(StateKey.leastLength) bytes"))
    #expect(words.contains("above \(StateTagger.limit) bytes"))
    #expect(words.contains("16,384 names") && StateMemory.limit == 16_384)
    #expect(words.contains("| 24 hours |") && StateMemory.age == .seconds(24 * 3600))
  }
}
