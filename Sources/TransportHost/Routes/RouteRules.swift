internal import ProviderConfiguration
internal import Routing

/// The rules that lead a request to a model before its name is looked up.
struct RouteRules {
  private let document: ConfigurationDocument
  private let request: CallRequest
  private let body: RequestBody
  private let isSent: Bool
  private let canGoOn: (String) -> Bool

  /// - Parameters:
  ///   - document: The file.
  ///   - request: What the client asks.
  ///   - body: Its body.
  ///   - isSent: Whether it will go out.
  ///   - canGoOn: Whether a model has what the request goes on from.
  init(
    _ document: ConfigurationDocument, request: CallRequest, body: RequestBody, isSent: Bool,
    canGoOn: @escaping (String) -> Bool
  ) {
    self.canGoOn = canGoOn
    self.document = document
    self.request = request
    self.body = body
    self.isSent = isSent
  }

  /// Where the first rule that applies leads; nil where none does.
  ///
  /// - Throws: `config_invalid` where that rule cannot be used.
  func destination(
    of name: String
  ) throws(CallError) -> (rule: RouteEntry, model: String)? {
    let own = document.models.entry(for: name)?.name
    let rule = document.routes.first { rule in
      rule.conditions.hold(
        name: name, ownName: own, tokens: { body.estimatedTokens }, header: request.header)
    }
    guard let rule else { return nil }
    switch rule.destination {
    case .model(let model): return (rule, model.value)
    case .split(let shares):
      // A conversation stays with the share that it began with.
      let able = shares.filter { canGoOn($0.model) }
      return (rule, share(of: able.isEmpty ? shares : able, stickyTo: rule.sticky?.value))
    case nil:
      throw CallError(
        .configInvalid, rule.problem?.message ?? "a route leads nowhere", source: rule.mark)
    }
  }

  /// The share of a caller that is always the same, else a share at random; where nothing is sent,
  /// the greatest.
  private func share(
    of shares: [RouteEntry.Share], stickyTo signal: AffinitySignal?
  ) -> String {
    if let key = signal.flatMap({ StickyKey(of: $0, request, body) }) {
      let best = shares.max { key.score($0.model, $0.weight) < key.score($1.model, $1.weight) }
      return best?.model ?? ""
    }
    guard isSent else { return shares.max { $0.weight < $1.weight }?.model ?? "" }
    var rest = Int.random(in: 0..<max(1, shares.reduce(0) { $0 + $1.weight }))
    for share in shares {
      rest -= share.weight
      if rest < 0 { return share.model }
    }
    return shares.last?.model ?? ""
  }
}

/// What makes calls belong together, though no upstream keeps anything for them.
struct StickyKey: Sendable, Hashable {
  /// The same in every process.
  let hash: UInt64

  /// The key of a request by one signal; nil where the request does not have it, or where it names
  /// state, which is found by other means.
  init?(of signal: AffinitySignal, _ request: CallRequest, _ body: RequestBody) {
    let value: String?
    switch signal {
    case .previousResponseID, .encryptedContent: return nil
    case .promptCacheKey: value = body.text("prompt_cache_key")
    case .header(let name): value = request.header(name)
    }
    guard let value, !value.isEmpty else { return nil }
    hash = Rendezvous.key(value.utf8)
  }

  fileprivate func score(_ name: String, _ weight: Int) -> Double {
    Rendezvous.score(hash, identity: Rendezvous.key(name.utf8), weight: weight)
  }
}
