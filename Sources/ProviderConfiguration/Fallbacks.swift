/// The models that are asked when a call to this one failed for good, by cause.
package struct Fallbacks: Sendable, Equatable {
  /// After any failure that has no list of its own.
  package var general: [Sourced<String>] = []
  /// After a request that was too long.
  package var contextWindow: [Sourced<String>] = []
  /// After a request or answer that a filter refused.
  package var contentFilter: [Sourced<String>] = []

  /// Creates lists without models.
  package init() {}

  /// Every model that is named, in the order of the lists.
  package var all: [Sourced<String>] { general + contextWindow + contentFilter }
}

enum FallbackKeys {
  static let general = key(
    "default", "The models that are asked when no target answered, in this order.",
    ["any", "general", "generic", "models"])

  static let contextWindow = key(
    "context_window", "The models that are asked when the request was too long.",
    ["context_window_fallbacks", "context_length", "context_length_exceeded"])

  static let contentFilter = key(
    "content_filter", "The models that are asked when a filter refused.",
    ["content_policy", "content_policy_fallbacks", "content_filtered"])

  private static func key(
    _ name: String, _ doc: String, _ misnomers: [String]
  ) -> ConfigurationKey<[Sourced<String>]> {
    let model = ConfigurationType.name("model name", .model).sourced
    return ConfigurationKey(
      name, ConfigurationType.list(of: model, minimum: 1), doc: doc, misnomers: misnomers)
  }

  static let table = ConfigurationTable(
    "fallbacks", title: "models.<name>.fallbacks",
    doc: """
      The models that are asked when a call to this one failed for good. Each is a name as a client \
      could write it, and brings its own targets and fallbacks; no way may lead back.
      """, example: "{ default: [other] }",
    keys: [general.description, contextWindow.description, contentFilter.description])

  static let type = ConfigurationType<Fallbacks>.table(table) { members in
    var fallbacks = Fallbacks()
    fallbacks.general = members.value(general) ?? []
    fallbacks.contextWindow = members.value(contextWindow) ?? []
    fallbacks.contentFilter = members.value(contentFilter) ?? []
    return fallbacks
  }
}
