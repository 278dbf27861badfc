import ArgumentParser
import ProcessIO
import TransportHost

/// What `call` and `explain` ask, alike.
struct RequestArguments: ParsableArguments {
  @Argument(
    help: "A name under models. It replaces the model of a whole request.",
    completion: .custom(ModelNames.completions))
  var model: String?

  @Argument(
    help: "The question; - or nothing reads a whole request as JSON from standard input.")
  var text: String?

  @OptionGroup var configuration: ConfigurationOption

  @Option(help: "What to ask: \(OperationName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var operation: OperationName = .create

  @Option(
    name: .customLong("response-id"),
    help: ArgumentHelp("The stored response that the operation is about.", valueName: "id"))
  var responseID: String?

  @Option(help: ArgumentHelp("A pair for the URL's query; repeatable.", valueName: "name=value"))
  var query: [QueryPair] = []

  @Option(
    help: ArgumentHelp(
      "Ask this provider: the model's target on it, else the model as written.", valueName: "id"))
  var provider: String?

  @Option(
    help: ArgumentHelp(
      "A header of the client, for routes and affinity; it is not sent. Repeatable.",
      valueName: "name=value"))
  var header: [QueryPair] = []

  @Option(
    help: ArgumentHelp(
      "What the whole call may take, as 20s; timeouts.total allows at most.", valueName: "duration"
    ))
  var timeout: DurationArgument?

  @Option(
    name: .customLong("max-retries"),
    help: ArgumentHelp("The most retries at one target, at most those of the file.", valueName: "n")
  )
  var maxRetries: Int?

  @Flag(name: .customLong("no-fallbacks"), help: "Ask no other model when this one cannot serve.")
  var isWithoutFallbacks = false

  @Flag(name: .customLong("no-stream"), help: "Ask for a whole answer instead of a stream.")
  var isWhole = false

  @Flag(
    name: .customLong("events"), help: "Ask for a stream and print each event's data on a line.")
  var isEvents = false

  func validate() throws {
    if isWhole, isEvents {
      throw ValidationError("--events asks for a stream and --no-stream for none.")
    }
    if operation.needsResponseID, responseID?.isEmpty != false {
      throw ValidationError("The operation \(operation.rawValue) needs --response-id.")
    }
    if !operation.hasBody, input != .none {
      throw ValidationError("The operation \(operation.rawValue) takes no TEXT.")
    }
  }

  /// The request, its body read from where the arguments say.
  func request() throws(CommandFailure) -> CallRequest {
    var request = CallRequest(
      operation: operation.rawValue, model: name, provider: provider,
      responseID: responseID ?? "", query: query.map { ($0.name, $0.value) }, isStream: isStream)
    request.headers = header.map { ($0.name, $0.value) }
    request.limits.total = timeout?.value
    request.limits.maxRetries = maxRetries
    request.limits.allowsFallbacks = !isWithoutFallbacks
    guard operation.hasBody else { return request }
    request.body = try body()
    return request
  }

  // MARK: - The two operands

  /// What the second operand is.
  private enum Input: Equatable {
    case none
    case text(String)
    case standardInput
  }

  /// A `-` alone is the text, not a model.
  private var input: Input {
    if model == "-", text == nil { return .standardInput }
    return text.map { $0 == "-" ? .standardInput : .text($0) } ?? .none
  }

  private var name: String? { model == "-" && text == nil ? nil : model }

  /// Nil: as the body says.
  private var isStream: Bool? {
    guard operation == .create else { return nil }
    return isWhole ? false : isEvents ? true : nil
  }

  private func body() throws(CommandFailure) -> [UInt8] {
    switch input {
    case .text(let text): return plain(text)
    case .standardInput: return try standardInput()
    case .none:
      guard !Stream.input.isTerminal else {
        throw .usage(
          "there is nothing to send. Write the question behind the model, as in: jackfield call"
            + " \(name ?? "MODEL") \"Hello\"; or pipe a whole request as JSON into standard input.")
      }
      return try standardInput()
    }
  }

  /// A question becomes a request; only a create can be streamed.
  private func plain(_ text: String) -> [UInt8] {
    var body = JSONWriter()
    body.object { request in
      request.member("model", name)
      request.member("input", text)
      if operation == .create { request.member("stream", isStream ?? true) }
    }
    return body.bytes
  }

  private func standardInput() throws(CommandFailure) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try Stream.input.readToEnd() } catch {
      throw .usage("standard input cannot be read: \(error).")
    }
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard let first else {
      throw .usage(
        "standard input is empty. It is read for a whole request as JSON; a question stands"
          + " behind the model.")
    }
    guard first == UInt8(ascii: "{") else {
      throw .usage(
        "standard input is no JSON object. It is read for a whole request; a question in plain"
          + " text stands behind the model, as in: jackfield call \(name ?? "MODEL") \"$(cat)\".")
    }
    return bytes
  }
}
