internal import ProviderConfiguration
internal import Routing
internal import Synchronization

extension StateKeeper {
  /// The tags of one key, and what they say of the file's providers.
  ///
  /// Who can read a provider's state is asked when a tag first needs it, since the plugin may have to
  /// be loaded for that.
  final class Tags: Sendable {
    let tagger: StateTagger
    private let document: ConfigurationDocument
    private let boundaries: Boundaries
    /// What tags say of each provider, in the order of the file.
    private let providers: [StateTagger.Origin.Provider]
    private let origins: Mutex<[StateTagger.Origin?]>

    init(_ tagger: StateTagger, document: ConfigurationDocument, boundaries: Boundaries) {
      (self.tagger, self.document, self.boundaries) = (tagger, document, boundaries)
      providers = document.providers.map { tagger.digest(ofProvider: $0.id) }
      origins = Mutex(Array(repeating: nil, count: providers.count))
    }

    /// What the tags of a provider say.
    func origin(of index: Int) -> StateTagger.Origin {
      if let known = origins.withLock({ $0[index] }) { return known }
      let boundary = boundaries.name(of: document.providers[index])
      let origin = StateTagger.Origin(
        boundary: tagger.digest(ofBoundary: boundary), provider: providers[index])
      origins.withLock { $0[index] = origin }
      return origin
    }

    /// The provider that a tag names, or else any that can read what it made; nobody's numbers where
    /// the file has neither any more.
    func home(of origin: StateTagger.Origin) -> CallTraits.Home {
      let maker = providers.indices.first {
        origin.isProvider(providers[$0]) && self.origin(of: $0) == origin
      }
      let reader =
        maker ?? providers.indices.first { origin.isBoundary(self.origin(of: $0).boundary) }
      guard let reader else { return CallTraits.Home(boundary: -1, provider: -1, isChain: true) }
      return CallTraits.Home(
        boundary: boundaries.number(of: document.providers[reader]),
        provider: maker.map(Int32.init) ?? -1, isChain: true)
    }
  }
}
