import JSONText

private enum ErrorMember: String { case message, type, param, code, error }

extension ChatFailure {
  /// Reads an error object, or an event that has the error's members at its root.
  init(_ error: JSONValue?, isEvent: Bool = false, in source: JSONSource) {
    var fields: Fields<ErrorMember> = source.fields(error)
    // The schema has an event's error at the root; recorded streams have it below `error`.
    let isNested = isEvent && fields[.error]?.kind == .object
    if isNested { fields = source.fields(fields[.error]) }
    let code = Self.words(fields[.code], in: source)
    let type = isEvent && !isNested ? nil : Self.words(fields[.type], in: source)
    let message = Self.words(fields[.message], in: source)
    self.init(
      message: message ?? "The upstream failed and gave no reason.",
      type: type ?? Self.type(ofCode: code), param: Self.words(fields[.param], in: source),
      code: code)
  }

  /// What a field says, whatever it was written as.
  private static func words(_ value: JSONValue?, in source: JSONSource) -> String? {
    guard let value else { return nil }
    return source.string(value) ?? String(decoding: source.slice(value.range), as: UTF8.self)
  }

  /// The class of an error that has only a code.
  ///
  /// The codes are those of `types/responses/response_error.py` in
  /// <https://github.com/openai/openai-python>.
  private static func type(ofCode code: String?) -> String {
    guard let code else { return "server_error" }
    if code == "rate_limit_exceeded" { return "rate_limit_error" }
    let isCallers = code.hasPrefix("invalid_") || code.contains("image") || code == "bio_policy"
    return isCallers ? "invalid_request_error" : "server_error"
  }

  /// The failure of a response that holds no answer, by its status; nil where it holds one.
  init?(unlessAnswered response: Fields<ResponseMember>, in source: JSONSource) {
    switch source.string(response[.status]) {
    case "failed": self.init(response[.error], in: source)
    case "cancelled":
      self.init(
        message: "The response was cancelled.", type: "server_error", code: "cancelled")
    case "queued", "in_progress":
      self.init(
        message: "The response is not finished.", type: "server_error", code: "protocol_error")
    default: return nil
    }
  }

  /// What came is not what the protocol says.
  static func protocolError(_ message: String) -> ChatFailure {
    ChatFailure(message: message, type: "server_error", code: "protocol_error")
  }
}
