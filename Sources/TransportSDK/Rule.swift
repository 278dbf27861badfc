/// A reason for edits of a request's body.
public struct Rule: Sendable {
  /// Kebab-case, stable: users read it in reports and look it up.
  public let id: StaticString
  /// One sentence for people: what the upstream does that makes the edit necessary.
  public let reason: StaticString
  /// Where the fact comes from.
  public let link: StaticString

  /// States a rule.
  public init(id: StaticString, reason: StaticString, link: StaticString) {
    self.id = id
    self.reason = reason
    self.link = link
  }
}

/// Where an edit's reason stands.
public enum EditSource: Sendable, Hashable {
  /// An index into the transport's ``Transport/rules``.
  case rule(Int)
  /// A rule that every transport shares, because the configuration asks for it.
  case parameter(ParameterRule)
}

/// What an edit did.
public enum EditAction: Int32, Sendable {
  /// A member or an item was added.
  case add = 1
  /// A member or an item was removed.
  case remove = 2
  /// A value was replaced.
  case replace = 3
}

/// The edits that the configuration asks for; their rules follow the transport's own in the table.
public enum ParameterRule: Int, Sendable, CaseIterable {
  /// `params.set`.
  case set
  /// `params.remove`.
  case remove
  /// `params.clamp`.
  case clamp
  /// A field that the target is known not to accept.
  case unsupported
  /// `state: stateless` or `state: stored`.
  case stateStore

  /// The rule as users see it.
  public var rule: Rule {
    switch self {
    case .set:
      Rule(
        id: "param-set", reason: "params.set in providers.yaml sets this field.", link: Self.page)
    case .remove:
      Rule(
        id: "param-remove", reason: "params.remove in providers.yaml takes this field out.",
        link: Self.page)
    case .clamp:
      Rule(
        id: "param-clamp", reason: "params.clamp in providers.yaml limits this number.",
        link: Self.page)
    case .unsupported:
      Rule(
        id: "unsupported-param",
        reason: "This target does not accept the field, and params.unsupported is drop.",
        link: Self.page)
    case .stateStore:
      Rule(
        id: "state-store", reason: "state in providers.yaml says whether responses are stored.",
        link: Self.page)
    }
  }

  private static var page: StaticString {
    "Sources/ProviderConfiguration/Documentation/configuration.md"
  }
}
