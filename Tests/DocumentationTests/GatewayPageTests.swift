#if Gateway
import ClientSettings
import Foundation
import ProviderConfiguration
import Testing

@testable import Gateway
@testable import TransportHost

/// A table of the gateway's page, by a heading of its first column.
struct GatewayTable {
  static let path = "Sources/Gateway/Documentation/gateway.md"

  /// The cells below the heading, row by row.
  let rows: [[String]]

  init(_ heading: String) throws {
    let lines = try Page(Self.path).prose.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("| \(heading) |") }, "\(heading)")
    rows = lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// What stands between backticks in a cell.
  static func words(_ cell: String) -> [String] {
    cell.matches(of: /`([^`]+)`/).map { String($0.1) }
  }

  /// The words of a column, in their order.
  func words(_ column: Int) -> [String] { rows.flatMap { Self.words($0[column]) } }
}

/// The sources of the gateway, by a text of them.
private enum Sources {
  static func matches(of pattern: Regex<(Substring, Substring)>, in folder: String) throws -> Set<
    String
  > {
    let root = Repository.root.appendingPathComponent(folder)
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var found: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      found.formUnion(text.matches(of: pattern).map { String($0.1) })
    }
    return found
  }
}

@Suite struct `The page of the gateway` {
  // MARK: - Endpoints

  private static func target(_ path: String) throws -> RequestTarget {
    try #require(RequestTarget(path.replacing("{id}", with: "x")))
  }

  @Test func `lists endpoints that are there, by the names that logs have`() throws {
    let table = try GatewayTable("method")
    #expect(table.rows.count == table.words(1).count)
    for row in table.rows {
      let words = row.flatMap(GatewayTable.words)
      let endpoint = try Endpoint(method: words[0], Self.target(words[1]))
      #expect(endpoint.name == words.last, "\(row)")
      #expect((row[3] != "–") == Self.isStreamed(endpoint), "\(row)")
    }
  }

  @Test func `lists each method of a path, and each endpoint`() throws {
    let table = try GatewayTable("method")
    let listed = Dictionary(grouping: zip(table.words(0), table.words(1)), by: \.1)
    for (path, pairs) in listed {
      let missing = #expect(throws: Endpoint.Missing.self) {
        try Endpoint(method: "PATCH", Self.target(path))
      }
      #expect(missing == .method(allowed: pairs.map(\.0)), "\(path)")
    }
    let source = try Repository.text("Sources/Gateway/Requests/Endpoint.swift")
    let named = source.matches(of: /operation(?:: |\()"(\w+)"/).map { "responses.\($0.1)" }
    #expect(Set(table.words(4)) == Set(named).union(Self.others.map(\.name)))
  }

  /// Every endpoint without a model's operation; a new case does not compile without a line here.
  private static var others: [Endpoint] {
    func next(_ endpoint: Endpoint?) -> Endpoint? {
      switch endpoint {
      case nil, .responses: .chatCompletions
      case .chatCompletions: .models(name: nil)
      case .models: .health
      case .health: .readiness
      case .readiness: .metrics
      case .metrics: .status
      case .status: .statusData
      case .statusData: nil
      }
    }
    return Array(
      sequence(state: Endpoint?.none) { last in
        last = next(last)
        return last
      })
  }

  private static func isStreamed(_ endpoint: Endpoint) -> Bool {
    switch endpoint {
    case .responses("create", _), .responses("get", _), .chatCompletions: true
    default: false
    }
  }

  // MARK: - Headers

  @Test func `names each header of the gateway's own, and no other`() throws {
    let written = try Sources.matches(
      of: /"(x-jackfield-[a-z]+(?:-[a-z]+)*)"/, in: "Sources/Gateway")
    let page = try Repository.text(GatewayTable.path)
    let named = page.matches(of: /x-jackfield-[a-z]+(?:-[a-z]+)*/).map { String($0.0) }
    #expect(written.count == 6)
    #expect(Set(named) == written)
  }

  @Test func `has examples of headers by which a client limits a call`() throws {
    let rows = try GatewayTable("header").rows.filter { $0[0].hasPrefix("`x-jackfield-") }
    #expect(rows.count == 3)
    for row in rows {
      let words = row.flatMap(GatewayTable.words)
      let head = Admission.Head(
        method: "POST", target: "/", headers: [(words[0], words[1])], contentLength: nil)
      let asked = Admission.Request(
        endpoint: .chatCompletions, target: try Self.target("/"), client: .anybody)
      let request = ReceivedRequest(head, asked, body: [])
      #expect(CallLimits(of: request).limits != CallRequest.Limits(), "\(row)")
    }
  }

  @Test func `has the headers from which a token is read`() throws {
    for row in try GatewayTable("header").rows.prefix(3) {
      let words = row.flatMap(GatewayTable.words)
      #expect(ClientTable.token(in: [(words[0], words[1])]) == "TOKEN", "\(row)")
    }
  }

  @Test func `names what is kept back of an answer's headers, and no other`() throws {
    let named = try GatewayTable("kept back").words(0)
    for name in named { #expect(!HeaderRule.passes(name), "\(name)") }
    let source = try Repository.text("Sources/Gateway/Answers/HeaderRule.swift")
    let rule = try #require(source.firstMatch(of: /switch name \{(?s:(.+?))\n +false/))
    #expect(Set(named) == Set(rule.1.matches(of: /"([a-z-]+)"/).map { String($0.1) }))
    #expect(!HeaderRule.passes("access-control-allow-origin"))
  }

  // MARK: - Errors

  @Test func `has the status, the type and the worth of each error code`() throws {
    let rows = try GatewayTable("status | `type`").rows
    var seen: [ErrorCode] = []
    for row in rows {
      let type = try #require(GatewayTable.words(row[1]).first)
      for word in GatewayTable.words(row[2]) {
        let code = try #require(ErrorCode(rawValue: word), "\(word)")
        seen.append(code)
        let answer = ErrorShape.answer(to: CallError(code, "…"))
        #expect("\(answer.status)" == row[0], "\(word)")
        #expect(ErrorShape.type(status: answer.status, code: code) == type, "\(word)")
        let isFinal = answer.headers.contains { $0 == ("x-should-retry", "false") }
        #expect((row[3] == "no") == isFinal, "\(word)")
      }
    }
    #expect(seen.count == Set(seen).count)
    #expect(Set(seen) == Set(ErrorCode.allCases))
  }

  @Test func `has the gateway's own refusals`() throws {
    let open = Admission(clients: ClientTable([]), host: HostRule(host: "127.0.0.1"), bodyLimit: 9)
    let closed = Admission(
      clients: ClientTable([("secret", .init(name: "a", entry: nil))]),
      host: HostRule(host: "127.0.0.1"), bodyLimit: 9)
    func refusal(
      _ admission: Admission, _ method: String, _ path: String, host: String = "localhost"
    ) -> Answer? {
      let head = Admission.Head(
        method: method, target: path, headers: [("host", host)], contentLength: nil)
      guard case .refused(let answer) = admission.verdict(on: head) else { return nil }
      return answer
    }
    let answers = [
      refusal(open, "GET", "/%zz"), refusal(closed, "GET", "/"),
      refusal(open, "GET", "/", host: "a.example"), refusal(open, "GET", "/nothing"),
      refusal(open, "PATCH", "/"), open.tooLarge, .tooManyConnections,
    ]
    let shown = try GatewayTable("status | `code`").rows.map {
      [$0[0]] + GatewayTable.words($0[1])
    }
    let made = try answers.map { answer in
      let answer = try #require(answer)
      let body = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
      let code = (body?["error"] as? [String: Any])?["code"] as? String
      return ["\(answer.status)", code ?? ""]
    }
    #expect(shown == made)
  }

  // MARK: - Settings

  @Test func `has each key of the configuration that is the gateway's, and no other`() throws {
    let sections = try Page("Sources/ProviderConfiguration/Documentation/configuration.md").sections
      .filter { $0.title.hasPrefix("gateway") || $0.title.hasPrefix("observability") }
    let titles = sections.map { $0.title.replacing("\\", with: "") }
    var keys: [String] = []
    for (section, title) in zip(sections, titles) {
      for match in section.text.matches(of: /(?m)^\| `(\w+)` \|/) {
        let key = "\(title).\(match.1)"
        if !titles.contains(where: { $0 == key || $0.hasPrefix(key + ".") }) { keys.append(key) }
      }
    }
    #expect(keys.count >= 9)
    #expect(Set(try GatewayTable("key").words(0)) == Set(keys))
    let mentioned = try Page(GatewayTable.path).prose
      .matches(of: /`((?:gateway|observability)\.[a-z_.<>]+)`/).map { String($0.1) }
    #expect(mentioned.count > keys.count)
    for name in mentioned {
      #expect(keys.contains { $0 == name || $0.hasPrefix(name + ".") }, "\(name)")
    }
  }

  @Test func `shows a configuration in which nothing is wrong`() throws {
    let block = try #require(Page(GatewayTable.path).blocks.first { $0.block.language == "yaml" })
    let text =
      "version: 1\nproviders: { a: { plugin: openai } }\nmodels:\n"
      + "  gpt-5: { targets: [{ provider: a, model: m }] }\n" + block.block.text
    var options = TransportHost.Options()
    options.environment = { _ in nil }
    let findings = TransportHost.check(
      text: Array(text.utf8), file: "gateway.md", options: options, loadingPlugins: false)
    #expect(findings.filter { $0.severity == .error }.map(\.message) == [])
  }

  @Test func `has the variables that a command finds, and the tools that have settings`() throws {
    let variables = try GatewayTable("variable").rows.map {
      GatewayTable.words($0[0]) + [$0[1].replacing("`", with: ""), $0[2]]
    }
    let contents: [ClientEnvironment.Variable.Content: String] = [
      .baseURL: "the base URL with /v1", .origin: "the base URL without a path",
      .token: "the token",
    ]
    #expect(
      variables
        == ClientEnvironment.variables.map { [$0.name, contents[$0.content] ?? "", $0.readers] })
    #expect(
      try Set(GatewayTable("`jackfield export`").words(0))
        == Set(ClientSnippet.Tool.allCases.map(\.rawValue)))
  }

  @Test func `has the numbers that hold`() throws {
    let page = try Page(GatewayTable.path).prose
    #expect(page.contains("With \(AnswerWriter.most >> 10) KiB unsent"))
    #expect(page.contains("down to \(AnswerWriter.least >> 10) KiB"))
    #expect(ConfigurationWatch.interval == .milliseconds(500) && page.contains("every 500 ms"))
    #expect(page.contains("tools is `http://\(ListenAddress.builtIn.text)/v1`"))
  }
}
#endif
