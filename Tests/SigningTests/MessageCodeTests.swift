import Dispatch
import Synchronization
import Testing

@testable import Signing

@Suite struct `A message gets a code that only the holder of the key can make` {
  /// A test case of RFC 4231, section 4.
  struct Vector: Sendable, CustomTestStringConvertible {
    let number: Int
    let key: [UInt8]
    let message: [UInt8]
    /// In hexadecimal digits; of the fifth case the first 16 bytes, as the RFC has it.
    let code: String

    var testDescription: String { "case \(number)" }

    static let all = [
      Vector(
        number: 1, key: .init(repeating: 0x0B, count: 20), message: Array("Hi There".utf8),
        code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
      Vector(
        number: 2, key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
        code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
      Vector(
        number: 3, key: .init(repeating: 0xAA, count: 20),
        message: .init(repeating: 0xDD, count: 50),
        code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
      Vector(
        number: 4, key: Array(1...25), message: .init(repeating: 0xCD, count: 50),
        code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
      Vector(
        number: 5, key: .init(repeating: 0x0C, count: 20),
        message: Array("Test With Truncation".utf8), code: "a3b6167473100ee06e0c796c2955552b"),
      Vector(
        number: 6, key: .init(repeating: 0xAA, count: 131),
        message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
      Vector(
        number: 7, key: .init(repeating: 0xAA, count: 131),
        message: Array(
          """
          This is a test using a larger than block-size key and a larger than block-size data. \
          The key needs to be hashed before being used by the HMAC algorithm.
          """.utf8),
        code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
  }

  @Test(arguments: Vector.all)
  func `as RFC 4231 has it, and again from the same key`(vector: Vector) throws {
    let code = try MessageCode(key: vector.key)
    for _ in 0..<3 {
      let bytes = code.code(of: vector.message)
      #expect(bytes.count == MessageCode.length)
      #expect(hex(bytes).hasPrefix(vector.code))
    }
  }

  @Test func `the message may be empty`() throws {
    let code = try MessageCode(key: Array("key".utf8))
    #expect(
      hex(code.code(of: [])) == "5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0")
  }

  @Test func `an empty key is refused`() {
    #expect(throws: SigningError.refused("the key is empty")) { try MessageCode(key: []) }
  }

  @Test func `codes are compared whole`() throws {
    let code = try MessageCode(key: [1]).code(of: [2])
    #expect(MessageCode.areEqual(code, code))
    #expect(MessageCode.areEqual([], []))
    #expect(!MessageCode.areEqual(Array(code.dropLast()), code))
    #expect(!MessageCode.areEqual([], code))
    for index in code.indices {
      var other = code
      other[index] ^= 1
      #expect(!MessageCode.areEqual(code, other))
    }
  }

  @Test func `one key serves many threads`() throws {
    let code = try MessageCode(key: [7])
    let expected = (0..<64).map { code.code(of: [$0]) }
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 4096) { index in
      if code.code(of: [UInt8(index % 64)]) != expected[index % 64] {
        wrong.add(1, ordering: .relaxed)
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test func `the key is neither printed nor dumped`() throws {
    let code = try MessageCode(key: Array("s3cr3t-key".utf8))
    var dumped = ""
    dump(code, to: &dumped)
    #expect("\(code) \(String(reflecting: code)) \(dumped)".contains("MessageCode"))
    #expect(Mirror(reflecting: code).children.isEmpty)
    #expect(!dumped.contains("s3cr3t") && !dumped.contains("0x"))
  }
}
