import Foundation
import Testing

@testable import ProviderConfiguration

@Suite struct `Each defect is told as its fixture says` {
  @Test(arguments: Files.defects)
  func `the findings are exactly those of the expected file`(defect: String) throws {
    let loaded = Loaded(bytes: try Files.bytes("\(defect).yaml"), file: "\(defect).yaml")
    let text = loaded.diagnostics.map { "\($0.description)\n" }.joined(separator: "\n")
    let golden = try Files.golden(
      Files.fixtures.appendingPathComponent("\(defect).expected"), text)
    #expect(text == golden)
    #expect(!loaded.diagnostics.isEmpty)
  }

  @Test(arguments: Files.defects)
  func `each suggestion, applied to the file, makes its finding vanish`(defect: String) throws {
    let bytes = try Files.bytes("\(defect).yaml")
    for diagnostic in Loaded(bytes: bytes).diagnostics where diagnostic.suggestion != nil {
      let corrected = try #require(diagnostic.applied(to: bytes))
      let rest = Loaded(bytes: corrected).diagnostics.filter {
        $0.code == diagnostic.code && $0.message == diagnostic.message
          && ($0.line, $0.column) == (diagnostic.line, diagnostic.column)
      }
      #expect(rest.isEmpty, "\(diagnostic)\n\(String(decoding: corrected, as: UTF8.self))")
    }
  }

  @Test(arguments: Files.defects)
  func `no finding repeats a secret or a value of the environment`(defect: String) throws {
    let loaded = Loaded(bytes: try Files.bytes("\(defect).yaml"))
    let shown = loaded.diagnostics.map { "\($0)\(String(decoding: $0.json, as: UTF8.self))" }
      .joined()
    for secret in [
      "4f9a8b7c", "3f2a9c0d", "hunter2", "correct-horse", "hidden", "value-of-the-key",
      "abcdefgh",
    ] {
      #expect(!shown.contains(secret))
    }
  }

  @Test func `there is one expected file for each fixture and no other`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Files.fixtures.path)
    let expected = names.filter { $0.hasSuffix(".expected") }.map { String($0.dropLast(9)) }
      .sorted()
    #expect(expected == Files.defects)
    #expect(expected.count >= 40)
  }

  @Test func `every code but the host's own occurs in some fixture`() throws {
    let codes = try Set(
      Files.defects.flatMap { defect in
        Loaded(bytes: try Files.bytes("\(defect).yaml")).diagnostics.map(\.code)
      })
    let others: Set<DiagnosticCode> = [
      .fileUnreadable, .fileTooLarge, .credentialHeader, .rejectedSetting, .unknownFlow,
      .pluginUnavailable, .affinityWithoutBoundary, .unusableStateKey,
    ]
    #expect(codes.union(others) == Set(DiagnosticCode.allCases))
    #expect(codes.isDisjoint(with: others))
  }
}
