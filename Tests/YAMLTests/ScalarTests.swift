import Testing

@testable import YAML

/// The value of a text as compact JSON.
func json(_ text: String) throws -> String {
  String(decoding: try YAMLDocument.parse(Array(text.utf8), file: "t.yaml").json(), as: UTF8.self)
}

/// The problems of a text as `line:column-endColumn code message`.
func problems(_ text: String) -> [String] {
  YAMLDocument.read(Array(text.utf8), file: "t.yaml").problems.map(row)
}

func row(_ problem: YAMLError) -> String {
  let (start, end) = (problem.span.start, problem.span.end)
  return "\(start.line):\(start.column)-\(end.column) \(problem.reason.rawValue) \(problem.message)"
}

@Suite struct `Scalars follow the core schema of YAML 1.2` {
  @Test(arguments: [
    ("on", "\"on\""), ("off", "\"off\""), ("yes", "\"yes\""), ("no", "\"no\""), ("y", "\"y\""),
    ("true", "true"), ("True", "true"), ("FALSE", "false"), ("tRue", "\"tRue\""),
    ("null", "null"), ("~", "null"), ("", "null"), ("NULL", "null"), ("nULL", "\"nULL\""),
    ("0", "0"), ("-12", "-12"), ("+12", "12"), ("007", "7"), ("-0", "-0"), ("0o17", "15"),
    ("0o8", "\"0o8\""), ("0x1F", "31"), ("0xg", "\"0xg\""), ("-0x1", "\"-0x1\""),
    ("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695"), ("1_000", "\"1_000\""),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("1.50", "1.50"), (".5", "0.5"), ("1.", "1"), ("1.e3", "1e3"), ("1e3", "1e3"),
    ("-1.5E-3", "-1.5E-3"),
    ("+.5e1", "0.5e1"), (".", "\".\""), ("1e", "\"1e\""), ("e1", "\"e1\""), ("-", "\"-\""),
    ("2025-04-01", "\"2025-04-01\""), ("12:30", "\"12:30\""), ("'12'", "\"12\""),
    ("\"true\"", "\"true\""),
    ("!!str 12", "\"12\""), ("!!int 12", "12"), ("! 12", "\"12\""), ("!!int \"12\"", "12"),
    ("\"a\\tb\\u0001\\\"\"", "\"a\\tb\\u0001\\\"\""), ("ключ", "\"ключ\""),
  ]) func `a scalar has the type that its text says`(text: String, expected: String) throws {
    #expect(try json("[\(text.isEmpty ? "~" : text)]") == "[\(expected)]")
    #expect(try json(text) == expected || text == "-")
  }

  @Test func `a block scalar is a string and keeps its lines`() throws {
    #expect(try json("a: |\n  1\n  2\nb: >-\n  x\n  y\n") == #"{"a":"1\n2\n","b":"x y"}"#)
  }

  @Test(arguments: [".inf", "-.INF", "+.Inf", ".nan", ".NaN"])
  func `infinity and not-a-number are floats that JSON refuses`(text: String) throws {
    let node = try YAMLDocument.parse(Array("a: \(text)".utf8), file: "t.yaml")
    #expect(node.entry("a")?.value.scalar?.kind == .float)
    #expect(throws: YAMLError.self) { try node.json() }
  }

  @Test(arguments: ["-.nan", ".Nan", ".iNF", "inf", "nan"])
  func `what only looks like them is a string`(text: String) throws {
    #expect(try json(text) == "\"\(text)\"")
  }

  @Test(arguments: [
    "a", "gpt-5.6", "true", "12", "", " x", "a: b", "{1}", "*", "a,b", "#x", "x #y", "${V}",
    "\u{e9}",
    "a\nb", "\"", "-", "x:", "https://a.example/b", "null", "0x1", "a\u{1}",
  ]) func `a string written as a scalar is read back the same in both styles`(text: String) throws {
    let written = YAMLText.scalar(text)
    for yaml in ["k: \(written)", "{ k: \(written) }", "[\(written), x]"] {
      let node = try YAMLDocument.parse(Array(yaml.utf8), file: "t.yaml")
      #expect((node.entry("k")?.value ?? node.items?.first)?.string == text, "\(yaml)")
    }
  }
}
