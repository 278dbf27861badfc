import Testing

@testable import UpstreamEmulator

@Suite struct `The emulator reads JSON by the letter` {
  @Test(arguments: [
    "{}", "[]", " null ", "-0.5e+10", "\"\\u00e9\\ud83d\\ude00\"", "{\"a\":[1,{\"b\":true}]}",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
  ])
  func `what is JSON`(text: String) {
    #expect((try? JSON(parsing: Array(text.utf8))) != nil)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "+1", ".5", "1.", "1e", "-", "tru", "nul",
    "\"a", "\"\\x\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\u12\"", "\"\u{1}\"", "1 2", "{\"a\" 1}",
    "NaN", "[1 2]", "\"\\ud800\\u0041\"",
  ])
  func `what is not`(text: String) {
    #expect(throws: JSON.ReadingError.self) { try JSON(parsing: Array(text.utf8)) }
  }

  @Test func `bytes that are not UTF-8, and nesting without end`() {
    #expect(throws: JSON.ReadingError.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
    let deep = Array(repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: JSON.ReadingError.self) { try JSON(parsing: deep) }
  }

  @Test func `order, duplicates and numbers are kept`() throws {
    let text = #"{"b":1.50,"a":"é\n","b":1e2}"#
    let value = try JSON(parsing: Array(text.utf8))
    #expect(String(decoding: value.bytes, as: UTF8.self) == text)
    #expect(value["b"] == .number("1e2"))
  }
}
