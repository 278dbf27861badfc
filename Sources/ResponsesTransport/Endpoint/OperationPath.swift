package import TransportSDK

/// The paths of the operations, below an endpoint's parent.
package enum OperationPath {
  /// The percent-encoded parts of an operation's path.
  ///
  /// - Throws: ``TransportFailure`` when the operation needs an id and this one cannot stand in a path.
  static func parts(
    of operation: Operation, responseID: String
  ) throws(TransportFailure) -> [String] {
    switch operation {
    case .create: ["responses"]
    case .inputTokens: ["responses", "input_tokens"]
    case .compact: ["responses", "compact"]
    case .models: ["models"]
    case .get, .delete: ["responses", try part(for: responseID, of: operation)]
    case .cancel: ["responses", try part(for: responseID, of: operation), "cancel"]
    case .inputItems: ["responses", try part(for: responseID, of: operation), "input_items"]
    }
  }

  /// The method of an operation.
  static func method(of operation: Operation) -> String {
    switch operation {
    case .create, .inputTokens, .compact, .cancel: "POST"
    case .get, .inputItems, .models: "GET"
    case .delete: "DELETE"
    }
  }

  /// Takes one operation off the end of a base that was pasted whole; nil when there is none.
  static func pasted(in path: [String]) -> (parent: [String], operation: String)? {
    let endings = [
      ["responses", "compact"], ["responses", "input_tokens"], ["chat", "completions"],
      ["responses"], ["models"],
    ]
    for ending in endings
    where path.count >= ending.count && path.suffix(ending.count) == ending[...] {
      return (Array(path.dropLast(ending.count)), "/" + ending.joined(separator: "/"))
    }
    return nil
  }

  /// An operation found at the end of a path.
  package struct Match: Sendable, Hashable {
    /// The path before it.
    package let parent: [String]
    /// The operation.
    package let operation: Operation
    /// The decoded id of the response it is about, or empty.
    package let responseID: String
    /// Whether it is what other protocols ask with, and a create only in intent.
    package let isForeign: Bool
  }

  /// Finds the operation that a whole URL stands for; nil when there is none.
  package static func match(_ path: [String], method: String) -> Match? {
    func found(_ count: Int, _ operation: Operation, id: String = "", isForeign: Bool = false)
      -> Match
    {
      Match(
        parent: Array(path.dropLast(count)), operation: operation,
        responseID: PercentEncoding.decode(id[...]), isForeign: isForeign)
    }
    guard let last = path.last else { return nil }
    let before = path.dropLast().last
    if path.dropLast(2).last == "responses", let before {
      if last == "cancel" { return found(3, .cancel, id: before) }
      if last == "input_items" { return found(3, .inputItems, id: before) }
    }
    switch (before, last) {
    case (_, "responses"): return found(1, .create)
    case (_, "models"): return found(1, .models)
    case ("responses", "compact"): return found(2, .compact)
    case ("responses", "input_tokens"): return found(2, .inputTokens)
    case ("responses", _): return found(2, method == "DELETE" ? .delete : .get, id: last)
    case ("chat", "completions"): return found(2, .create, isForeign: true)
    default: return nil
    }
  }

  private static func part(
    for id: String, of operation: Operation
  ) throws(TransportFailure) -> String {
    let isPath = id.isEmpty || id == "." || id == ".." || id.contains { "/?#".contains($0) }
    guard !isPath else {
      throw TransportFailure(
        .requestInvalid,
        "\(operation.rawValue) needs the id of a response, and \"\(id)\" cannot be one: an id has no "
          + "\"/\", \"?\" or \"#\". Pass the `id` of the response object.")
    }
    return PercentEncoding.encode(id)
  }
}
