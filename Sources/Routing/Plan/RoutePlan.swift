/// Where calls to one model may go: compiled once from the configuration, shared by all its calls.
package final class RoutePlan: Sendable {
  /// What happens to a follow-up whose state nobody may be asked for.
  package enum WhenLost: Sendable, Hashable {
    /// The call fails.
    case error
    /// What others cannot read goes, and others are asked.
    case stripReasoning
    /// The transcript that the request carries takes its place.
    case replay
  }

  /// The models that are asked when this one cannot serve, by cause.
  package struct Fallbacks: Sendable, Hashable {
    /// For whatever has no list of its own.
    package var any: [String] = []
    /// For an input that is too long.
    package var contextWindow: [String] = []
    /// For what a content filter refused.
    package var contentFilter: [String] = []

    /// None.
    package init() {}

    /// Whether there are none.
    package var isEmpty: Bool { any.isEmpty && contextWindow.isEmpty && contentFilter.isEmpty }

    /// All of them.
    package var all: [String] { any + contextWindow + contentFilter }

    /// The list for a cause.
    package subscript(_ cause: FallbackCause) -> [String] {
      switch cause {
      case .any: any
      case .contextWindow: contextWindow
      case .contentFilter: contentFilter
      }
    }
  }

  /// What choosing looks at of a target, apart from the rest: of a thousand it is all in the cache.
  struct Row {
    let load: Int
    let weight: Int
    let identity: UInt64
    /// The bits of its scopes.
    let bits: UInt64
    let boundary: Int32
    let isUsable: Bool
    let isLimited: Bool

    init(_ target: RouteTarget) {
      (load, weight, identity) = (target.load, target.weight, target.identity)
      (bits, boundary, isUsable) = (target.scopes.bits, target.boundary, target.isUsable)
      isLimited = !target.limits.isEmpty
    }
  }

  /// The model's own name: no call visits it twice.
  package let model: String
  /// By order, and among equals in the order of the file.
  package let targets: [RouteTarget]
  /// How one of equal order is chosen.
  package let strategy: RoutingStrategy
  /// Who is asked when all targets have failed.
  package let fallbacks: Fallbacks
  /// What happens to a follow-up whose state cannot be reached.
  package let whenLost: WhenLost
  /// Where the turns of its targets are counted: what ``Router/rotation(of:targets:)`` gave.
  package let rotation: Int
  /// The targets of equal order, by order.
  let groups: [Range<Int>]
  /// For each target what choosing looks at.
  let rows: [Row]
  /// Whether some targets cannot read the state that others make.
  package let hasSeveralBoundaries: Bool

  /// Compiles a plan; targets of equal order keep their places.
  package init(
    model: String, targets: [RouteTarget], strategy: RoutingStrategy = .priority,
    fallbacks: Fallbacks = Fallbacks(), whenLost: WhenLost = .error, rotation: Int
  ) {
    self.model = model
    self.targets = targets
    self.strategy = strategy
    self.fallbacks = fallbacks
    self.whenLost = whenLost
    self.rotation = rotation
    groups = Self.groups(of: targets)
    rows = targets.map(Row.init)
    hasSeveralBoundaries = targets.contains { $0.boundary != targets.first?.boundary }
  }

  private static func groups(of targets: [RouteTarget]) -> [Range<Int>] {
    precondition(
      zip(targets, targets.dropFirst()).allSatisfy { $0.order <= $1.order },
      "targets are sorted by order")
    var groups: [Range<Int>] = []
    var start = 0
    for index in targets.indices where targets[index].order != targets[start].order {
      groups.append(start..<index)
      start = index
    }
    if start < targets.count { groups.append(start..<targets.count) }
    return groups
  }
}
