#if Gateway

import Foundation
import Telemetry
import Testing

@Suite struct `The page on telemetry` {
  let page: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    page = try String(
      contentsOf: root.appending(path: "Sources/Telemetry/Documentation/telemetry.md"),
      encoding: .utf8)
  }

  @Test func `has every metric with its kind, and no other`() throws {
    let observed = Observed()
    observed.serve(.streamed)
    observed.telemetry.reloaded(outcome: "ok", generation: 1)
    var documented: [String: String] = [:]
    for row in page.matches(of: /\| `([a-z_]+)` \| ([a-z]+) \|/) {
      documented[String(row.1)] = String(row.2)
    }
    #expect(documented == (try observed.text().types))
  }

  @Test func `has the members of a line in their order`() throws {
    let observed = Observed()
    var call = ServedCall.streamed
    (call.errorMessage, call.fault) = ("e", "host")
    (call.requestBody, call.responseBody) = ("a", "b")
    observed.serve(
      call, headers: [("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")])
    let members = observed.lines.all[0].matches(of: /"([a-z_]+)":/).map { String($0.1) }
      .dropFirst(3)
    let listed = try #require(page.firstMatch(of: /as far as they are known:\n\n((?s:.*?))\.\n/))
      .1
    #expect(listed.matches(of: /`([a-z_]+)`/).map { String($0.1) } == Array(members))
  }
}

#endif
