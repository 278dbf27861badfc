package import AgentHistory

/// Makes JSON texts that use all of the grammar: white space, every escape, every width of UTF-8.
package struct RandomJSON {
  private var random: SeededGenerator
  private var text: [UInt8] = []

  private static let numbers = [
    "0", "-0", "1", "-1", "7", "42", "1234567890", "0.5", "-12.75", "1e3", "1E+2", "25e-1", "0e0",
    "9007199254740993", "-9223372036854775808", "3.141592653589793",
  ]
  private static let contents = [
    "", "a", "model", "input", "\u{7F}", "ä", "é—", "请求", "関数", "🦊", "\u{10FFFF}", "\u{FFFD}",
    "plain words that are longer than one block of bytes", "0123456789abcdef", "0123456789abcde",
    #"\n"#, #"\""#, #"\\"#, #"\/"#, #"\b\f\r\t"#, #"\u0041"#, #"\u00e9"#, #"\uD83E\udd8a"#,
    #"\\\\"#, #"\\\""#, #"C:\\temp\\"#, #"a \"quoted\" word"#, #"line\nline\n\tline\n"#, "/", "~",
  ]
  private static let spaces = ["", "", "", "", " ", "\n", "\r\n\t", "        "]

  private init(_ random: SeededGenerator) {
    self.random = random
  }

  /// Makes one text.
  ///
  /// - Parameter random: Where its choices come from; advanced.
  /// - Returns: Valid JSON in UTF-8, nested at most eight levels deep.
  package static func text(using random: inout SeededGenerator) -> [UInt8] {
    var maker = RandomJSON(random)
    maker.space()
    maker.value(depth: 0)
    maker.space()
    random = maker.random
    return maker.text
  }

  private mutating func space() { text += random.pick(Self.spaces).utf8 }

  private mutating func value(depth: Int) {
    switch Int.random(in: 0..<(depth < 8 ? 10 : 6), using: &random) {
    case 0: text += random.pick(["true", "false", "null"]).utf8
    case 1, 2: text += random.pick(Self.numbers).utf8
    case 3, 4, 5: string()
    case 6, 7: elements(open: "[", close: "]") { $0.value(depth: depth + 1) }
    default:
      elements(open: "{", close: "}") {
        $0.string()
        $0.space()
        $0.text += ":".utf8
        $0.space()
        $0.value(depth: depth + 1)
      }
    }
  }

  private mutating func elements(open: String, close: String, _ element: (inout Self) -> Void) {
    text += open.utf8
    space()
    let count = Int.random(in: 0...5, using: &random)
    for index in 0..<count {
      if index > 0 {
        text += ",".utf8
        space()
      }
      element(&self)
      space()
    }
    text += close.utf8
  }

  private mutating func string() {
    text += "\"".utf8
    for _ in 0..<Int.random(in: 0...4, using: &random) { text += random.pick(Self.contents).utf8 }
    text += "\"".utf8
  }
}
