import JSONText
import Testing

@testable import TransportHost

@Suite struct `Encrypted content is known by a fingerprint of its end` {
  private func fingerprint(_ content: String) throws -> UInt64 {
    let bytes = Array("\"\(content)\"".utf8)
    return BlobFingerprint.of(try JSONText.validate(bytes.span), in: bytes.span)
  }

  private let head = "gAAAAABk" + String(repeating: "x7/+", count: 100)

  @Test func `one character of the last 64 makes another`() throws {
    let tail = String(repeating: "0123456789abcdef", count: 4)
    let whole = try fingerprint(head + tail)
    for index in tail.indices {
      #expect(try fingerprint(head + tail.replacingCharacter(at: index)) != whole)
    }
    #expect(try fingerprint(head + "other" + tail) == whole)
    #expect(try fingerprint(tail) == whole)
  }

  @Test(arguments: 0...140)
  func `it does not matter how a client escapes it`(length: Int) throws {
    let tail = String(repeating: "ab/=", count: 35).suffix(length)
    let whole = try fingerprint(head + tail)
    let slashes = tail.split(separator: "/", omittingEmptySubsequences: false).joined(
      separator: #"\/"#)
    #expect(try fingerprint(head + slashes) == whole)
    let signs = tail.split(separator: "=", omittingEmptySubsequences: false)
    #expect(try fingerprint(head + signs.joined(separator: #"\u003d"#)) == whole)
    #expect(try fingerprint(head + #"\u003d"# + tail) == fingerprint(head + "=" + tail))
  }

  @Test(arguments: ["a", #"\/"#, #"\""#, "é", #"\u00e9"#, #"\ud83e\udd8a"#, #"\ud83e"#])
  func `a short one has a fingerprint, too`(content: String) throws {
    #expect(try fingerprint(content) != fingerprint("b"))
  }
}

extension String {
  /// The text with something else in the place of one character.
  fileprivate func replacingCharacter(at index: Index) -> String {
    self[..<index] + "~" + self[self.index(after: index)...]
  }
}
