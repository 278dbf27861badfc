#if Gateway
import Testing

@testable import Gateway
@testable import TransportHost

@Suite struct `The ledger of a call stands in one header` {
  @Test func `with an item an attempt, and the open one behind them`() {
    let attempts = [
      AttemptRecord.of("main", "gpt-5", "rate_limited", status: 429, .milliseconds(310)),
      AttemptRecord.of("backup", "o3", "network", .microseconds(1500)),
    ]
    #expect(
      AttemptHeader.text(attempts, open: ("third", "x"))
        == #""main";model="gpt-5";outcome="rate_limited";status=429;ms=310, "#
        + #""backup";model="o3";outcome="network";ms=2, "third";model="x""#)
    #expect(AttemptHeader.text([]) == "")
  }

  static let hostile = [
    "", "\"", "\\", "a\"b\\c", "\r\nx: y", "grüße", "\0", "\u{7F}", "a,b;c=d", "👩‍👩‍👧", "?", "e\u{301}",
    String(repeating: "\"", count: 300),
  ]

  @Test(arguments: hostile) func `that keeps to its grammar whatever names there are`(name: String)
    throws
  {
    let attempts = [
      AttemptRecord.of(name, name, "ok", status: 200, .zero),
      AttemptRecord.of("a", name, "network", .seconds(1)),
    ]
    let text = AttemptHeader.text(attempts, open: (name, name))
    #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    let items = try #require(StructuredList(text)).items
    #expect(items.count == 3)
    #expect(items[0].value == items[0].parameters["model"])
    #expect(items[0].parameters["outcome"] == "ok")
    #expect(items[0].parameters["status"] == "200")
    #expect(items[1].parameters["ms"] == "1000")
    #expect(Set(items[2].parameters.keys) == ["model"])
  }

  @Test func `what can be read of a name is what was written`() throws {
    let text = AttemptHeader.text([], open: (#"a\"b"#, "c;d=\"e\", f"))
    let item = try #require(StructuredList(text)?.items.first)
    #expect(item.value == #"a\"b"#)
    #expect(item.parameters["model"] == "c;d=\"e\", f")
  }

  @Test func `and of very many the last are left`() throws {
    let attempts = (0..<1000).map {
      AttemptRecord.of(
        "\($0)" + String(repeating: "\"", count: 300), String(repeating: "m", count: 300),
        "timeout_first_event", status: 503, .seconds(100_000))
    }
    let text = AttemptHeader.text(attempts)
    let items = try #require(StructuredList(text)).items
    #expect(items.count == 24)
    #expect(items.last?.value.hasPrefix("999") == true)
    #expect(text.utf8.count < 16 << 10)
  }
}

extension AttemptRecord {
  /// An attempt of which this alone matters.
  static func of(
    _ provider: String, _ model: String, _ outcome: String, status: Int? = nil, _ total: Duration
  ) -> AttemptRecord {
    AttemptRecord(
      provider: provider, model: model, source: nil, outcome: outcome, status: status,
      total: total, edits: 0, origin: AttemptOrigin(target: nil, reason: "", began: .zero))
  }
}

/// A list of strings with parameters, read by the letter of RFC 9651, sections 4.2.1 and 4.2.3.
struct StructuredList {
  private(set) var items: [(value: String, parameters: [String: String])] = []
  private var rest: Substring.UnicodeScalarView

  /// nil where the text is none.
  init?(_ text: String) {
    rest = Substring(text).unicodeScalars
    while true {
      guard let value = string() else { return nil }
      var parameters: [String: String] = [:]
      while rest.first == ";" {
        rest.removeFirst()
        guard let key = key(), rest.popFirst() == "=" else { return nil }
        guard let value = rest.first == "\"" ? string() : integer() else { return nil }
        parameters[key] = value
      }
      items.append((value, parameters))
      if rest.isEmpty { return }
      while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
      guard rest.popFirst() == "," else { return nil }
      while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
    }
  }

  private mutating func string() -> String? {
    guard rest.popFirst() == "\"" else { return nil }
    var value = ""
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return value
      case "\\":
        guard let escaped = rest.popFirst(), escaped == "\"" || escaped == "\\" else { return nil }
        value.unicodeScalars.append(escaped)
      case " "..."~": value.unicodeScalars.append(scalar)
      default: return nil
      }
    }
    return nil
  }

  private mutating func key() -> String? {
    guard let first = rest.first, first == "*" || ("a"..."z").contains(first) else { return nil }
    var key = ""
    while let next = rest.first,
      ("a"..."z").contains(next) || ("0"..."9").contains(next)
        || "_-.*".unicodeScalars.contains(next)
    {
      key.unicodeScalars.append(next)
      rest.removeFirst()
    }
    return key
  }

  private mutating func integer() -> String? {
    var digits = ""
    while let next = rest.first, ("0"..."9").contains(next) {
      digits.unicodeScalars.append(next)
      rest.removeFirst()
    }
    return (1...15).contains(digits.count) ? digits : nil
  }
}
#endif
