import JSONText

/// What a JSON object says of the response it stands for.
struct ResponseObject {
  /// What follows from the object's status.
  enum State {
    case completed
    /// The status is `queued` or `in_progress`.
    case pending
    case incomplete(reason: String?)
    /// The error is nil where the object does not tell.
    case failed(ResponseError?)
  }

  let state: State
  let id: String?
  let model: String?
  /// The usage object in JSON.
  let usage: [UInt8]?

  init(_ object: JSONValue, in text: Span<UInt8>) {
    id = object.member("id", in: text)?.string(in: text)
    model = object.member("model", in: text)?.string(in: text)
    let usage = object.member("usage", in: text)
    self.usage = usage?.kind == .object ? usage.map { [UInt8](text, in: $0.range) } : nil
    state = State(of: object, in: text)
  }

  /// Whether `object` is a response and not a list, a deletion or something else.
  static func isResponse(_ object: JSONValue, in text: Span<UInt8>) -> Bool {
    if let name = object.member("object", in: text) { return name.isString("response", in: text) }
    return object.member("status", in: text)?.kind == .string
      && object.member("output", in: text)?.kind == .array
  }

  /// The response object `text` with the status `failed` and `error` in it.
  static func failed(_ text: Span<UInt8>, with error: ResponseError) -> [UInt8] {
    guard let index = try? JSONText.index(text) else { return [] }
    var edit = JSONObjectEdit(index.root, members: index.members)
    edit.set("status", to: JSONEscape.literal("failed"), in: text)
    edit.set("error", to: error.literal, in: text)
    return edit.bytes(of: text)
  }
}

extension ResponseObject.State {
  fileprivate init(of object: JSONValue, in text: Span<UInt8>) {
    let status = object.member("status", in: text)?.string(in: text)
    let error = object.member("error", in: text).flatMap { ResponseError($0, in: text) }
    switch status {
    case "failed": self = .failed(error)
    case "cancelled": self = .failed(error ?? .cancelled)
    case _ where error != nil: self = .failed(error)
    case "incomplete":
      let details = object.member("incomplete_details", in: text)
      self = .incomplete(reason: details?.member("reason", in: text)?.string(in: text))
    case "queued", "in_progress": self = .pending
    default: self = .completed
    }
  }
}

extension ResponseError {
  static var cancelled: ResponseError {
    ResponseError(code: "cancelled", message: "the upstream cancelled the response")
  }

  /// Stands where the upstream reported a failure and nothing about it.
  static var untold: ResponseError {
    ResponseError(
      code: "upstream_failed", message: "the upstream reported a failure and gave no reason")
  }
}
