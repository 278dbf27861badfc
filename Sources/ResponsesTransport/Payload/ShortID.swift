internal import TransportSDK

/// Shortens ids that are too long for an upstream.
enum ShortID {
  /// The most characters that an upstream takes.
  /// - Source: the published schema, `call_id` and `prompt_cache_key`: 1 to 64.
  static let limit = 64

  /// The short form of `id`, or nil when the id is short enough.
  ///
  /// It is `prefix` and 43 characters of `[A-Za-z0-9_-]`, always the same for the same id.
  static func shorten(_ id: String, prefix: String) -> String? {
    guard id.unicodeScalars.count > limit else { return nil }
    return prefix + base64URL(SHA256.digest(Array(id.utf8)))
  }

  /// - Source: RFC 4648, section 5, without padding.
  private static func base64URL(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    var text = ""
    var pending = 0
    var bits = 0
    for byte in bytes {
      pending = pending << 8 | Int(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[pending >> bits & 63])
      }
    }
    if bits > 0 { text.append(alphabet[pending << (6 - bits) & 63]) }
    return text
  }
}
