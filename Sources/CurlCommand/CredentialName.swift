/// Tells by its name whether a header or a query pair may carry a secret.
///
/// It errs on the side of secrecy: what it calls a credential loses its value for good.
package enum CredentialName {
  /// Whether a value of that name must not be kept.
  package static func matches(_ name: String) -> Bool {
    let name = name.lowercased()
    return words.contains { name.contains($0) } || name == "code" || name == "sig"
  }

  /// Whether a value looks like a key whatever its name is: a known beginning, or a long run of
  /// letters and digits.
  package static func isLikelySecret(_ value: String) -> Bool {
    if prefixes.contains(where: value.hasPrefix) { return true }
    let bytes = value.utf8
    return bytes.count >= 28 && bytes.allSatisfy(isKeyByte)
      && bytes.contains { (0x30...0x39).contains($0) }
      && bytes.contains { $0 > 0x40 }
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || [0x2B, 0x2D, 0x2E, 0x2F, 0x3D, 0x5F].contains(byte)
  }

  private static let prefixes = ["sk-", "eyJ", "ghp_", "xox", "Basic ", "AIza"]

  private static let words = [
    "auth", "key", "token", "secret", "cookie", "password", "passwd", "credential", "signature",
    "bearer", "session",
  ]
}
