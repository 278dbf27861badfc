import Foundation

@testable import ProviderConfiguration

/// The variables that tests see, whatever the machine has.
let variables = [
  "OPENAI_API_KEY": "value-of-the-key", "HOST": "a.example", "EMPTY": "",
  "BAD_URL": "https://user:hidden@a.example",
]

struct Loaded {
  let document: ConfigurationDocument?
  let diagnostics: [Diagnostic]

  init(_ text: String, file: String = "providers.yaml", _ environment: [String: String] = variables)
  {
    self.init(bytes: Array(text.utf8), file: file, environment)
  }

  init(bytes: [UInt8], file: String = "providers.yaml", _ environment: [String: String] = variables)
  {
    (document, diagnostics) = ConfigurationDocument.load(text: bytes, file: file) {
      environment[$0]
    }
  }

  var codes: [String] { diagnostics.map(\.code.rawValue) }

  /// What is found when every plugin says that a provider's state is its own.
  var findings: [Diagnostic] {
    diagnostics + (document?.affinityFindings { $0.id } ?? [])
  }
}

/// Files beside the tests, found by the place of this source.
enum Files {
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static let documentation = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/ProviderConfiguration/Documentation")

  /// The names of the fixtures: each is a file of one defect with the findings it must give.
  static var defects: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: fixtures.appendingPathComponent(name)))
  }

  /// The committed text; with `UPDATE_GENERATED=1` it is first replaced by the new one.
  static func golden(_ url: URL, _ text: String) throws -> String {
    if ProcessInfo.processInfo.environment["UPDATE_GENERATED"] == "1" {
      try Data(text.utf8).write(to: url)
    }
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }
}

extension Diagnostic {
  /// The file with the suggestion applied.
  func applied(to bytes: [UInt8]) -> [UInt8]? {
    guard let suggestion else { return nil }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    var scalars = Array(
      String(decoding: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self).unicodeScalars)
    let start = offset(suggestion.line, suggestion.column, in: scalars)
    let end = offset(suggestion.endLine, suggestion.endColumn, in: scalars)
    scalars.replaceSubrange(start..<end, with: suggestion.text.unicodeScalars)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Array(String(text).utf8)
  }

  private func offset(_ line: Int, _ column: Int, in scalars: [Unicode.Scalar]) -> Int {
    var starts = [0]
    for (index, scalar) in scalars.enumerated() where scalar == "\n" { starts.append(index + 1) }
    return starts[line - 1] + column - 1
  }
}
