/// Makes and verifies the opaque text that carries reasoning between two stateless requests.
///
/// It hides nothing. What matters is that a blob of another resource, and a blob that was cut short,
/// are recognised as the real one recognises them.
struct Seal: Sendable {
  /// What a blob says about its origin.
  struct Content: Sendable, Hashable {
    let item: String
    let response: String
    /// The deployment that reasoned.
    let model: String
  }

  private let secret: UInt64

  /// A seal of one resource: the same upstream under the same key opens what it sealed.
  init(upstream: EmulatedUpstream, key: String) {
    secret = Self.hash("\(upstream.rawValue)|\(key)".utf8)
  }

  func close(_ content: Content) -> String {
    let payload = Array("\(content.item)|\(content.response)|\(content.model)|\(Self.filler)".utf8)
    let check = Self.hash(payload, start: secret)
    return Self.mark + Self.hexadecimal(payload) + Self.hexadecimal(check)
  }

  /// What was sealed, or nil when it was not sealed here, or was changed.
  func open(_ blob: String) -> Content? {
    guard blob.hasPrefix(Self.mark) else { return nil }
    let digits = Array(blob.utf8.dropFirst(Self.mark.utf8.count))
    guard digits.count > 16, digits.count.isMultiple(of: 2),
      let payload = Self.bytes(digits.dropLast(16)),
      Self.hexadecimal(Self.hash(payload, start: secret)).utf8.elementsEqual(digits.suffix(16))
    else { return nil }
    let parts = String(decoding: payload, as: UTF8.self)
      .split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4 else { return nil }
    return Content(item: parts[0], response: parts[1], model: parts[2])
  }

  private static let mark = "gAAAA"
  // Real blobs hold a thousand characters and more.
  private static let filler = String(repeating: "thinking.", count: 40)

  private static func hash(
    _ bytes: some Sequence<UInt8>, start: UInt64 = 0xcbf2_9ce4_8422_2325
  ) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    for byte in bytes {
      for half in [byte >> 4, byte & 15] {
        digits.append(half < 10 ? 0x30 + half : 0x57 + half)
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  private static func bytes(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard let value = Character(UnicodeScalar(digit)).hexDigitValue.map(UInt8.init) else {
        return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}
