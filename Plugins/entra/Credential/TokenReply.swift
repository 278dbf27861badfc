import JSONText
import TransportSDK

/// Reads what came in place of a token.
enum TokenReply {
  /// A longer life is taken for nonsense: a year, in seconds.
  private static let longest: Int64 = 365 * 86_400

  /// The token of an endpoint's reply.
  ///
  /// - Parameters:
  ///   - result: The reply.
  ///   - now: When it came, since the beginning of 1970.
  /// - Returns: Where the token stands; nil when there is none.
  static func token(in result: EffectResult, at now: Duration) -> IssuedToken? {
    token("access_token", in: result.body.span) { root, text in
      let ends = root.member("expires_on", in: text)
      return seconds(root.member("expires_in", in: text), in: text, ends: ends, at: now)
    }
  }

  /// The token that the command wrote.
  ///
  /// Older versions write the end in local time alone, which says nothing without the zone.
  static func commandToken(in result: EffectResult, at now: Duration) -> IssuedToken? {
    token("accessToken", in: result.body.span) { root, text in
      let ends = root.member("expires_on", in: text) ?? root.member("expiresOn", in: text)
      return seconds(nil, in: text, ends: ends, at: now)
    }
  }

  private static func token(
    _ name: String, in text: Span<UInt8>, lifetime: (JSONValue, Span<UInt8>) -> Int64?
  ) -> IssuedToken? {
    guard let root = try? JSONText.validate(text),
      let token = root.member(name, in: text)?.string(in: text), isToken(token)
    else { return nil }
    let lifetime = lifetime(root, text)
    let renewal = whole(root.member("refresh_in", in: text), in: text)
      .flatMap { $0 > 0 && $0 < lifetime ?? 0 ? $0 : nil }
    return IssuedToken(
      at: "/\(name)", lifetime: lifetime.map { .seconds($0) },
      renewal: renewal.map { .seconds($0) })
  }

  /// Whether a text can stand in a header: a line break there would forge another one.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { 0x20 < $0 && $0 < 0x7F }
  }

  /// The life that is left, the shorter where two are said: a service with a cache of its own repeats how
  /// long a token lived when it was new.
  private static func seconds(
    _ duration: JSONValue?, in text: Span<UInt8>, ends: JSONValue?, at now: Duration
  ) -> Int64? {
    let left = whole(ends, in: text)?.subtractingReportingOverflow(now.components.seconds)
    let candidates = [
      whole(duration, in: text), left.flatMap { $0.overflow ? nil : $0.partialValue },
    ]
    return candidates.compactMap { $0 }.filter { 1...longest ~= $0 }.min()
  }

  /// A number, or a text that writes one; a fraction is cut off.
  private static func whole(_ value: JSONValue?, in text: Span<UInt8>) -> Int64? {
    guard let value else { return nil }
    if let number = value.integer(in: text) { return Int64(number) }
    let written: String
    switch value.kind {
    case .string: written = value.string(in: text) ?? ""
    case .number:
      var bytes: [UInt8] = []
      for index in value.range { bytes.append(text[index]) }
      written = String(decoding: bytes, as: UTF8.self)
    default: return nil
    }
    let number = written.prefix { $0 != "." }
    let fraction = written.dropFirst(number.count + 1)
    return fraction.allSatisfy { ("0"..."9").contains($0) } ? Int64(number) : nil
  }
}
