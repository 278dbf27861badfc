internal import JSONText
internal import Routing

/// What a request goes on from, and where that lives.
struct Provenance: Sendable {
  /// The response that a request names.
  struct Chain: Sendable {
    /// The id as its upstream knows it.
    let raw: String
    /// The id as the caller wrote it.
    let named: String
    /// Who made it; nil: nobody knows.
    let home: CallTraits.Home?
    /// Whether the body names it, and not the URL.
    let isInBody: Bool
  }

  /// The response that it names; nil: none.
  let chain: Chain?
  private let state: RequestState
  private let items: StateItems
  /// Who made each item, as far as that is known; empty where nothing is known of any.
  private let homes: [StateHome?]
  /// Whether its input carries the whole conversation.
  let isReplayable: Bool

  /// Reads a request.
  ///
  /// - Throws: `config_invalid` where the key of tags cannot be had, `state_lost` for a tag that is not
  ///   its own.
  init(
    _ request: CallRequest, _ body: RequestBody, keeper: StateKeeper, isSent: Bool
  ) throws(CallError) {
    let tags = try isSent ? keeper.currentTags() : (try? keeper.currentTags()) ?? nil
    let text = body.bytes.span
    state = RequestState(of: text, members: body.members)
    let named = state.previousResponseID ?? request.responseID
    let isInBody = state.previousResponseID != nil
    chain = named.isEmpty ? nil : try Chain(named, keeper, tags, isInBody: isInBody)
    let isRead = chain?.home != nil || keeper.remembersItems
    items = isRead ? state.items(in: text) : StateItems()
    homes = items.items.isEmpty ? [] : keeper.homes(of: items, in: text) ?? []
    isReplayable = chain?.home != nil && items.carriesTranscript(in: text)
  }
}

extension Provenance.Chain {
  fileprivate init(
    _ named: String, _ keeper: StateKeeper, _ tags: StateKeeper.Tags?, isInBody: Bool
  ) throws(CallError) {
    (self.named, self.isInBody) = (named, isInBody)
    switch keeper.maker(of: named, tags: tags) {
    case .unknown: (raw, home) = (named, nil)
    case .known(let home, let raw): (self.raw, self.home) = (raw, home)
    case .forged:
      var error = CallError(
        .stateLost,
        "the id \"\(named.prefix(128))\" carries a tag that this state_key did not make: it was"
          + " altered, or made under another key. Begin anew, or send the items themselves.")
      error.pointer = isInBody ? "/previous_response_id" : ""
      throw error
    }
  }
}

// MARK: - Where it may go

extension Provenance {
  /// Where the state lives that decides where the request goes; nil: none does.
  ///
  /// What is but named, a response or an item, can be had nowhere else, whatever the file says. What
  /// others could do without, reasoning and all else that is encrypted, decides where the file says so;
  /// of several the newest.
  ///
  /// - Parameter followsCiphertext: Whether the file says so.
  /// - Returns: Who made it, and whether it can be done without.
  func home(followsCiphertext: Bool) -> CallTraits.Home? {
    if let home = chain?.home { return home }
    if let home = newest(where: \.isReference) {
      return CallTraits.Home(boundary: home.boundary, provider: home.provider, isChain: true)
    }
    guard followsCiphertext,
      let home = newest(where: { $0.fingerprint != nil || $0.kind == .reasoning })
    else { return nil }
    return CallTraits.Home(boundary: home.boundary, provider: home.provider, isChain: false)
  }

  private func newest(where isWanted: (StateItem) -> Bool) -> StateHome? {
    guard let index = homes.indices.last(where: { homes[$0] != nil && isWanted(items.items[$0]) })
    else { return nil }
    return homes[index]
  }
}

// MARK: - What a target may see of it

extension Provenance {
  /// The request as a target may see it.
  ///
  /// - Parameters:
  ///   - body: The request.
  ///   - boundary: Who the target reads as.
  ///   - treatment: What happens to state that it cannot read.
  /// - Returns: The edited request; nil where it stays as it is.
  /// - Throws: `state_lost` where it names an item that the target cannot have.
  func edited(
    _ body: RequestBody, for boundary: Int32, _ treatment: CallStep.StateTreatment
  ) throws(CallError) -> EditedRequest? {
    guard chain != nil || !homes.isEmpty else { return nil }
    var decision = StateDecision()
    if let chain, chain.isInBody {
      if treatment == .replayed, let home = chain.home, home.boundary != boundary {
        decision.chain = .replayed
      } else if chain.raw != chain.named {
        decision.chain = .untagged(chain.raw)
      }
    }
    decision.foreignItems = Set(
      homes.indices.filter { homes[$0].map { $0.boundary != boundary } ?? false })
    try checkReferences(among: decision.foreignItems)
    return ForeignState.edited(
      body.bytes, members: body.members, state: state, items: items, by: decision)
  }

  /// A reference is all there is of its item, so that nothing would be left of it.
  private func checkReferences(among foreign: Set<Int>) throws(CallError) {
    guard let index = foreign.filter({ items.items[$0].isReference }).min() else { return }
    var error = CallError(
      .stateLost,
      "the request names items of several state boundaries, and no upstream has them all. Send the"
        + " items themselves.")
    error.pointer = "/input/\(index)"
    throw error
  }
}
