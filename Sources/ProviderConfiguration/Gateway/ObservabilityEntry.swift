internal import YAML

/// What the gateway writes about what it does.
package struct ObservabilityEntry: Sendable {
  /// Which bodies the request log holds.
  package enum Bodies: String, Sendable, Hashable, CaseIterable {
    /// None.
    case none
    /// Those of calls that failed.
    case errors
    /// Those of every call.
    case all
  }

  /// The file of the request log; nil: none is written.
  package internal(set) var logPath: Sourced<String>?
  /// Which bodies it holds.
  package internal(set) var bodies = Bodies.none

  /// Creates what holds where nothing is written.
  package init() {}
}

enum RequestLogKeys {
  static let path = ConfigurationKey(
    "path", ConfigurationType.variableText("path").sourced, isRequired: true,
    doc: "The file, relative to this one; each request appends one line of JSON.",
    misnomers: ["file", "output"])

  static let bodies = ConfigurationKey(
    "bodies", ConfigurationType<ObservabilityEntry.Bodies>.choice,
    default: .choice(ObservabilityEntry.Bodies.none),
    doc: "Which bodies it holds: `none`, `errors` those of calls that failed, `all`.",
    misnomers: ["content", "payloads"])

  static let table = ConfigurationTable(
    "request_log", title: "observability.log", doc: "The request log of the gateway.",
    example: "{ path: requests.jsonl }", keys: [path.description, bodies.description])

  static let type = ConfigurationType<ObservabilityEntry>.table(table) { members in
    var entry = ObservabilityEntry()
    entry.logPath = members.value(path)
    entry.bodies = members.value(bodies) ?? .none
    return entry
  }
}

enum ObservabilityKeys {
  static let log = ConfigurationKey(
    "log", RequestLogKeys.type, doc: "The request log: one line of JSON for each request.",
    misnomers: ["logging", "logs", "request_log"])

  static let table = ConfigurationTable(
    "observability", title: "observability",
    doc: "What the gateway writes about what it does. Its `/metrics` are always there.",
    example: "{ log: { path: requests.jsonl } }", keys: [log.description])

  static let type = ConfigurationType<ObservabilityEntry>.table(table) { members in
    members.value(log) ?? ObservabilityEntry()
  }
}
