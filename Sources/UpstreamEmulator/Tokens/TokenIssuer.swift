import Synchronization

/// Issues tokens, and says later what one is worth.
///
/// The token service asks it for tokens, and the emulators that are given the same issuer believe
/// what it says of them. Nothing in a token is signed: it is worth what the issuer remembers.
package final class TokenIssuer: Sendable {
  /// What a token is worth to one listener.
  package enum Verdict: Sendable, Hashable {
    case valid
    /// Nothing that was issued here.
    case unknown
    /// Issued for this audience, which the listener does not accept.
    case wrongAudience(String)
    case expired
    case revoked
  }

  // Enough for any test, and an end to growth for an emulator that runs for days.
  private static let capacity = 20_000

  private struct Grant {
    let audience: String
    let end: Duration
    var isRevoked = false
  }

  private struct State {
    var grants: [String: Grant] = [:]
    var order: [String] = []
  }

  private let clock: EmulatorClock
  private let state = Mutex(State())

  /// An issuer that has issued nothing.
  ///
  /// - Parameter clock: What lifetimes are measured with.
  package init(clock: EmulatorClock = .system) {
    self.clock = clock
  }

  /// Issues a token.
  ///
  /// - Parameters:
  ///   - audience: The resource it is good for, such as `https://ai.azure.com`.
  ///   - client: The id of the application or identity it speaks for.
  ///   - tenant: The directory that issues it.
  ///   - lifetime: How long it is good; negative for one that has never been.
  /// - Returns: Text in the shape of a JWT, different each time.
  package func issue(
    audience: String, client: String = "emulated-client", tenant: String = "emulated-tenant",
    lifetime: Duration = .seconds(3600)
  ) -> String {
    let now = clock.now()
    let token = Self.text([
      "aud": .string(audience), "iss": .string("https://sts.windows.net/\(tenant)/"),
      "iat": .integer(Int(now.components.seconds)), "nbf": .integer(Int(now.components.seconds)),
      "exp": .integer(Int((now + lifetime).components.seconds)), "appid": .string(client),
      "tid": .string(tenant), "uti": .string(Identifiers.mint("", hexadecimal: 22)),
      "ver": "1.0",
    ])
    state.withLock { state in
      if state.order.count >= Self.capacity {
        for old in state.order.prefix(Self.capacity / 2) { state.grants[old] = nil }
        state.order.removeFirst(Self.capacity / 2)
      }
      state.grants[token] = Grant(audience: audience, end: now + lifetime)
      state.order.append(token)
    }
    return token
  }

  // The last part of a real one is a signature; nobody but the resource itself may look inside, so
  // any text of that size does.
  private static func text(_ claims: JSON) -> String {
    let header: JSON = ["typ": "JWT", "alg": "RS256", "kid": "emulated"]
    let signature = Array(Identifiers.mint("", hexadecimal: 64).utf8)
    return [header.bytes, claims.bytes, signature].map(Base64URL.text).joined(separator: ".")
  }

  /// What a token is worth.
  ///
  /// - Parameters:
  ///   - token: As it came in the header.
  ///   - audiences: The resources that the listener is, any of which will do; a slash at the end of
  ///     either side means nothing.
  /// - Returns: The first thing that is wrong with it, or `valid`.
  package func verdict(on token: String, audiences: [String]) -> Verdict {
    let now = clock.now()
    guard let grant = state.withLock({ $0.grants[token] }) else { return .unknown }
    if grant.isRevoked { return .revoked }
    guard audiences.contains(where: { Self.same($0, grant.audience) }) else {
      return .wrongAudience(grant.audience)
    }
    return grant.end > now ? .valid : .expired
  }

  private static func same(_ one: String, _ other: String) -> Bool {
    func bare(_ text: String) -> Substring { text.hasSuffix("/") ? text.dropLast() : text[...] }
    return bare(one) == bare(other)
  }

  /// Ends a token before its time; one that was never issued is left alone.
  package func revoke(_ token: String) {
    state.withLock { $0.grants[token]?.isRevoked = true }
  }

  /// Ends every token that has been issued so far.
  package func revokeAll() {
    state.withLock { state in
      for token in state.order { state.grants[token]?.isRevoked = true }
    }
  }

  /// Every token that was issued and is remembered, oldest first.
  package var issued: [String] { state.withLock { $0.order } }
}
