/// One way to serve a call, as the router sees it: numbers in place of names.
package struct RouteTarget: Sendable {
  /// Lower ones are asked first.
  package var order: Int
  /// The share among targets of equal order.
  package var weight: Int
  /// Where its load is counted: what ``Router/load(of:)`` gave.
  package var load: Int
  /// Where its provider's retries are counted: what ``Router/budget(of:)`` gave.
  package var budget: Int
  /// What failures may blame.
  package var scopes: TargetScopes
  /// What it may be given.
  package var limits: CapacityLimits
  /// Who can read the state that it makes: the same number means the same readers.
  package var boundary: Int32
  /// Its provider: the same number means the same one.
  package var provider: Int32
  /// Tells it from others in every process alike, for strategies that must find the same one again.
  package var identity: UInt64
  /// Whether it may be asked at all.
  package var isUsable: Bool
  /// What is tried again, and what is left alone.
  package var rules: TargetRules

  /// States a target.
  package init(
    order: Int = 1, weight: Int = 1, load: Int, budget: Int, scopes: TargetScopes,
    limits: CapacityLimits = CapacityLimits(), boundary: Int32 = 0, provider: Int32 = 0,
    identity: UInt64, isUsable: Bool = true, rules: TargetRules = TargetRules()
  ) {
    self.order = order
    self.weight = weight
    self.load = load
    self.budget = budget
    self.scopes = scopes
    self.limits = limits
    self.boundary = boundary
    self.provider = provider
    self.identity = identity
    self.isUsable = isUsable
    self.rules = rules
  }
}

/// The policies of a target; a class, so that a copy of the target costs one reference.
package final class TargetRules: Sendable {
  /// What is tried again.
  package let retry: RetryPolicy
  /// What is left alone.
  package let cooldown: CooldownPolicy

  /// States policies.
  package init(retry: RetryPolicy = RetryPolicy(), cooldown: CooldownPolicy = CooldownPolicy()) {
    self.retry = retry
    self.cooldown = cooldown
  }
}

/// Names what failures of a target may blame; equal keys are one thing.
package struct TargetScopes: Sendable, Hashable {
  /// The deployment: a model at a provider.
  package var model: ScopeKey
  /// The credential.
  package var credential: ScopeKey
  /// The endpoint.
  package var endpoint: ScopeKey
  /// The way to it.
  package var network: ScopeKey

  /// States the four by name.
  package init(model: String, credential: String, endpoint: String, network: String) {
    self.model = ScopeKey(.model, model)
    self.credential = ScopeKey(.credential, credential)
    self.endpoint = ScopeKey(.endpoint, endpoint)
    self.network = ScopeKey(.network, network)
  }

  /// The key of a scope; nil for the request, which nothing is held against.
  package func key(_ scope: FailureScope) -> ScopeKey? {
    switch scope {
    case .request: nil
    case .model: model
    case .credential: credential
    case .endpoint: endpoint
    case .network: network
    }
  }

  /// The places of the four, the narrowest first.
  static let places = 0..<4

  /// The scope of a place.
  static func scope(of place: Int) -> FailureScope {
    switch place {
    case 0: .model
    case 1: .credential
    case 2: .endpoint
    default: .network
    }
  }

  /// The key of a place.
  subscript(place: Int) -> ScopeKey {
    switch place {
    case 0: model
    case 1: credential
    case 2: endpoint
    default: network
    }
  }

  /// Bits that are set in ``ScopeKey/bit`` of any of them.
  var bits: UInt64 { model.bit | credential.bit | endpoint.bit | network.bit }
}

/// Something that failures may blame, by a hash of its scope and name.
///
/// Two that share a hash would share a cooldown, once in 2^50 configurations.
package struct ScopeKey: Sendable, Hashable {
  private let hash: Int

  /// The key of a name in a scope.
  package init(_ scope: FailureScope, _ name: String) {
    var hasher = Hasher()
    hasher.combine(scope)
    hasher.combine(name)
    hash = hasher.finalize()
  }

  /// How many words a ``ScopeFilter`` has.
  static let wordCount = 64

  /// One of 64 bits, by which a key is excluded without a look-up.
  var bit: UInt64 { 1 << UInt64(hash & 63) }
  /// The word of a ``ScopeFilter`` in which its bit is.
  var word: Int { (hash >> 6) & (Self.wordCount - 1) }
}
