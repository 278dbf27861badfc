/// The names of recordings: a running number and what they are of.
package enum CassetteFileName {
  /// What a name ends with.
  package static let suffix = ".jsonl"
  /// The most bytes of method and path in a name.
  private static let limit = 48

  /// The name of a recording.
  ///
  /// - Parameters:
  ///   - number: Of the exchange, counted from 1 in the order in which they began.
  ///   - request: Without secrets, as ``CassetteWriter/request`` is.
  /// - Returns: The name without a folder, such as `0001-post-v1-responses.jsonl`.
  package static func name(_ number: Int, for request: CassetteRequest) -> String {
    let digits = String(number)
    let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
    let path = request.target.prefix { $0 != "?" }
    return "\(zeros)\(digits)-\(slug(request.method + "-" + path))\(suffix)"
  }

  /// The number in a name.
  ///
  /// - Parameter name: Of a file, without its folder.
  /// - Returns: The number; nil when it is no name of a recording.
  package static func number(of name: String) -> Int? {
    guard name.hasSuffix(suffix) else { return nil }
    let digits = name.utf8.prefix { 0x30...0x39 ~= $0 }
    guard digits.count >= 4, name.utf8.dropFirst(digits.count).first == UInt8(ascii: "-") else {
      return nil
    }
    return Int(Substring(digits))
  }

  /// Letters and digits, with a hyphen for what stands between.
  private static func slug(_ text: String) -> String {
    var slug: [UInt8] = []
    for byte in text.lowercased().utf8 where slug.count < limit {
      let isKept = 0x61...0x7A ~= byte || 0x30...0x39 ~= byte
      if isKept { slug.append(byte) }
      if !isKept, slug.last != UInt8(ascii: "-"), !slug.isEmpty { slug.append(UInt8(ascii: "-")) }
    }
    if slug.last == UInt8(ascii: "-") { slug.removeLast() }
    return String(decoding: slug, as: UTF8.self)
  }
}
