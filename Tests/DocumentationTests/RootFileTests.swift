import Foundation
import ProviderConfiguration
import Testing
import TransportHost

@Suite struct `The configuration at the root` {
  private func errors(in text: String) -> [String] {
    var options = TransportHost.Options()
    options.environment = { _ in nil }
    let findings = TransportHost.check(
      text: Array(text.utf8), file: Repository.root.appendingPathComponent("providers.yaml").path,
      options: options, loadingPlugins: false)
    return findings.filter { $0.severity == .error }.map(\.message)
  }

  @Test func `is sound`() throws {
    #expect(errors(in: try Repository.text("providers.yaml")) == [])
  }

  @Test func `is sound with the keys that stand in comments`() throws {
    let text = try Repository.text("providers.yaml")
    let comment = /(?m)^( *)# ( *[a-z_]+: .*)$/
    #expect(text.matches(of: comment).count == 5)
    let whole = text.replacing(comment) { "\($0.1)\($0.2)" }
    #expect(whole.contains("\nobservability:") && whole.contains("\n  clients:"))
    #expect(errors(in: whole) == [])
  }
}
