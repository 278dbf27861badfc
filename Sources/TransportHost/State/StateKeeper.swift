internal import ProviderConfiguration
internal import Routing
internal import Synchronization

/// What a host knows of who made stored state, and the tags that it writes on ids.
final class StateKeeper: Sendable {
  /// Whether requests must be looked at: state of one provider may come to another, or ids are tagged.
  let isNeeded: Bool
  /// Whether state of one provider may come to another.
  let remembers: Bool

  private let document: ConfigurationDocument
  private let boundaries: Boundaries
  private let key: StateKey?
  private let clock: any HostClock
  private let memory: SharedStateMemory
  private let tags = Mutex<Tags?>(nil)

  /// - Parameters:
  ///   - document: The file.
  ///   - options: What the program sets.
  ///   - boundaries: Who can read whose state.
  ///   - earlier: Whose place it takes; what that one knows stays known.
  init(
    _ document: ConfigurationDocument, _ options: TransportHost.Options, boundaries: Boundaries,
    succeeding earlier: StateKeeper? = nil
  ) {
    memory = earlier?.memory ?? SharedStateMemory()
    self.document = document
    self.boundaries = boundaries
    key = StateKey(document, environment: options.environment)
    clock = options.clock
    remembers = document.providers.count > 1
    isNeeded = remembers || document.stateKey != nil
  }

  /// Whether ids are tagged.
  var writesTags: Bool { key != nil }
  /// What `check` has to say of the key; nil: nothing.
  var finding: Diagnostic? {
    guard let key, !key.isUnset, let problem = key.problem else { return nil }
    return document.diagnostic(ofStateKey: "state_key cannot be used: \(problem)")
  }
  /// Why ids cannot be tagged though the file names a key; nil where they can, or none is named.
  var problem: String? { key?.problem }

  /// The tags, where the file names a key; it is read once.
  ///
  /// - Throws: `config_invalid` where the key cannot be had.
  func currentTags() throws(CallError) -> Tags? {
    guard let key else { return nil }
    if let known = tags.withLock(\.self) { return known }
    let made = Tags(try key.tagger(), document: document, boundaries: boundaries)
    tags.withLock { $0 = made }
    return made
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
    let reading = tags?.tagger.read(id) ?? .untagged
    if case .genuine(let raw, let origin) = reading, let tags {
      return .known(tags.home(of: origin), raw: raw)
    }
    let now = clock.now
    if let home = memory.value.withLock({ $0.home(of: .response(id), at: now) }) {
      return .known(
        CallTraits.Home(boundary: home.boundary, provider: home.provider, isChain: true), raw: id)
    }
    // An upstream may tag its own ids: what came from one is known by now.
    if case .forged = reading { return .forged }
    return .unknown
  }

  /// Where the state of each item lives, as far as it is known; nil: of none.
  func homes(of items: StateItems, in text: Span<UInt8>) -> [StateHome?]? {
    let now = clock.now
    return memory.value.withLock { memory in
      memory.isEmpty ? nil : items.homes(in: memory, at: now, of: text)
    }
  }

  /// Whether anything is remembered of items.
  var remembersItems: Bool { memory.value.withLock { !$0.isEmpty } }
}

// MARK: - Answers

extension StateKeeper {
  /// Takes in who made pieces of state.
  ///
  /// What is known to be made within the same boundary stays where it is: another provider of that
  /// boundary only reads it.
  func note(_ names: [StateName], home: StateHome) {
    guard !names.isEmpty else { return }
    let now = clock.now
    memory.value.withLock { memory in
      for name in names where memory.home(of: name, at: now)?.boundary != home.boundary {
        memory.insert(name, home: home, at: now)
      }
    }
  }

  /// Puts tags on the ids of responses that a provider makes.
  ///
  /// - Parameters:
  ///   - provider: The provider's number.
  ///   - chain: The response that the request is about: it is given back as the caller wrote it.
  /// - Returns: What writes the ids of one answer; nil: the file names no key, or it cannot be had.
  func writer(for provider: Int32, chain: Provenance.Chain?) -> ResponseTags? {
    guard writesTags, provider >= 0, let tags = try? currentTags() else { return nil }
    // Who asks for a response by an id without a tag gets it with one, as everybody else.
    let isGivenBack = chain.map { $0.isInBody || $0.raw != $0.named } ?? false
    return ResponseTags(
      tagger: tags.tagger, origin: tags.origin(of: Int(provider)), chain: isGivenBack ? chain : nil)
  }
}

/// What calls left of who made which state, for one host or for those that follow each other.
private final class SharedStateMemory: Sendable {
  let value = Mutex(StateMemory())
}
