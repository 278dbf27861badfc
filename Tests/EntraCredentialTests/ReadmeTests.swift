import Foundation
import Testing
import TransportSDK

@Suite struct `The page about signing in` {
  private let page: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    page = try String(
      contentsOf: root.appendingPathComponent("Plugins/entra/README.md"), encoding: .utf8)
  }

  @Test func `explains every key`() throws {
    let known = try #require(Judgement(#"{"entra":{"?":1}}"#).findings.first).message
    let keys = known.dropFirst("unknown key \"?\". There are: ".count).dropLast()
      .components(separatedBy: ", ")
    #expect(keys.count == 12)
    for key in keys {
      #expect(
        page.components(separatedBy: "\n").contains {
          $0.hasPrefix("| `\(key)`") || $0.hasPrefix("| `object_id`, `\(key)`")
        })
    }
  }

  @Test func `explains refusals that are known, and no others`() {
    let numbers = page.matches(of: /AADSTS([0-9]+)/).map(\.1)
    #expect(numbers.count > 8)
    for number in numbers {
      let host = FakeHost()
      host.replies = [.json(400, #"{"error":"x","error_codes":[\#(number)]}"#)]
      let run = SignIn(ClientSecretSettings.settings, on: host)
      #expect(run.failure?.upstreamCode == "AADSTS\(number)")
    }
  }

  @Test func `explains every source`() throws {
    let findings = Judgement(#"{"entra":{"source":1}}"#).findings
    let sources = try #require(findings.first).message
      .dropFirst("a source must be one of: ".count).dropLast().components(separatedBy: ", ")
    #expect(sources.count == 5)
    for source in sources { #expect(page.contains("\n| `\(source)` | ")) }
  }
}
