internal import YAML

/// What is done with the parameters of a request before it is sent, as one level of the file says.
package struct ParameterRules: Sendable, Equatable {
  /// What happens to parameters that the upstream refuses.
  package enum Unsupported: String, Sendable, Hashable, CaseIterable {
    /// They are removed, and the removal is reported.
    case drop
    /// The request is refused.
    case error
    /// They are sent as they are.
    case pass
  }

  /// A parameter that is set, whatever the caller sent.
  package struct Setting: Sendable, Hashable {
    /// The top-level member of the request.
    package let name: String
    /// Its new value.
    package let json: [UInt8]
    /// Where the name is written.
    package let mark: Mark
  }

  /// A number that is kept within bounds.
  package struct Clamp: Sendable, Hashable {
    /// The top-level member of the request.
    package let name: String
    /// The least value, as a JSON number as written.
    package let minimum: String
    /// The greatest value, as a JSON number as written.
    package let maximum: String
    /// Where the name is written.
    package let mark: Mark
  }

  /// What happens to parameters that the upstream refuses; nil where this level does not say.
  package var unsupported: Sourced<Unsupported>?
  /// Parameters that are set, first of all.
  package var set: [Setting] = []
  /// Parameters that are removed, after that.
  package var remove: [Sourced<String>] = []
  /// Parameters that are kept within bounds, last.
  package var clamp: [Clamp] = []

  /// Creates rules that do nothing.
  package init() {}

  /// These rules, and the outer ones about parameters of which these say nothing of the kind.
  ///
  /// To set a parameter undoes an outer removal of it, and the other way round.
  package func merged(over outer: ParameterRules) -> ParameterRules {
    let decided = Set(set.map(\.name) + remove.map(\.value))
    let clamped = Set(clamp.map(\.name))
    var merged = self
    merged.unsupported = unsupported ?? outer.unsupported
    merged.set += outer.set.filter { !decided.contains($0.name) }
    merged.remove += outer.remove.filter { !decided.contains($0.value) }
    merged.clamp += outer.clamp.filter { !clamped.contains($0.name) }
    return merged
  }

  /// What holds where nothing is written.
  package static let builtIn: ParameterRules = {
    var rules = ParameterRules()
    rules.unsupported = ParameterKeys.unsupported.default?.value
    return rules
  }()
}
