import Foundation
import Testing
import TransportHost

@Suite struct `The page of errors` {
  private let page: Page

  init() throws { page = try Page("Sources/TransportHost/Documentation/errors.md") }

  private func section(_ code: ErrorCode) throws -> Page.Section {
    try #require(page.sections.first { $0.level == 2 && $0.title == code.rawValue })
  }

  @Test func `has one section for each code, in the order of the list, and no other`() {
    let titles = page.sections.filter { $0.level == 2 }.map(\.title)
    #expect(titles == ["The JSON object", "Exit status"] + ErrorCode.allCases.map(\.rawValue))
  }

  @Test(arguments: ErrorCode.allCases)
  func `says whose fault it is and how a program ends`(code: ErrorCode) throws {
    let facts = "Fault: `\(code.fault.rawValue)`. Exit status: \(code.exitStatus)."
    #expect(try section(code).lines.filter { !$0.isEmpty }.first.map(String.init) == facts)
  }

  @Test(arguments: ErrorCode.allCases)
  func `says what it means, what causes it and what to do`(code: ErrorCode) throws {
    let paragraphs = try section(code).text.split(separator: "\n\n")
      .map { String($0).trimmingCharacters(in: .newlines) }.filter { !$0.isEmpty }
    #expect(paragraphs.count == 4)
    #expect(paragraphs.dropFirst(2).first?.hasPrefix("Usual cause: ") == true)
    #expect(paragraphs.dropFirst(3).first?.hasPrefix("What to do: ") == true)
  }

  @Test(arguments: ErrorCode.allCases)
  func `shows one message, which ends in the code`(code: ErrorCode) {
    let examples = page.blocks.filter { $0.title == code.rawValue }.map(\.block.text)
    #expect(examples.count == 1)
    #expect(examples.first?.contains(": error: ") == true)
    #expect(examples.first?.hasSuffix(" [\(code.rawValue)]\n") == true)
  }

  @Test func `names each code beside its exit status, but for those of status 4`() throws {
    let table = try #require(page.sections.first { $0.title == "Exit status" })
    var named: [String: Int32] = [:]
    for row in table.text.matches(of: /(?m)^\| (\d+) \| (.+) \|$/) {
      for code in row.2.matches(of: /`([a-z_]+)`/) where ErrorCode(rawValue: "\(code.1)") != nil {
        named["\(code.1)"] = Int32(row.1)
      }
    }
    let others = ErrorCode.allCases.filter { $0.exitStatus != 4 }
    #expect(named == Dictionary(uniqueKeysWithValues: others.map { ($0.rawValue, $0.exitStatus) }))
  }

  @Test func `shows and explains the members that an error has as JSON`() async throws {
    let block = try #require(page.blocks.first { $0.block.language == "json" })
    var error = try await refusedConnection()
    let shown = try Members(Data(block.block.text.utf8))
    #expect(try shown == Members(Data(error.json)))

    error.pointer = "/input"
    error.rateLimits = [RateLimit(unit: "tokens", limit: nil, remaining: 0, reset: nil)]
    let table = try #require(page.sections.first { $0.title == "The JSON object" })
    let rows = table.text.matches(of: /(?m)^\| `(\w+)` \|/).map { String($0.1) }
    #expect(try Set(rows) == Members(Data(error.json)).error)
    #expect(rows.count == Set(rows).count)
  }

  /// An error with an attempt, and with what an upstream could have said.
  private func refusedConnection() async throws -> CallError {
    let yaml = """
      version: 1
      providers: { main: { plugin: openai, base_url: "http://127.0.0.1:1/v1" } }
      models: { "*": { targets: [{ provider: main, model: "{1}" }] } }
      """
    var options = TransportHost.Options()
    options.pluginDirectories = [Program.directory.path]
    options.environment = { _ in nil }
    let host = try TransportHost(text: Array(yaml.utf8), file: "providers.yaml", options: options)
    let failure = await #expect(throws: CallError.self) {
      try await host.respond(to: .text("Hello", model: "gpt-5"))
    }
    var error = try #require(failure)
    error.upstream = .init(status: 429, code: "c", message: "m", requestIDs: [("x", "y")])
    return error
  }
}

/// The names in an error's JSON, floor by floor.
private struct Members: Equatable {
  let error: Set<String>
  let upstream: Set<String>
  let attempt: Set<String>

  init(_ json: Data) throws {
    let top = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(top.count == 1)
    let body = try #require(top["error"] as? [String: Any])
    error = Set(body.keys)
    upstream = Set(try #require(body["upstream"] as? [String: Any]).keys)
    attempt = Set(try #require(body["attempts"] as? [[String: Any]]).first?.keys.map { $0 } ?? [])
  }
}
