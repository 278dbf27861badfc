import Foundation
import Testing

@Suite struct `The layout of the contract` {
  /// The recorded layout.
  ///
  /// ABI 1 is a draft: while it is one, a change that is meant is recorded with
  /// `UPDATE_GOLDEN=1 swift test --filter TransportABITests`. After the release this file only gains
  /// lines (new ids, new tags); what stands in it never changes.
  static let golden = Contract.root
    .appendingPathComponent("Tests/TransportABITests/Fixtures/abi-1.layout")

  static let preface = """
    # The layout of ABI 1 (draft): offset, size and declaration of each field; values of constants.
    # LP64, little endian; recorded on linux-x86_64. Draft: UPDATE_GOLDEN=1 records what is meant.
    # Released: no line of this file changes any more.

    """

  @Test func `is the recorded one`() throws {
    let layout = Self.preface + (try Layout().text)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try layout.write(to: Self.golden, atomically: true, encoding: .utf8)
    }
    let recorded = try String(contentsOf: Self.golden, encoding: .utf8)
    for (new, old) in zip(lines(layout), lines(recorded)) { #expect(new == old) }
    #expect(lines(layout).count == lines(recorded).count)
  }

  @Test func `is the one that Swift sees, field by field`() throws {
    let recorded = try String(contentsOf: Self.golden, encoding: .utf8)
    let seen = SwiftLayout.all
    #expect(
      seen
        == recorded.matches(of: /(?m)^struct (\w+) size (\d+) align (\d+)\n((?:  .*\n?)*)/)
        .map { match in
          let fields = match.4.matches(of: /(?m)^ +(\d+) +(\d+)  (.*)$/).map { "\($0.3)" }
          let offsets = match.4.matches(of: /(?m)^ +(\d+) +(\d+)  (.*)$/).map { Int($0.1) ?? -1 }
          return SwiftLayout(
            tag: String(match.1), size: Int(match.2) ?? -1, alignment: Int(match.3) ?? -1,
            fields: zip(fields, offsets).map { SwiftLayout.Field(name: Self.name($0), offset: $1) })
        })
  }

  private static func name(_ declaration: String) -> String {
    if let called = declaration.firstMatch(of: /\(\*\s*(\w+)\)\s*\(/) { return String(called.1) }
    return String(declaration.matches(of: /\w+/).last?.0 ?? "")
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
