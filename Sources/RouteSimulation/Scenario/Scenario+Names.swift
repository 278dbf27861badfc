extension Scenario {
  /// Looks up every name in it.
  ///
  /// - Parameter names: The targets that there are.
  /// - Throws: The first name that means none of them.
  package func check(_ names: TargetNames) throws(TextProblem) {
    for disturbance in disturbances where names.matching(disturbance.what).isEmpty {
      let correction = names.correction(of: disturbance.what)
      let hint = correction.map { " Did you mean \"\($0)\"?" } ?? ""
      throw TextProblem(
        "no target or provider is called \"\(disturbance.what)\".\(hint)", in: disturbance.text,
        at: 0..<disturbance.what.count, of: disturbance.option, help: "there are \(names.list)")
    }
  }
}
