internal import YAML

extension SemanticChecks {
  /// A route is of no use behind one that takes all its requests, or where it can have none.
  func checkRoutes() {
    guard let list = root.entry(ConfigurationKeys.routes.name)?.value else { return }
    for (index, route) in routes.enumerated() where route.problem == nil {
      let conditions = route.conditions
      let earlier = routes[..<index].firstIndex { earlier in
        earlier.problem == nil && earlier.conditions.covers(conditions)
      }
      if let earlier {
        report(
          route, index, "routes[\(earlier)] takes all its requests", "Remove it, or move it up.",
          list)
      } else if let least = conditions.moreTokens?.value, let most = conditions.fewerTokens?.value,
        least + 1 >= most
      {
        report(
          route, index, "no input has more than \(least) and fewer than \(most) tokens",
          "Remove it, or correct the numbers.", list)
      }
    }
  }

  private func report(
    _ route: RouteEntry, _ index: Int, _ why: String, _ help: String, _ list: YAMLNode
  ) {
    let removal =
      routes.count == 1
      ? reading.source.removal(of: ConfigurationKeys.routes.name, from: root)
      : reading.source.removal(of: route.mark, from: list)
    reading.report(
      .unreachableRoute, "routes[\(index)] is never taken: \(why)", at: route.mark.span, help: help,
      suggestion: removal)
  }
}

extension RouteConditions {
  /// Whether these hold wherever the others do.
  func covers(_ other: RouteConditions) -> Bool {
    let coversHeaders = headers.allSatisfy { header in
      other.headers.contains {
        $0.value.name == header.value.name
          && header.value.value.covers($0.value.value)
      }
    }
    let coversModel = model.map { model in other.model.map { model.value.covers($0.value) } ?? false
    }
    let coversLeast = moreTokens.map { $0.value <= other.moreTokens?.value ?? -1 }
    let coversMost = fewerTokens.map { $0.value >= other.fewerTokens?.value ?? .max }
    return coversHeaders && coversModel ?? true && coversLeast ?? true && coversMost ?? true
  }
}

extension TextPattern {
  /// Whether it matches whatever another one matches; false where that is not plain to see.
  ///
  /// A star that matches the stars of the other matches whatever those stand for.
  func covers(_ other: TextPattern) -> Bool {
    isAnything || self == other || matches(other.text)
  }
}
