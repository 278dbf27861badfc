import Testing

@testable import ProviderConfiguration

@Suite struct `A suggestion, applied, passes` {
  @Test(arguments: Section.withExamples)
  func `of each code's example it removes its finding and adds none`(section: Section) throws {
    try checkSuggestions(Array(section.examples[0].utf8))
  }

  @Test(
    arguments: [
      .unreachableTarget, .fallbackCycle, .ignoredWeight, .shadowedName, .unreachableRoute,
      .unreachableTimeout, .cappedDuration, .unmeetableLimit, .affinityWithoutBoundary,
      .unknownModel,
      .invalidNumber, .plaintextSecret, .unsetVariable,
    ] as [DiagnosticCode]) func `and is there where the right text is known`(code: DiagnosticCode)
    throws
  {
    let section = try #require(Section.withExamples.first { $0.code == code.rawValue })
    let finding = Loaded(section.examples[0]).findings.first { $0.code == code }
    #expect(finding?.suggestion != nil)
  }

  @Test(arguments: [
    "target-of-no-use", "fallbacks-lead-back", "weights-without-strategy",
    "alias-that-looks-like-a-pattern", "routes-never-taken", "limits-that-cannot-be-met",
    "clocks-over-levels", "timeout-never-reached",
  ]) func `of a file with several findings it removes its own alone`(defect: String) throws {
    try checkSuggestions(try Files.bytes("\(defect).yaml"))
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

@Suite struct `What is not set may have a default` {
  @Test(arguments: [
    ("base_url", "${BASE_URL}", "${BASE_URL:-https://base-url.example}"),
    ("base_url", "${BASE}/v1", "${BASE:-https://base.example}/v1"),
    ("base_url", "https://${REGION}.a.example", "https://${REGION:-region}.a.example"),
    ("base_url", "https://a.example:${PORT}/x", "https://a.example:${PORT:-8080}/x"),
    ("base_url", "${SCHEME}://a.example", "${SCHEME:-https}://a.example"),
    ("base_url", "https://a.example/${MY_TEAM}", "https://a.example/${MY_TEAM:-my-team}"),
    ("state_boundary", "${__}", "${__:-value}"),
  ]) func `that leaves what stands there readable`(
    key: String, wrong: String, right: String
  ) throws {
    func file(_ value: String) -> [UInt8] {
      Array("version: 1\nproviders: { main: { plugin: p, \(key): \"\(value)\" } }\n".utf8)
    }
    let findings = Loaded(bytes: file(wrong)).findings
    #expect(findings.map(\.code) == [.unsetVariable])
    #expect(try #require(findings.first).applied(to: file(wrong)) == file(right))
    #expect(Loaded(bytes: file(right)).findings.isEmpty)
  }

  @Test func `unless it is a secret, or is written with escapes`() {
    let header = Loaded(
      "version: 1\nproviders: { main: { plugin: p, headers: { a: \"${A_TOKEN}\", b: \"\\x24{B}\" } } }"
    )
    #expect(header.codes == ["unset-variable", "unset-variable"])
    #expect(header.diagnostics.map(\.suggestion) == [nil, nil])
  }
}
