internal import JSONText
internal import Routing

/// What a request goes on from, and where that lives.
struct Provenance: Sendable {
  /// The response that it names, as its upstream knows it and as the caller named it, and who made it;
  /// nil: none, or nobody knows.
  let chain: (raw: String, named: String, home: CallTraits.Home)?
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
    chain = named.isEmpty ? nil : try Self.chain(named, keeper, tags, isInBody: !body.bytes.isEmpty)
    let isRead = chain != nil || keeper.remembersItems
    items = isRead ? state.items(in: text) : StateItems()
    homes = items.items.isEmpty ? [] : keeper.homes(of: items, in: text) ?? []
    isReplayable = chain != nil && items.carriesTranscript(in: text)
  }

  private static func chain(
    _ named: String, _ keeper: StateKeeper, _ tags: StateKeeper.Tags?, isInBody: Bool
  ) throws(CallError) -> (raw: String, named: String, home: CallTraits.Home)? {
    switch keeper.maker(of: named, tags: tags) {
    case .unknown: return nil
    case .known(let home, let raw): return (raw, named, home)
    case .forged:
      var error = CallError(
        .stateLost,
        "the id \"\(named.prefix(128))\" carries a tag that this state_key did not make: it was"
          + " altered, or made under another key. Begin anew, or send the items themselves.")
      error.pointer = isInBody ? "/previous_response_id" : ""
      throw error
    }
  }

  /// Where the newest ciphertext of the request was made; nil where nobody knows.
  var newestCiphertext: CallTraits.Home? {
    for (item, home) in zip(items.items, homes).reversed() {
      guard item.fingerprint != nil, let home else { continue }
      return CallTraits.Home(boundary: home.boundary, provider: home.provider, isChain: false)
    }
    return nil
  }

  /// The request as a target may see it.
  ///
  /// - Parameters:
  ///   - body: The request.
  ///   - boundary: Who the target reads as.
  ///   - treatment: What happens to state that it cannot read.
  /// - Returns: The edited request; nil where it stays as it is.
  func edited(
    _ body: RequestBody, for boundary: Int32, _ treatment: CallStep.StateTreatment
  ) -> EditedRequest? {
    var decision = StateDecision()
    if let chain, state.previousResponseID != nil {
      if treatment == .replayed, chain.home.boundary != boundary {
        decision.chain = .replayed
      } else if chain.raw != chain.named {
        decision.chain = .untagged(chain.raw)
      }
    }
    decision.foreignItems = Set(
      homes.indices.filter { homes[$0].map { $0.boundary != boundary } ?? false })
    decision.dropsReferences = treatment != .kept
    return ForeignState.edited(
      body.bytes, members: body.members, state: state, items: items, by: decision)
  }
}
