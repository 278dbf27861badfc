public import ProviderConfiguration
internal import Routing

/// A target of the configuration, and whether it may be asked now.
public struct TargetState: Sendable {
  /// Whether a target may be asked.
  public enum Standing: Sendable, Hashable {
    /// It may be asked.
    case free
    /// What it depends on failed, and it is left alone for so long.
    case cooling(remaining: Duration)
    /// It has all that its limits allow.
    case full
    /// It cannot be asked, for this reason.
    case unusable(String)
    /// It stands for many models, each with a state of its own.
    case manifold
  }

  /// The provider id.
  public let provider: String
  /// Its own name, or nil where the file gives none.
  public let id: String?
  /// The name that clients use for the model whose target it is.
  public let name: String
  /// The model as the upstream knows it, as far as that is known.
  public let model: String
  /// Its share of the model's calls among those of equal order, from 0 to 1; nil where weights count for
  /// nothing.
  public let share: Double?
  /// Whether it may be asked.
  public let standing: Standing
  /// Its place in the file.
  public let source: Mark
}

extension TransportHost {
  /// The targets of all models with their states, in the order of the file.
  ///
  /// Nothing is sent. Plugins that were not needed before are loaded.
  public func targetStates() -> [TargetState] {
    let models = document.models.models.map { model in
      (model, model.name.contains("*") ? nil : try? routes.route(model.name))
    }
    // Only then does the router know of all of them.
    let router = router.copy
    let now = options.clock.now
    return models.flatMap { Self.states(of: $0, $1, router, at: now) }
  }

  private static func states(
    of model: ModelEntry, _ route: ModelRoute?, _ router: Router, at now: Duration
  ) -> [TargetState] {
    model.targets.map { target in
      let index = route?.targets.firstIndex { $0.source == target.mark }
      let peers = model.targets.filter { $0.order.value == target.order.value }
      let weight = peers.reduce(0) { $0 + $1.weight.value }
      let standing = route.flatMap { route in
        index.map { Self.standing(of: $0, route, router, at: now) }
      }
      return TargetState(
        provider: target.provider, id: target.id, name: model.name,
        model: target.model?.value ?? model.name,
        share: model.strategy.value.usesWeights && weight > 0
          ? Double(target.weight.value) / Double(weight) : nil,
        standing: standing
          ?? (route == nil && !model.name.contains("*")
            ? .unusable(model.problem?.message ?? "its model cannot be used") : .manifold),
        source: target.mark)
    }
  }

  private static func standing(
    of index: Int, _ route: ModelRoute, _ router: Router, at now: Duration
  ) -> TargetState.Standing {
    if case .failure(let error) = route.targets[index].route { return .unusable(error.message) }
    return switch router.standing(of: route.plan.targets[index], for: CallTraits(), at: now) {
    case .free, .outOfReach: .free
    case .cooling(_, let remaining, _): .cooling(remaining: remaining)
    case .full: .full
    case .unusable: .unusable("jackfield check says why")
    }
  }
}
