import JSONText
import Testing

@Suite struct `An error names the first byte that cannot stand where it does` {
  @Test(arguments: [
    ("", JSONTextError(.unexpectedEnd, at: 0)),
    ("  ", JSONTextError(.unexpectedEnd, at: 2)),
    ("[1", JSONTextError(.unexpectedEnd, at: 2)),
    ("[1,", JSONTextError(.unexpectedEnd, at: 3)),
    ("\"abc", JSONTextError(.unexpectedEnd, at: 4)),
    ("\"abc\\", JSONTextError(.unexpectedEnd, at: 5)),
    ("\"\\u00", JSONTextError(.unexpectedEnd, at: 5)),
    ("{\"a\"", JSONTextError(.unexpectedEnd, at: 4)),
    ("-", JSONTextError(.unexpectedEnd, at: 1)),
    ("1e", JSONTextError(.unexpectedEnd, at: 2)),
    ("tru", JSONTextError(.unexpectedEnd, at: 3)),
    ("[1,x]", JSONTextError(.expectedValue, at: 3)),
    ("[1,]", JSONTextError(.expectedValue, at: 3)),
    ("{1:2}", JSONTextError(.expectedKey, at: 1)),
    ("{\"a\":1,}", JSONTextError(.expectedKey, at: 7)),
    ("{\"a\" 1}", JSONTextError(.expectedColon, at: 5)),
    ("{\"a\":1 ]", JSONTextError(.expectedCommaOrBrace, at: 7)),
    ("[1 2]", JSONTextError(.expectedCommaOrBracket, at: 3)),
    ("-a", JSONTextError(.expectedDigit, at: 1)),
    ("1.e2", JSONTextError(.expectedDigit, at: 2)),
    ("[012]", JSONTextError(.leadingZero, at: 2)),
    ("nulL", JSONTextError(.unknownLiteral, at: 3)),
    ("\"a\\x\"", JSONTextError(.unknownEscape, at: 3)),
    ("\"\\u00g0\"", JSONTextError(.expectedHexDigit, at: 5)),
    ("\"a\nb\"", JSONTextError(.controlCharacter, at: 2)),
    ("\u{FEFF}[]", JSONTextError(.byteOrderMark, at: 0)),
    ("[[[1]]]", JSONTextError(.depthLimitExceeded, at: 2)),
    ("[1] 2", JSONTextError(.trailingContent, at: 4)),
  ])
  func `the reason and the offset are exact`(_ text: String, _ error: JSONTextError) {
    let bytes = Array(text.utf8)
    #expect(throws: error) { try JSONText.validate(bytes.span, depthLimit: 2) }
    #expect(throws: error) { try JSONText.index(bytes.span, depthLimit: 2) }
  }

  @Test func `bytes that are not UTF-8 are named, unless the text is no JSON before them`() {
    let late: [UInt8] = utf8("[\"aa\",\"") + [0xE6, 0x97] + utf8("\"]")
    #expect(throws: JSONTextError(.invalidUTF8, at: 7)) { try JSONText.validate(late.span) }
    let early: [UInt8] = utf8("[x,\"") + [0xE6, 0x97] + utf8("\"]")
    #expect(throws: JSONTextError(.expectedValue, at: 1)) { try JSONText.validate(early.span) }
  }

  @Test func `the text says what and where`() {
    #expect(
      String(describing: JSONTextError(.expectedColon, at: 17))
        == "invalid JSON at byte 17: expected ':' after the key")
  }
}
