internal import YAML

/// What must be true of a request for a route to be taken; without any, it always is.
package struct RouteConditions: Sendable {
  /// A header that must be there, with such a value.
  package struct Header: Sendable, Hashable {
    /// The name in lower case.
    package let name: String
    /// What its value must be.
    package let value: TextPattern
  }

  /// The headers, each of which must fit.
  package var headers: [Sourced<Header>] = []
  /// What the name must be that the client wrote, or the model's own.
  package var model: Sourced<TextPattern>?
  /// The input must have more tokens than this.
  package var moreTokens: Sourced<Int>?
  /// The input must have fewer tokens than this.
  package var fewerTokens: Sourced<Int>?

  /// Creates conditions that always hold.
  package init() {}

  /// Whether all of them hold for a request.
  ///
  /// - Parameters:
  ///   - name: The model as the client wrote it.
  ///   - ownName: The model's own name; nil where the client's name means none.
  ///   - tokens: How many tokens the input has; asked for where a condition depends on it.
  ///   - header: The value of a header by its name in lower case; nil when it is not there.
  /// - Returns: Whether the route is to be taken.
  package func hold(
    name: String, ownName: String?, tokens: () -> Int, header: (String) -> String?
  ) -> Bool {
    if let model, !model.value.matches(name), ownName.map(model.value.matches) != true {
      return false
    }
    for condition in headers {
      guard let value = header(condition.value.name), condition.value.value.matches(value) else {
        return false
      }
    }
    guard moreTokens != nil || fewerTokens != nil else { return true }
    let count = tokens()
    return count > moreTokens?.value ?? -1 && count < fewerTokens?.value ?? .max
  }
}

enum ConditionKeys {
  static let header = ConfigurationKey(
    "header", RouteConditions.headersType,
    doc: "Headers that must be there, with these values. A `*` stands for one or more characters, "
      + "and alone for anything.", misnomers: ["headers"])

  static let model = ConfigurationKey(
    "model", ConfigurationType.name("model name", .model).sourced,
    doc: "The model as the client wrote it, or its own name, or a pattern with `*`.",
    misnomers: ["models", "name"])

  static let inputTokens = ConfigurationKey(
    "input_tokens", SizeKeys.type, doc: "How long the input must be, in tokens; it is estimated.",
    misnomers: ["tokens", "input_size", "context"])

  static let table = ConfigurationTable(
    "when", title: "routes[].when",
    doc: "What must be true of a request; all that is written must hold.",
    example: "{ model: gpt }",
    keys: [header.description, model.description, inputTokens.description])

  static let type = ConfigurationType<RouteConditions>.table(table) { members in
    var conditions = members.value(inputTokens) ?? RouteConditions()
    conditions.headers = members.value(header) ?? []
    conditions.model = members.value(model).map { name in
      Sourced(TextPattern(name.value), at: name.mark)
    }
    return conditions
  }
}

enum SizeKeys {
  static let more = ConfigurationKey(
    "gt", ConfigurationType.count.sourced, doc: "It must have more tokens.",
    misnomers: ["min", "above", "over", "gte", "ge"])

  static let fewer = ConfigurationKey(
    "lt", ConfigurationType.count.sourced, doc: "It must have fewer tokens.",
    misnomers: ["max", "below", "under", "lte", "le"])

  static let table = ConfigurationTable(
    "input-tokens", title: "routes[].when.input_tokens",
    doc: "How long the input must be, in tokens.", example: "{ gt: 200k }",
    keys: [more.description, fewer.description])

  static let type = ConfigurationType<RouteConditions>.table(table) { members in
    var conditions = RouteConditions()
    conditions.moreTokens = members.value(more)
    conditions.fewerTokens = members.value(fewer)
    return conditions
  }
}

extension RouteConditions {
  fileprivate static let headersType: ConfigurationType<[Sourced<Header>]> = {
    let value = ConfigurationType<String>(
      shape: .text("text", pattern: nil, hasVariables: false)
    ) { node, reading in reading.literal(node, wanted: "text") }
    let named = ConfigurationType<[Named<String>]>.named("name", .header, value)
    return ConfigurationType(shape: named.shape) { node, reading in
      named.read(node, reading)?.compactMap { entry in
        entry.value.map { text in
          let header = Header(name: entry.name.lowercased(), value: TextPattern(text))
          return Sourced(header, at: reading.source.mark(entry.entry.span))
        }
      }
    }
  }()
}
