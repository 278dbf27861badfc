/// What beside the body decides whether a request is taken.
struct RequestSetting: Sendable {
  /// Whether the path is one of the dated family.
  var isDated = false
  /// Whether the path belongs to an agent, which brings its own model.
  var isOfAgent = false
  /// Whether a version was given where the v1 path takes none.
  var hasNeedlessVersion = false
  /// Whether the header names a deployment that makes images.
  var namesImageDeployment = false
}
