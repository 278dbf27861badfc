import TransportSDK

/// A sign-in, read from the top with what its effects gave so far.
struct FlowRun {
  /// What an effect gave, and when.
  struct Moment: Sendable {
    let result: EffectResult
    let time: Duration
  }

  let settings: EntraSettings
  let scope: String
  /// 16 bytes that no other run has.
  let randomness: [UInt8]
  private(set) var report = TokenReport()
  /// When the last effect was performed, since the beginning of 1970.
  private(set) var time = Duration.zero

  private var past: ArraySlice<Moment>

  init(
    settings: EntraSettings, scope: String, randomness: [UInt8], past: [Moment]
  ) {
    self.settings = settings
    self.scope = scope
    self.randomness = randomness
    self.past = past[...]
  }

  /// What an effect gave, or the end of this reading where it was not performed yet.
  mutating func perform(_ effect: TokenEffect) throws(FlowStop) -> EffectResult {
    guard let moment = past.popFirst() else { throw .needs(effect) }
    time = moment.time
    return moment.result
  }

  /// The token of the first source that is available here.
  mutating func token() throws(FlowStop) -> IssuedToken {
    var unavailable: [UnavailableSource] = []
    for source in settings.sources {
      do throws(FlowStop) {
        let (token, words) = try token(from: source)
        report.source(source.rawValue, .chosen, words)
        return token
      } catch {
        switch error {
        case .needs: throw error
        case .failed(let failure):
          report.source(source.rawValue, .failed, failure.message)
          throw error
        case .unavailable(let reason):
          report.source(source.rawValue, .skipped, reason.words)
          unavailable.append(UnavailableSource(source, reason))
        }
      }
    }
    throw .failed(UnavailableSource.failure(of: unavailable))
  }

  private mutating func token(
    from source: EntraSource
  ) throws(FlowStop) -> (token: IssuedToken, words: String) {
    switch source {
    case .clientSecret: try tokenByClientSecret()
    case .certificate: try tokenByCertificate()
    case .workloadIdentity: try tokenByWorkloadIdentity()
    case .managedIdentity: try tokenByManagedIdentity()
    case .azureCLI: try tokenByAzureCLI()
    }
  }
}

/// Why a reading of a run ends before there is a token.
enum FlowStop: Error {
  /// An effect must be performed first.
  case needs(TokenEffect)
  /// The source is not set up here; the next one of the chain may be.
  case unavailable(Unavailability)
  /// There will be no token.
  case failed(TransportFailure)

  /// The source is not set up here.
  static func unavailable(_ words: String, _ key: SettingsKey) -> FlowStop {
    .unavailable(Unavailability(words: words, key: key))
  }
}

/// Why a source is not available on this machine.
struct Unavailability: Sendable {
  /// What is missing, as half a sentence.
  let words: String
  /// The key that would change it.
  let key: SettingsKey
}

/// A source that was passed over.
struct UnavailableSource {
  private let source: EntraSource
  private let reason: Unavailability

  init(_ source: EntraSource, _ reason: Unavailability) {
    self.source = source
    self.reason = reason
  }

  /// That of a chain in which no source is available.
  static func failure(of sources: [UnavailableSource]) -> TransportFailure {
    let only = sources.count == 1 ? sources.first : nil
    let reasons = sources.map { "\($0.source.rawValue): \($0.reason.words)." }
    return TransportFailure(
      .configInvalid, scope: .credential,
      "no way to sign in is set up on this machine. " + reasons.joined(separator: " "),
      pointer: (only?.reason.key ?? .source).pointer, retry: .no)
  }
}
