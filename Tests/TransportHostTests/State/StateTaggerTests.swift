import AgentHistory
import Signing
import Testing

@testable import TransportHost

@Suite struct `A response's id carries an authenticated tag` {
  private let tagger: StateTagger

  init() throws { tagger = try Self.tagger("a key of this test") }

  private static func tagger(_ key: String) throws -> StateTagger {
    StateTagger(key: try MessageCode(key: Array(key.utf8)))
  }

  /// An upstream's own id that ends as a tag does.
  private static let shaped = "x_jf1" + String(repeating: "A", count: 27)
  static let ids = [
    "r", "resp_68a1b2c3d4", "resp_a_jf1b", "_jf1", "resp__jf1", shaped, "Antwort-ß",
    "id with \"quotes\" and \\", "e\u{301}", String(repeating: "z", count: 512),
  ]

  @Test(arguments: ids)
  func `what is tagged is read back, with boundary and provider`(id: String) throws {
    let tagged = tagger.tagged(id, boundary: "resource-a", provider: "east")
    #expect(tagged.utf8.starts(with: (id + "_jf1").utf8))
    #expect(tagged.utf8.count == id.utf8.count + 31)
    guard case .genuine(let raw, let origin) = tagger.read(tagged) else {
      Issue.record("\(tagged) is not genuine")
      return
    }
    #expect(Array(raw.utf8) == Array(id.utf8))
    #expect(origin == tagger.origin(boundary: "resource-a", provider: "east"))
    #expect(origin.isBoundary(tagger.digest(ofBoundary: "resource-a")))
    #expect(!origin.isBoundary(tagger.digest(ofBoundary: "resource-b")))
    #expect(origin.isProvider(tagger.digest(ofProvider: "east")))
    #expect(!origin.isProvider(tagger.digest(ofProvider: "resource-a")))
  }

  @Test func `the same for a thousand random ids and names`() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<1000 {
      let id = text(1...90, using: &random)
      let (boundary, provider) = (text(0...30, using: &random), text(0...30, using: &random))
      let tagged = tagger.tagged(id, boundary: boundary, provider: provider)
      let origin = tagger.origin(boundary: boundary, provider: provider)
      #expect(tagger.read(tagged) == .genuine(raw: id, origin))
    }
  }

  @Test func `it stays within the characters of ids, and another process writes the same`() throws {
    let tagged = try Self.tagger("key").tagged("resp_1", boundary: "b", provider: "p")
    #expect(tagged == Self.golden)
    #expect(
      tagged.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
      })
  }

  /// Made with Python's `hmac` and `base64`.
  private static let golden = "resp_1_jf16orvmef8zY0Jn3zwdL1PIiw7wUM"

  @Test func `no single character can be changed, left out or added`() {
    let origin = tagger.origin(boundary: "resource-a", provider: "east")
    let tagged = Array(tagger.tagged("resp_68a1", from: origin).utf8)
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.é".utf8)
    for index in tagged.indices {
      for byte in alphabet where byte != tagged[index] {
        var changed = tagged
        changed[index] = byte
        expectNotGenuine(changed)
        changed.insert(tagged[index], at: index)
        expectNotGenuine(changed)
      }
      var shortened = tagged
      shortened.remove(at: index)
      expectNotGenuine(shortened)
    }
  }

  @Test func `a changed tag is forged, and what is no tag is untagged`() {
    let tagged = tagger.tagged("resp_1", boundary: "a", provider: "p")
    #expect(tagger.read("resp_2" + tagged.dropFirst(6)) == .forged(raw: "resp_2"))
    #expect(tagger.read(tagged.dropLast(1) + ".") == .untagged)
    for id in ["", "resp_1_jf1", String(tagged.dropLast()), String(tagged.suffix(31))] {
      #expect(tagger.read(id) == .untagged)
    }
    for id in Self.ids {
      #expect(tagger.read(id) == (id == Self.shaped ? .forged(raw: "x") : .untagged))
    }
  }

  @Test func `the tag of another key is forged, both ways`() throws {
    let other = try Self.tagger("another key")
    let (ours, theirs) = (
      tagger.tagged("resp_1", boundary: "a", provider: "p"),
      other.tagged("resp_1", boundary: "a", provider: "p")
    )
    #expect(ours != theirs)
    #expect(other.read(ours) == .forged(raw: "resp_1"))
    #expect(tagger.read(theirs) == .forged(raw: "resp_1"))
    #expect(other.digest(ofBoundary: "a") != tagger.digest(ofBoundary: "a"))
  }

  @Test func `names of boundary and provider stand apart, though they are the same text`() {
    let tag = tagger.tagged("resp_1", boundary: "x", provider: "x").dropFirst("resp_1_jf1".count)
    // 6 bytes take 8 digits, of which 5 are no more than the first 4 bytes.
    #expect(tag.prefix(5) != tag.dropFirst(8).prefix(5))
  }

  @Test func `a tagged id is not tagged again, but that of another key is`() throws {
    let tagged = tagger.tagged("resp_1", boundary: "a", provider: "p")
    #expect(tagger.tagged(tagged, boundary: "b", provider: "q") == tagged)
    let other = try Self.tagger("another key")
    let twice = other.tagged(tagged, boundary: "b", provider: "q")
    #expect(
      other.read(twice) == .genuine(raw: tagged, other.origin(boundary: "b", provider: "q")))
  }

  @Test func `an empty id and one above 512 bytes stay as they are`() {
    for id in ["", String(repeating: "x", count: 513)] {
      #expect(tagger.tagged(id, boundary: "a", provider: "p") == id)
    }
  }

  private func expectNotGenuine(_ bytes: [UInt8]) {
    let id = String(decoding: bytes, as: UTF8.self)
    if case .genuine = tagger.read(id) { Issue.record("\(id) is genuine") }
  }

  private func text(_ length: ClosedRange<Int>, using random: inout SeededGenerator) -> String {
    let letters = Array("abcXYZ019_-jf1 é/\"\u{301}")
    return String((0..<Int.random(in: length, using: &random)).map { _ in random.pick(letters) })
  }
}
