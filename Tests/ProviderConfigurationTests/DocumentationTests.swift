import Foundation
import Testing

@testable import ProviderConfiguration

@Suite struct `Documentation agrees with the code` {
  @Test func `the reference page is what the key definitions say`() throws {
    let url = Files.documentation.appendingPathComponent("configuration.md")
    #expect(try Files.golden(url, ReferencePage.text) == ReferencePage.text)
  }

  @Test func `the JSON Schema is what the key definitions say, and is JSON`() throws {
    let url = Files.documentation.appendingPathComponent("providers.schema.json")
    #expect(try Files.golden(url, SchemaDocument.text) == SchemaDocument.text)
    let schema = try JSONSerialization.jsonObject(with: Data(SchemaDocument.text.utf8))
    #expect((schema as? [String: Any])?["required"] as? [String] == ["version", "providers"])
  }

  @Test func `the JSON Schema offers for state_key what check accepts, and nothing else`() throws {
    let schema = try JSONSerialization.jsonObject(with: Data(SchemaDocument.text.utf8))
    let root = try #require(schema as? [String: Any])
    let key = (root["properties"] as? [String: [String: Any]])?["state_key"]
    let choices = try #require(key?["anyOf"] as? [[String: Any]])
    let names = choices.compactMap { ($0["$ref"] as? String)?.split(separator: "/").last }
    let definitions = try #require(root["definitions"] as? [String: [String: Any]])
    let tables = names.compactMap { definitions[String($0)] }
    #expect(tables.count == 1)
    #expect((tables[0]["properties"] as? [String: Any])?.keys.sorted() == ["env", "file"])
    #expect(tables[0]["additionalProperties"] as? Bool == false)
  }

  @Test func `every code has one section in the diagnostics page, in order, and no other`() throws {
    #expect(try Section.all().map(\.code) == DiagnosticCode.allCases.map(\.rawValue))
  }

  @Test func `every section says what it means and what fixes it`() throws {
    for section in try Section.all() {
      #expect(section.text.contains("\nFix: "), "\(section.code)")
      #expect(section.text.split(separator: "\n").count >= 2)
      #expect(section.examples.count == (Section.withoutExample.contains(section.code) ? 0 : 2))
    }
  }

  @Test func `the first example of a section has its finding, the second none at all`() throws {
    for section in try Section.all() where !section.examples.isEmpty {
      let found = Loaded(section.examples[0]).findings.map(\.code.rawValue)
      #expect(found.contains(section.code), "\(section.code)")
      let fixed = Loaded(section.examples[1]).findings
      #expect(fixed.isEmpty, "\(section.code): \(fixed)")
    }
  }
}
