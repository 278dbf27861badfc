internal import JSONText

/// What a credential's program printed: a secret and, where it says so, how long it is good.
struct HelperOutput: Sendable {
  /// Why an output cannot be used, without a part of it.
  struct Unusable: Error, Sendable, Hashable {
    /// In words, as the end of "it printed …".
    let reason: String
  }

  /// The secret.
  let secret: String
  /// How long it is good from now on; nil: not said.
  let lifetime: Duration?

  /// Reads an output: one JSON object, or the bare secret on one line.
  ///
  /// - Parameters:
  ///   - output: The program's standard output.
  ///   - unixTime: The time, for `expires_at`.
  /// - Throws: ``Unusable``.
  init(_ output: [UInt8], at unixTime: Duration) throws(Unusable) {
    let trimmed = Self.trimmed(output)
    guard !trimmed.isEmpty else { throw Unusable(reason: "nothing") }
    guard let text = String(validating: trimmed, as: UTF8.self) else {
      throw Unusable(reason: "what is no UTF-8 text")
    }
    if trimmed.first == UInt8(ascii: "{") {
      (secret, lifetime) = try Self.object(Array(trimmed), at: unixTime)
    } else {
      (secret, lifetime) = (text, nil)
    }
    try Self.check(secret)
  }

  private static func object(
    _ bytes: [UInt8], at unixTime: Duration
  ) throws(Unusable) -> (String, Duration?) {
    let text = bytes.span
    let root: JSONValue
    do { root = try JSONText.validate(text) } catch {
      throw Unusable(reason: "a \"{\" and then what is no JSON")
    }
    guard let secret = root.member("token", in: text)?.string(in: text) else {
      throw Unusable(reason: "a JSON object without the text \"token\"")
    }
    let life = root.member("expires_in", in: text).flatMap { $0.kind == .null ? nil : $0 }
    let end = root.member("expires_at", in: text).flatMap { $0.kind == .null ? nil : $0 }
    guard life == nil || end == nil else {
      throw Unusable(reason: "both \"expires_in\" and \"expires_at\"")
    }
    if let life {
      guard let seconds = life.integer(in: text), seconds > 0 else {
        throw Unusable(reason: "an \"expires_in\" that is no whole number of seconds above 0")
      }
      return (secret, .seconds(min(seconds, 366 * 86_400)))
    }
    guard let end else { return (secret, nil) }
    guard let instant = end.string(in: text).flatMap(TimestampText.parse) else {
      throw Unusable(reason: "an \"expires_at\" that is no time as in \"2030-01-31T12:00:00Z\"")
    }
    guard instant > unixTime else { throw Unusable(reason: "a token that has already expired") }
    return (secret, min(instant - unixTime, .seconds(366 * 86_400)))
  }

  private static func check(_ secret: String) throws(Unusable) {
    guard !secret.isEmpty else { throw Unusable(reason: "an empty secret") }
    guard secret.utf8.count <= SecretReader.limit else {
      throw Unusable(reason: "a secret of more than \(SecretReader.limit >> 10) KiB")
    }
    guard secret.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw Unusable(reason: "more than one line, or a control character, in place of a secret")
    }
  }

  private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
    let rest = bytes.drop(while: isSpace)
    return rest.prefix(upTo: (rest.lastIndex { !isSpace($0) } ?? rest.startIndex - 1) + 1)
  }
}
