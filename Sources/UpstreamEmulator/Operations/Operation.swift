/// What a request asks for, once its path is understood.
enum Operation: Sendable, Hashable {
  case create
  case read(String)
  case delete(String)
  case cancel(String)
  case inputItems(String)
  case inputTokens
  case compact
  case models
  case model(String)
}

/// An operation, and what else the path says.
struct Route: Sendable {
  let operation: Operation
  let setting: RequestSetting
}

/// Finds the operation behind a method, a path and a query; each upstream has its own rules.
struct Router: Sendable {
  let upstream: EmulatedUpstream
  var quirks: [Quirk] = []

  func route(of request: HTTPRequest) throws(Refusal) -> Route {
    guard let segments = request.pathSegments else { throw notFound(request) }
    var setting = RequestSetting()
    setting.namesImageDeployment =
      request.header("x-ms-oai-image-generation-deployment")?.isEmpty == false
    let rest: ArraySlice<String>
    switch upstream {
    case .openai: rest = try openAI(segments, request)
    case .azureOpenAI: rest = try azureOpenAI(segments, request, &setting)
    case .azureFoundry: rest = try foundry(segments, request, &setting)
    }
    return Route(operation: try operation(Array(rest), request, setting), setting: setting)
  }

  private func openAI(
    _ segments: [String], _ request: HTTPRequest
  ) throws(Refusal) -> ArraySlice<String> {
    guard segments.first == "v1" else { throw notFound(request) }
    return segments.dropFirst()
  }

  private func azureOpenAI(
    _ segments: [String], _ request: HTTPRequest, _ setting: inout RequestSetting
  ) throws(Refusal) -> ArraySlice<String> {
    guard segments.first == "openai" else { throw notFound(request) }
    let version = request.queryValue("api-version")
    guard segments.dropFirst().first == "v1" else {
      // A path that carries a deployment has no `/responses` below it, whatever the version.
      guard let version, APIVersion(version)?.hasResponses ?? false else {
        throw notFound(request)
      }
      setting.isDated = true
      return segments.dropFirst()
    }
    if quirks.has(.refuseVersion), version != nil { throw versionNotAllowed }
    guard version == nil || version == "v1" || version == "preview" else {
      throw .gateway(400, code: "BadRequest", "API version not supported")
    }
    return segments.dropFirst(2)
  }

  private func foundry(
    _ segments: [String], _ request: HTTPRequest, _ setting: inout RequestSetting
  ) throws(Refusal) -> ArraySlice<String> {
    guard segments.count > 3, segments[0] == "api", segments[1] == "projects",
      !segments[2].isEmpty
    else { throw notFound(request) }
    let version = request.queryValue("api-version")
    guard segments[3] == "openai" else {
      setting.isOfAgent = true
      return try agent(segments.dropFirst(3), request, version: version)
    }
    let rest = segments.dropFirst(4)
    guard rest.first == "v1" else {
      guard let version, !version.isEmpty else {
        throw versionMissing
      }
      guard APIVersion(version)?.hasResponses ?? false else {
        throw .gateway(400, code: "BadRequest", "API version not supported")
      }
      setting.isDated = true
      return rest
    }
    setting.hasNeedlessVersion = version != nil
    guard version == nil || quirks.has(.versionBreaksCalls) else { throw versionNotAllowed }
    return rest.dropFirst()
  }

  private var versionNotAllowed: Refusal {
    .gateway(
      400, code: "BadRequest",
      "api-version query parameter is not allowed when using /v1 path")
  }

  // Source: hosted agents take `v1` and published applications one preview; both demand it.
  private func agent(
    _ segments: ArraySlice<String>, _ request: HTTPRequest, version: String?
  ) throws(Refusal) -> ArraySlice<String> {
    let segments = Array(segments)
    let routes = [
      ("agents", ["endpoint", "protocols", "openai"], "v1"),
      ("applications", ["protocols", "openai"], "2025-11-15-preview"),
    ]
    for (kind, path, wanted) in routes
    where segments.count > path.count + 2 && segments[0] == kind && !segments[1].isEmpty
      && Array(segments[2..<path.count + 2]) == path
    {
      guard let version else { throw versionMissing }
      guard version == wanted else {
        throw .gateway(400, code: "BadRequest", "API version not supported")
      }
      return segments.dropFirst(path.count + 2)
    }
    throw notFound(request)
  }

  private var versionMissing: Refusal {
    .gateway(
      400, code: "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.")
  }

  private func operation(
    _ segments: [String], _ request: HTTPRequest, _ setting: RequestSetting
  ) throws(Refusal) -> Operation {
    if segments == ["chat", "completions"], upstream == .azureFoundry {
      throw .gateway(400, code: "OperationNotSupported", "unsupported operation")
    }
    let found: (method: String, operation: Operation)?
    switch (segments.first, segments.dropFirst().first, segments.count) {
    case ("models", _, 1) where upstream != .azureFoundry: found = ("GET", .models)
    case ("models", let name?, 2) where upstream != .azureFoundry: found = ("GET", .model(name))
    case ("responses", _, 1): found = ("POST", .create)
    case ("responses", "input_tokens", 2) where upstream == .openai:
      found = ("POST", .inputTokens)
    case ("responses", "compact", 2) where upstream == .azureOpenAI && setting.isDated:
      // As reported of the preview's path; the v1 path has it.
      throw .gateway(
        500, code: "InternalServerError", "The server had an error processing your request.")
    case ("responses", "compact", 2) where upstream != .azureFoundry: found = ("POST", .compact)
    case ("responses", let id?, 2) where !id.isEmpty:
      found = request.method == "DELETE" ? ("DELETE", .delete(id)) : ("GET", .read(id))
    case ("responses", let id?, 3) where segments[2] == "cancel": found = ("POST", .cancel(id))
    case ("responses", let id?, 3) where segments[2] == "input_items":
      found = ("GET", .inputItems(id))
    default: found = nil
    }
    guard let found else { throw notFound(request) }
    guard found.method == request.method else { throw wrongMethod(request) }
    return found.operation
  }

  func notFound(_ request: HTTPRequest) -> Refusal {
    guard upstream.isAzure else {
      let path = request.target.prefix { $0 != "?" }
      return .invalid("Invalid URL (\(request.method) \(path))", status: 404)
    }
    return .gateway(404, code: "404", "Resource not found")
  }

  private func wrongMethod(_ request: HTTPRequest) -> Refusal {
    guard upstream.isAzure else {
      return .invalid(
        "Method not allowed. \(request.method) is not supported here.",
        code: "method_not_supported", status: 405)
    }
    return .gateway(405, code: "405", "Method not allowed")
  }
}

/// A dated API version: a day, and perhaps `-preview`.
struct APIVersion {
  let day: String

  init?(_ text: String) {
    let day = text.hasSuffix("-preview") ? String(text.dropLast("-preview".count)) : text
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    self.day = day
  }

  /// Source: the first version with Responses was the preview of 1 March 2025.
  var hasResponses: Bool { day >= "2025-03-01" }
}
