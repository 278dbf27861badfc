internal import YAML

/// A rule that decides, before models are looked up, which model a request goes to.
package struct RouteEntry: Sendable {
  /// One of the models that share a route.
  package struct Share: Sendable, Hashable {
    /// The model's name.
    package let model: String
    /// How much of the requests it is given, in proportion to the others.
    package let weight: Int
    /// Where the name is written.
    package let mark: Mark
  }

  /// Where requests go.
  package enum Destination: Sendable {
    /// To one model.
    case model(Sourced<String>)
    /// To several, in these proportions; never empty.
    case split([Share])
  }

  /// A name for statistics and explanations; nil where the file gives none.
  package let label: Sourced<String>?
  /// When it is taken.
  package let conditions: RouteConditions
  /// Where requests go; nil only when there is a problem.
  package let destination: Destination?
  /// What keeps a caller at its share of a split; nil: each request is drawn anew.
  package let sticky: Sourced<AffinitySignal>?
  /// Where the entry is written.
  package let mark: Mark
  /// Why it cannot be used; nil when it can.
  ///
  /// A problem of the conditions is one of the whole document, since nobody knows what they match.
  package internal(set) var problem: Diagnostic?

  /// Every model that it names, with its place.
  package var models: [Sourced<String>] {
    switch destination {
    case .model(let name): [name]
    case .split(let shares): shares.map { Sourced($0.model, at: $0.mark) }
    case nil: []
    }
  }
}

enum RouteKeys {
  static let when = ConfigurationKey(
    "when", ConditionKeys.type,
    doc: "What must be true of a request. Without it, or when it is empty, the route is for all.",
    misnomers: ["if", "match", "matches", "conditions", "condition"])

  static let model = ConfigurationKey(
    "model", ConfigurationType.name("model name", .model).sourced,
    doc: "The model that takes the requests.", misnomers: ["to", "target", "then", "destination"])

  static let split = ConfigurationKey(
    "split", ConfigurationType<[Named<Int>]>.named("model", .model, .integer(1...10_000)),
    doc: "Models that share the requests, each with its weight: `{ stable: 95, canary: 5 }`.",
    misnomers: ["weights", "traffic", "models", "backends"])

  static let sticky = ConfigurationKey(
    "sticky", AffinitySignal.stickyType.sourced,
    doc: "What keeps a caller at its share of a split: the same value, the same model.",
    misnomers: ["sticky_by", "hash", "affinity"])

  static let label = ConfigurationKey(
    "label", ConfigurationType.name("label", .identifier).sourced,
    doc: "A name for statistics and explanations.", misnomers: ["name", "id"])

  static let table = ConfigurationTable(
    "route", title: "routes[]",
    doc: """
      Which model a request goes to, whatever it asked for. Routes are tried in the order of the \
      file before models are looked up, and the first that fits is taken, once.
      """, example: "{ when: { model: gpt }, model: other }",
    rule: .exactlyOneOf(["model", "split"]),
    keys: [
      when.description, model.description, split.description, sticky.description,
      label.description,
    ])

  static let type = ConfigurationType<RouteEntry>(shape: .table(table)) { node, reading in
    let judged = reading.judging { fields.read(node, reading) }
    let mark = reading.source.mark(node.span)
    let route =
      judged.result
      ?? RouteEntry(
        label: nil, conditions: RouteConditions(), destination: nil, sticky: nil, mark: mark,
        problem: nil)
    return route.disabled(by: judged.problem)
  }

  private static let fields = ConfigurationType<RouteEntry>.table(table) { members in
    let shares = members.value(split)
    let one = members.value(model).map(RouteEntry.Destination.model)
    let route = RouteEntry(
      label: members.value(label), conditions: members.value(when) ?? RouteConditions(),
      destination: one ?? shares.flatMap { destination($0, members) },
      sticky: members.value(sticky), mark: members.reading.source.mark(members.node.span),
      problem: nil)
    checkSticky(members)
    return route
  }

  private static func destination(
    _ shares: [Named<Int>], _ members: Members
  ) -> RouteEntry.Destination? {
    guard !shares.isEmpty, let entry = members.node.entry(split.name) else {
      let span = members.node.entry(split.name)?.value.span ?? members.node.span
      members.reading.report(
        .emptyValue, "\(members.reading.place).split must not be empty", at: span)
      return nil
    }
    let whole = shares.compactMap { named in
      named.value.map {
        RouteEntry.Share(
          model: named.name, weight: $0,
          mark: members.reading.source.mark(named.entry.keySpan))
      }
    }
    return whole.count == entry.value.entries?.count ? .split(whole) : nil
  }

  private static func checkSticky(_ members: Members) {
    guard let entry = members.node.entry(sticky.name), members.node.entry(split.name) == nil else {
      return
    }
    members.reading.report(
      .conflictingKeys, "\(members.reading.place).sticky has a meaning for a split alone",
      at: entry.keySpan, help: "Remove it, or share the requests by split.")
  }
}

extension RouteEntry {
  func disabled(by other: Diagnostic?) -> RouteEntry {
    var route = self
    route.problem = problem ?? other
    return route
  }
}
