import Testing

@testable import ProviderConfiguration

@Suite struct `A suggestion, applied, passes` {
  @Test(arguments: Section.withExamples)
  func `of each code's example it removes its finding and adds none`(section: Section) throws {
    try checkSuggestions(Array(section.examples[0].utf8))
  }
}

/// Applies each suggestion of a file and expects all findings but its own, and no other.
func checkSuggestions(_ bytes: [UInt8]) throws {
  let before = Loaded(bytes: bytes).findings
  for finding in before where finding.suggestion != nil {
    let corrected = try #require(finding.applied(to: bytes))
    var left = before.filter { $0 != finding }.map(\.code)
    for other in Loaded(bytes: corrected, finding.suggestedVariables).findings {
      let index = left.firstIndex(of: other.code)
      #expect(
        index != nil, "\(finding)\n\(String(decoding: corrected, as: UTF8.self))\n\(other)")
      if let index { left.remove(at: index) }
    }
  }
}

extension Diagnostic {
  /// The usual variables, and those into which the suggestion puts a secret.
  fileprivate var suggestedVariables: [String: String] {
    let words = (suggestion?.text ?? "").split { !NameRule.variable.allows("_\($0)") }.map(
      String.init)
    let names = words.filter(CredentialText.isVariableName)
    return variables.merging(names.map { ($0, "set") }) { first, _ in first }
  }
}
