/// What a client asks of the gateway, by method and path.
enum Endpoint: Sendable, Hashable {
  /// An operation of the Responses API.
  case responses(operation: String, responseID: String)
  /// A request in the language of Chat Completions.
  case chatCompletions
  /// The list of models, or one of them.
  case models(name: String?)
  /// Whether the process lives.
  case health
  /// Whether it takes requests.
  case readiness
  /// Measurements, for Prometheus.
  case metrics
  /// The status page for people.
  case status
  /// What the status page is made of.
  case statusData

  /// Why there is no endpoint.
  enum Missing: Error, Hashable {
    /// Nothing has that path.
    case path
    /// Something has, and takes other methods: these.
    case method(allowed: [String])
  }

  /// Finds what a request is for.
  ///
  /// Paths may stand below `/v1` or not: tools differ in what they take for the base of the API.
  init(method: String, _ target: RequestTarget) throws(Missing) {
    let path = target.segments.first == "v1" ? target.segments.dropFirst() : target.segments[...]
    guard let methods = Self.methods(of: Array(path)) else { throw .path }
    let sought = method == "HEAD" ? "GET" : method
    guard let endpoint = methods.first(where: { $0.method == sought })?.endpoint else {
      throw .method(allowed: methods.map(\.method))
    }
    self = endpoint
  }

  /// The methods of a path; nil where nothing has it.
  private static func methods(of path: [String]) -> [(method: String, endpoint: Endpoint)]? {
    switch path.count {
    case 0: return [("GET", .status)]
    case 1:
      switch path[0] {
      case "responses": return [("POST", .responses(operation: "create", responseID: ""))]
      case "models": return [("GET", .models(name: nil))]
      case "healthz": return [("GET", .health)]
      case "readyz": return [("GET", .readiness)]
      case "metrics": return [("GET", .metrics)]
      case "status.json": return [("GET", .statusData)]
      default: return nil
      }
    default:
      if path == ["chat", "completions"] { return [("POST", .chatCompletions)] }
      if path[0] == "models" {
        return [("GET", .models(name: path.dropFirst().joined(separator: "/")))]
      }
      return path[0] == "responses" ? methods(ofResponses: path) : nil
    }
  }

  private static func methods(
    ofResponses path: [String]
  ) -> [(method: String, endpoint: Endpoint)]? {
    func operation(_ name: String, _ id: String = "") -> Endpoint {
      .responses(operation: name, responseID: id)
    }
    switch (path.count, path.last) {
    case (2, "input_tokens"): return [("POST", operation("input_tokens"))]
    case (2, "compact"): return [("POST", operation("compact"))]
    case (2, let id?): return [("GET", operation("get", id)), ("DELETE", operation("delete", id))]
    case (3, "cancel"): return [("POST", operation("cancel", path[1]))]
    case (3, "input_items"): return [("GET", operation("input_items", path[1]))]
    default: return nil
    }
  }

  /// A name for logs and measurements, of which there are only these few.
  var name: String {
    switch self {
    case .responses(let operation, _): "responses.\(operation)"
    case .chatCompletions: "chat.completions"
    case .models: "models"
    case .health: "healthz"
    case .readiness: "readyz"
    case .metrics: "metrics"
    case .status: "status"
    case .statusData: "status.json"
    }
  }

  /// Whether a model may have to answer.
  var asksModel: Bool {
    switch self {
    case .responses, .chatCompletions: true
    default: false
    }
  }

  /// Whether it belongs to the API and not to the gateway itself.
  var isOfAPI: Bool {
    if case .models = self { true } else { asksModel }
  }

  /// What is asked of a model, in OpenTelemetry's words; nil: nothing.
  ///
  /// - Source: https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/, the values of
  ///   `gen_ai.operation.name`.
  var operation: String? {
    switch self {
    case .responses("create", _), .chatCompletions: "chat"
    default: nil
    }
  }

  /// Whether anybody may ask: those who watch over processes have no token.
  var isOpen: Bool { self == .health || self == .readiness }
}
