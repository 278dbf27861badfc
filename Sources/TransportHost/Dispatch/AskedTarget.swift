internal import Routing

/// The target that a call asks, and what was found out there.
struct AskedTarget {
  /// Its plan and its place in it.
  let plan: RoutePlan
  let index: Int
  /// Its place in the file and its names.
  let target: ModelRoute.Target
  /// The request on its way there; nil where it could not be brought on its way.
  let routed: RoutedCall?
  /// The attempt that was prepared last.
  var call: PreparedCall?
  /// Changes that earlier failures asked for, oldest first.
  var amendments: [String]
  /// Those of this call that later calls may begin with.
  var lasting: [String] = []
  /// The scope that the upstream asked for by name, or empty.
  var scope = ""
  /// What the last attempt proved itself with.
  var credential: SuppliedCredential?
  /// Whether `call` was not sent yet.
  var isFresh = false

  /// Whether a step goes there.
  func isAsked(by step: CallStep) -> Bool { plan === step.plan && index == step.index }
}
