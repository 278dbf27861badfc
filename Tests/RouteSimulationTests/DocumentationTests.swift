import Foundation
import RouteSimulation
import Testing

@testable import RouteSimulation

@Suite struct `The page of simulations` {
  private let page: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    page = try String(
      contentsOf: root.appendingPathComponent(
        "Sources/RouteSimulation/Documentation/simulation.md"), encoding: .utf8)
  }

  private func rows(_ heading: String) -> [[String]] {
    let section = page.split(separator: "\n## ").first { $0.hasPrefix(heading) } ?? ""
    return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  @Test func `has a row for each metric, in order, and no other`() {
    let expected = Metric.all.map { metric -> [String] in
      let name: String =
        switch metric.selector {
        case .none: ""
        case .targets: "target"
        case .someTargets: "target, always"
        case .code: "error"
        }
      return ["`\(metric.name)`", metric.kind.rawValue, name, metric.meaning]
    }
    #expect(rows("Assertions") == expected)
  }

  @Test func `has a row for each kind of outage, in order`() {
    let words = rows("What goes wrong").dropFirst().map { $0[0].split(separator: "`")[0] }
    #expect(words.map(String.init) == Outage.words)
  }

  @Test func `names each error that a call may end with`() {
    for code in FailureCode.allCases { #expect(page.contains("`\(code.rawValue)`"), "\(code)") }
  }

  @Test func `has the numbers of the latency model`() {
    let table = page.split(separator: "\n").first { $0.contains("| factor |") } ?? ""
    let factors = table.split(separator: "|").compactMap {
      Double($0.trimmingCharacters(in: .whitespaces))
    }
    let shares = [0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]
    #expect(factors == shares.map(LatencyModel.factor))
    for time in [LatencyModel.firstEvent, LatencyModel.rest, LatencyModel.refusal] {
      let text = TimeText.write(time).replacing("ms", with: " ms")
      #expect(page.contains(text.replacing(/^(\d)s$/) { "\($0.1) s" }), "\(text)")
    }
  }

  @Test func `names the reasons and the purposes that a report has`() {
    for reason in AttemptReason.allCases {
      #expect(page.contains("`\(reason.rawValue)`"), "\(reason)")
    }
  }
}
