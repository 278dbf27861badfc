/// A token as its source gave it.
struct IssuedToken: Sendable {
  /// The token.
  let secret: Secret
  /// How long it is valid from now on; nil: unknown.
  let lifetime: Duration?
  /// After what time its issuer wants it renewed; nil: not said.
  var renewal: Duration?
  /// How long before its end the plugin wants it renewed; nil: not said.
  var renewalBeforeEnd: Duration?
  /// The scope that it has, or empty.
  var scope = ""
  /// How the sources of a chain fared, in the order in which they were tried.
  var sources: [CredentialStatus.Source] = []
}

/// A token in the host's keeping.
struct HeldToken: Sendable {
  /// What was issued.
  let token: IssuedToken
  /// Counts the tokens of one slot, so that callers can say which one was refused.
  let number: Int
  /// When it came, on the host's clock.
  let obtained: Duration
  /// From when on it is renewed while it still serves.
  let renewal: Duration
  /// From when on it is not handed out any more.
  let end: Duration
  /// Whether it was asked for because the one before it was refused.
  let isForced: Bool
}

extension HeldToken {
  /// Plans the life of a token.
  ///
  /// A token is not handed out in the last tenth of its life, at most in the last ten seconds, so
  /// that it does not end on its way. It is renewed when its plugin or its issuer says, else after
  /// 80 % of its life; a random tenth of that time earlier, so that many processes do not ask at
  /// once; but not in the first half of its life, so that a token of a short life is used at all.
  ///
  /// | life | told | renewed after (jitter 0 … 1) |
  /// |---|---|---|
  /// | 3600 s | – | 2880 … 2592 s |
  /// | 3600 s | 300 s before its end | 3300 … 2970 s |
  /// | 86400 s | after 43200 s | 43200 s |
  /// | 60 s | 300 s before its end | 30 s |
  ///
  /// - Parameters:
  ///   - token: What was issued.
  ///   - number: Its number in its slot.
  ///   - now: The host's clock.
  ///   - jitter: Random, from 0 to 1.
  ///   - isForced: Whether the one before it was refused.
  init(_ token: IssuedToken, number: Int, at now: Duration, jitter: Double, isForced: Bool) {
    let life = min(max(token.lifetime ?? Self.unknownLife, .zero), Self.longestLife)
    let wanted =
      token.renewalBeforeEnd.map { life - $0 } ?? token.renewal ?? life * 4 / 5
    let early = wanted - wanted * jitter / 10
    self.token = token
    self.number = number
    self.isForced = isForced
    obtained = now
    renewal = now + min(max(early, life / 2), life)
    end = now + life - min(life / 10, .seconds(10))
  }

  /// How long a token is used whose life is not known.
  ///
  /// Source: our choice; far below the hour that most tokens last.
  private static let unknownLife = Duration.seconds(300)

  /// How long a token is used at most, whatever it says: an absurd number must not overflow.
  private static let longestLife = Duration.seconds(366 * 86_400)
}
