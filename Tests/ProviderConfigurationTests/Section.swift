import Foundation
import Testing

@testable import ProviderConfiguration

/// One section of the diagnostics page.
struct Section: CustomTestStringConvertible {
  let code: String
  let text: String
  let examples: [String]

  var testDescription: String { code }

  /// Codes whose cause cannot stand in a Markdown page, or that only the host can find.
  static let withoutExample: Set<String> = [
    "file-unreadable", "file-too-large", "invalid-utf8", "control-character", "credential-header",
    "rejected-setting", "unknown-flow", "plugin-unavailable", "unusable-state-key",
  ]

  /// Those that show what is wrong and what is right.
  static var withExamples: [Section] {
    ((try? all()) ?? []).filter { $0.examples.count == 2 }
  }

  static func all() throws -> [Section] {
    let page = try String(
      contentsOf: Files.documentation.appendingPathComponent("diagnostics.md"), encoding: .utf8)
    return page.components(separatedBy: "\n## ").dropFirst().map { part in
      let code = String(part.prefix { $0 != "\n" })
      let blocks = part.components(separatedBy: "```yaml\n").dropFirst()
      return Section(
        code: code, text: String(part.dropFirst(code.count)),
        examples: blocks.compactMap { $0.components(separatedBy: "```").first })
    }
  }
}
