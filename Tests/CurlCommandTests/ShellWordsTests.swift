import ChildProcess
import CurlCommand
import Testing

@Suite struct `Words are split as a shell splits them` {
  /// Each row is also given to `sh`, whose answer counts.
  static let rows: [String] = [
    #"a b  c"#, #"'a b' "c d""#, #"a'b'"c"d"#, #"a\ b \'x\'"#, #""a\"b\\c\nd""#, #"'it'\''s'"#,
    "a \\\n b", "'a\nb'", "\"a\\\nb\"", #"'' "" x"#, #""$""#, #"a$ b"#, #"a#b"#, "a # b",
    #""\`x\`""#, #"é'ü'"日本""#, #"'$HOME'"#, #""\$HOME""#,
  ]

  @Test(arguments: rows) func `as sh does`(text: String) throws {
    let words = try ShellWords(text).words.map(\.literal)
    #expect(words == (try split(text, by: "/bin/sh")))
  }

  @Test(arguments: [
    #"$'a\nb\tc\'d'"#, #"$'\x41\102\u0043\U00000044'"#, #"$'é\xc3\xa9'"#, #"$'a'b"#, #"$'\\'"#,
    #"$'\e[0m'"#, #""$'x'""#,
  ])
  func `as bash does with its own quotes`(text: String) throws {
    let words = try ShellWords(text).words.map(\.literal)
    #expect(words == (try split(text, by: "/bin/bash")))
  }

  @Test(arguments: ["\\ \n", "\\\t \n", "\\\r\n", "\\ \r\n"])
  func `a continuation survives blanks that copying left behind`(joint: String) throws {
    #expect(try ShellWords("a \(joint) b").words.map(\.literal) == ["a", "b"])
  }

  @Test func `references are kept as names`() throws {
    let words = try ShellWords(#"a$B"c${D}e"$(f) `g` ${H:-i}"#).words
    #expect(
      words == [
        ShellWord([
          .text("a"), .variable(name: "B", fallback: nil), .text("c"),
          .variable(name: "D", fallback: nil), .text("e"), .command,
        ]),
        ShellWord([.command]), ShellWord([.variable(name: "H", fallback: "i")]),
      ])
  }

  @Test func `no text makes it fail otherwise than by an error`() {
    let alphabet = Array("a'\"\\$(){}` \n|;#@:=é")
    var state: UInt64 = 42
    for _ in 0..<20_000 {
      var text = "curl "
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      _ = try? CurlCommand(parsing: text) { _ in "v" }
    }
  }

  private func split(_ text: String, by shell: String) throws -> [String] {
    let output = try ChildProcess.run(shell, ["-c", "printf '%s\\0' \(text)\n"]).output
    return output.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
