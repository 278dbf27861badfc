internal import YAML

enum ParameterKeys {
  static let unsupported = ConfigurationKey(
    "unsupported", ConfigurationType<ParameterRules.Unsupported>.choice.sourced,
    default: ConfigurationDefault(value: Sourced(.drop), text: "`drop`"),
    doc: """
      What happens to a parameter that the upstream refuses: `drop` removes and reports it, \
      `error` refuses the request, `pass` sends it.
      """)

  static let set = ConfigurationKey(
    "set", ConfigurationType<[Named<[UInt8]>]>.named("parameter", .parameter, .json),
    doc: "Parameters that are set, whatever the caller sent. Texts are taken literally.",
    misnomers: ["add", "override", "overrides"])

  static let remove = ConfigurationKey(
    "remove", ConfigurationType.list(of: ConfigurationType.parameterName.sourced),
    doc: "Parameters that are removed.", misnomers: ["drop", "delete", "unset"])

  static let clamp = ConfigurationKey(
    "clamp", ConfigurationType<[Named<[String]>]>.named("parameter", .parameter, .bounds),
    doc: "Numbers that are kept between a least and a greatest value: `temperature: [0, 1]`.",
    misnomers: ["limit", "limits"])

  static let table = ConfigurationTable(
    "params", title: "params",
    doc: """
      What is done with top-level members of a request: `set`, then `remove`, then `clamp`. They \
      may stand in `defaults`, a provider, a model and a target; for each parameter the nearest \
      place that names it decides. `input`, `model` and `stream` are the caller's.
      """, example: "{ remove: [user] }",
    keys: [unsupported.description, set.description, remove.description, clamp.description])

  static let type = ConfigurationType<ParameterRules>.table(table) { members in
    let reading = members.reading
    var rules = ParameterRules()
    rules.unsupported = members.value(unsupported)
    rules.set = (members.value(set) ?? []).compactMap { named in
      guard reading.checkParameter(named.name, at: named.entry.keySpan) else { return nil }
      return named.value.map {
        .init(name: named.name, json: $0, mark: reading.source.mark(named.entry.keySpan))
      }
    }
    rules.remove = members.value(remove) ?? []
    rules.clamp = (members.value(clamp) ?? []).compactMap { named in
      guard reading.checkParameter(named.name, at: named.entry.keySpan), let bounds = named.value
      else { return nil }
      return .init(
        name: named.name, minimum: bounds[0], maximum: bounds[1],
        mark: reading.source.mark(named.entry.keySpan))
    }
    checkConflicts(rules, members)
    return rules
  }

  private static func checkConflicts(_ rules: ParameterRules, _ members: Members) {
    let items = members.node.entry(remove.name)?.value.items ?? []
    for item in items {
      guard let name = item.string, rules.set.contains(where: { $0.name == name }) else { continue }
      members.reading.report(
        .conflictingKeys, "\(members.reading.quote(name)) is both set and removed", at: item.span,
        help: "Keep one of the two.")
    }
  }
}

extension ConfigurationType where Value == String {
  fileprivate static var parameterName: ConfigurationType {
    name("parameter", .parameter).checked { text, node, reading in
      reading.checkParameter(text, at: node.span) ? text : nil
    }
  }
}

extension ConfigurationType where Value == [String] {
  /// Two finite numbers in order, as JSON writes them.
  fileprivate static var bounds: ConfigurationType {
    ConfigurationType(shape: .list(.number, minimum: 2, maximum: 2)) { node, reading in
      guard let items = node.items, items.count == 2, items.allSatisfy(\.isNumber) else {
        reading.report(
          .invalidClamp, "\(reading.place) must be a list of two numbers", at: node.span,
          help: "Write the least and the greatest value: [0, 1].")
        return nil
      }
      let bounds = items.compactMap(reading.json).map { String(decoding: $0, as: UTF8.self) }
      guard bounds.count == 2 else { return nil }
      guard let least = Double(bounds[0]), let greatest = Double(bounds[1]), least <= greatest
      else {
        reading.report(
          .invalidClamp, "\(reading.place) has its least value after its greatest", at: node.span,
          suggestion: node.isFlow ? ("[\(bounds[1]), \(bounds[0])]", node.span) : nil)
        return nil
      }
      return bounds
    }
  }
}

extension YAMLNode {
  fileprivate var isNumber: Bool {
    scalar?.kind == .integer || scalar?.kind == .float
  }
}

extension Reading {
  /// What a request asks, and of whom, is never the configuration's to change.
  fileprivate func checkParameter(_ name: String, at span: YAMLSpan) -> Bool {
    guard ["input", "model", "stream"].contains(name) else { return true }
    report(
      .reservedParameter, "\(place) cannot change \(quote(name)): it is the caller's", at: span,
      help: name == "model" ? "A target's model names what is asked for upstream." : "Remove it.")
    return false
  }
}
