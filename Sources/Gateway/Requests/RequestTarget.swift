/// What a request is about: the path of its first line, and the pairs of its query.
struct RequestTarget: Sendable, Hashable {
  /// The segments of the path, percent-decoded; none for `/`.
  let segments: [String]
  /// The pairs of the query, percent-decoded.
  let query: [Pair]

  /// One pair of a query.
  struct Pair: Sendable, Hashable {
    let name: String
    let value: String
  }

  /// Reads the target of a request line; nil where its escapes are none, or stand for no UTF-8.
  ///
  /// - Source: RFC 9112 section 3.2: `/path?query`, or the same behind a scheme and a host.
  init?(_ text: String) {
    var rest = text[...]
    if !rest.hasPrefix("/") {
      guard let scheme = rest.firstRange(of: "://") else { return nil }
      rest = rest[scheme.upperBound...]
      rest = rest[(rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex)...]
    }
    rest = rest.prefix { $0 != "#" }
    let mark = rest.firstIndex(of: "?") ?? rest.endIndex
    var segments: [String] = []
    for part in rest[..<mark].split(separator: "/") {
      guard let segment = Self.decoded(part, plusIsSpace: false) else { return nil }
      segments.append(segment)
    }
    self.segments = segments
    var query: [Pair] = []
    for part in rest[mark...].dropFirst().split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(sides[0], plusIsSpace: true),
        let value = sides.count > 1 ? Self.decoded(sides[1], plusIsSpace: true) : ""
      else { return nil }
      query.append(Pair(name: name, value: value))
    }
    self.query = query
  }

  private static func decoded(_ text: Substring, plusIsSpace: Bool) -> String? {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
      return String(text)
    }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hex), let low = rest.popFirst().flatMap(hex) else {
          return nil
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
