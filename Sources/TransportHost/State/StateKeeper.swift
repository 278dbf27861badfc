internal import ProviderConfiguration
internal import Routing
internal import Signing
internal import Synchronization

/// What a host knows of who made stored state, and the tags that it writes on ids.
final class StateKeeper: Sendable {
  /// The tags of one key.
  struct Tags: Sendable {
    let tagger: StateTagger
    /// What each provider's tags say, in the order of the file.
    let origins: [StateTagger.Origin]
  }

  /// The shortest key, in bytes.
  ///
  /// Source: half of what RFC 2104 section 3 advises for SHA-256; a shorter one could be guessed.
  static let leastKeyLength = 16

  /// Whether state of one provider may come to another: otherwise nothing need be known of it.
  let isNeeded: Bool

  private let document: ConfigurationDocument
  private let boundaries: Boundaries
  private let reader: SecretReader
  private let clock: any HostClock
  private let memory = Mutex(StateMemory())
  private let tags = Mutex<Tags?>(nil)

  init(
    _ document: ConfigurationDocument, _ options: TransportHost.Options, boundaries: Boundaries
  ) {
    self.document = document
    self.boundaries = boundaries
    reader = SecretReader(document: document, environment: options.environment)
    clock = options.clock
    isNeeded = document.providers.count > 1 || document.stateKey != nil
  }

  /// The tags, where the file names a key; it is read once.
  ///
  /// - Throws: `config_invalid` where the key cannot be had.
  func currentTags() throws(CallError) -> Tags? {
    guard let entry = document.stateKey else { return nil }
    if let known = tags.withLock(\.self) { return known }
    let tagger = StateTagger(key: try key(entry))
    let made = Tags(
      tagger: tagger,
      origins: document.providers.map {
        tagger.origin(boundary: boundaries.name(of: $0), provider: $0.id)
      })
    tags.withLock { $0 = made }
    return made
  }

  private func key(_ entry: StateKeyEntry) throws(CallError) -> MessageCode {
    func refused(_ why: String) -> CallError {
      CallError(.configInvalid, "state_key cannot be used: \(why)", source: entry.mark)
    }
    guard case .secret(let source) = entry.source else {
      throw refused("it must be a variable or a file.")
    }
    let secret: Secret
    do { secret = try reader.secret(source, name: "state_key") } catch {
      throw refused(error.message)
    }
    let bytes = secret.withValue { Array($0.utf8) }
    guard bytes.count >= Self.leastKeyLength else {
      throw refused(
        "it has \(bytes.count) bytes, and at least \(Self.leastKeyLength) are needed. Make one:"
          + " openssl rand -hex 32.")
    }
    do { return try MessageCode(key: bytes) } catch { throw refused("\(error).") }
  }
}

// MARK: - Homes

extension StateKeeper {
  /// What the id of a response says.
  enum Maker {
    /// It was made there; `raw` is the id as its upstream knows it.
    case known(CallTraits.Home, raw: String)
    /// Nobody knows who made it.
    case unknown
    /// It carries a tag that this key did not make.
    case forged
  }

  /// Who made a response.
  func maker(of id: String, tags: Tags?) -> Maker {
    if let tags {
      switch tags.tagger.read(id) {
      case .genuine(let raw, let origin): return .known(home(of: origin, tags), raw: raw)
      case .forged: return .forged
      case .untagged: break
      }
    }
    let now = clock.now
    guard let home = memory.withLock({ $0.home(of: .response(id), at: now) }) else {
      return .unknown
    }
    return .known(
      CallTraits.Home(boundary: home.boundary, provider: home.provider, isChain: true), raw: id)
  }

  /// The provider that a tag names, or else one that can read what it made; nobody's numbers where the
  /// file has neither any more.
  private func home(of origin: StateTagger.Origin, _ tags: Tags) -> CallTraits.Home {
    let exact = tags.origins.firstIndex(of: origin)
    let able = exact ?? tags.origins.firstIndex { $0.isBoundary(origin.boundary) }
    guard let able else { return CallTraits.Home(boundary: -1, provider: -1, isChain: true) }
    return CallTraits.Home(
      boundary: boundaries.number(of: document.providers[able]),
      provider: exact == nil ? -1 : Int32(able), isChain: true)
  }

  /// Where the state of each item lives, as far as it is known; nil: of none.
  func homes(of items: StateItems, in text: Span<UInt8>) -> [StateHome?]? {
    let now = clock.now
    return memory.withLock { memory in
      memory.isEmpty ? nil : items.homes(in: memory, at: now, of: text)
    }
  }

  /// Whether anything is remembered of items.
  var remembersItems: Bool { memory.withLock { !$0.isEmpty } }
}

// MARK: - Answers

extension StateKeeper {
  /// Takes in who made the state of an answer.
  ///
  /// - Parameters:
  ///   - response: The response object as its upstream wrote it.
  ///   - provider: Who made it.
  func note(_ response: [UInt8], of provider: ProviderEntry) {
    guard isNeeded, let number = boundaries.provider(provider.id) else { return }
    let home = StateHome(boundary: boundaries.number(of: provider), provider: number)
    let names = ResponseNames.names(in: response.span)
    guard !names.isEmpty else { return }
    let now = clock.now
    memory.withLock { memory in
      for name in names { memory.insert(name, home: home, at: now) }
    }
  }

  /// Puts tags on the ids of responses that a provider makes; nil: the file names no key, or it cannot
  /// be had any more.
  ///
  /// - Parameters:
  ///   - provider: The provider.
  ///   - chain: The response that the request goes on from, as its upstream knows it and as the caller
  ///     named it: it is given back so.
  /// - Returns: What writes the ids of one answer.
  func writer(for provider: ProviderEntry, chain: (raw: String, named: String)?) -> ResponseTags? {
    guard let tags = try? currentTags(), let number = boundaries.provider(provider.id) else {
      return nil
    }
    return ResponseTags(tagger: tags.tagger, origin: tags.origins[Int(number)], chain: chain)
  }
}

/// Writes tags on the ids of one answer.
struct ResponseTags: Sendable {
  fileprivate let tagger: StateTagger
  fileprivate let origin: StateTagger.Origin
  fileprivate let chain: (raw: String, named: String)?

  /// An event or a response object with tagged ids; nil where it has none.
  func rewritten(_ data: Span<UInt8>) -> [UInt8]? {
    ResponseIDText.rewritten(data) { id in
      if let chain, chain.raw == id { return chain.named }
      return tagger.tagged(id, from: origin)
    }
  }

  /// An event with tagged ids.
  func rewritten(_ event: ResponseEvent) -> ResponseEvent {
    guard let data = event.withData({ rewritten($0) }) else { return event }
    return ResponseEvent(type: event.streamType, data: data)
  }
}
