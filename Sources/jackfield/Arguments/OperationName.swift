import ArgumentParser

/// What is asked of the upstream.
enum OperationName: String, CaseIterable, ExpressibleByArgument {
  case create
  case get
  case delete
  case cancel
  case inputItems = "input_items"
  case inputTokens = "input_tokens"
  case compact
  case models

  /// Whether a request body belongs to it.
  var hasBody: Bool { self == .create || self == .inputTokens || self == .compact }

  /// Whether it is about one stored response.
  var needsResponseID: Bool {
    self == .get || self == .delete || self == .cancel || self == .inputItems
  }
}

/// A pair for the query, `NAME=VALUE`.
struct QueryPair: ExpressibleByArgument {
  let name: String
  let value: String

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
    name = String(argument[..<sign])
    value = String(argument[argument.index(after: sign)...])
  }
}
