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
    self.init(Fields(of: object, in: text), in: text)
  }

  /// Reads an object of an unknown kind; nil where it is a list, a deletion or something else.
  init?(ofUnknown object: JSONValue, in text: Span<UInt8>) {
    let fields = Fields(of: object, in: text)
    guard fields.areOfResponse(in: text) else { return nil }
    self.init(fields, in: text)
  }

  private init(_ fields: Fields, in text: Span<UInt8>) {
    id = fields.id?.string(in: text)
    model = fields.model?.string(in: text)
    usage = fields.usage.flatMap { $0.kind == .object ? [UInt8](text, in: $0.range) : nil }
    state = State(of: fields, in: text)
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

extension ResponseObject {
  /// The members that are looked at, found in one walk; of duplicates the last.
  fileprivate struct Fields {
    private(set) var id: JSONValue?
    private(set) var model: JSONValue?
    private(set) var usage: JSONValue?
    private(set) var status: JSONValue?
    private(set) var error: JSONValue?
    private(set) var incompleteDetails: JSONValue?
    private(set) var object: JSONValue?
    private(set) var output: JSONValue?

    init(of object: JSONValue, in text: Span<UInt8>) {
      guard object.kind == .object else { return }
      var members = JSONMembers(of: object)
      while let member = members.next(in: text) {
        if member.isNamed("id", in: text) {
          id = member.value
        } else if member.isNamed("model", in: text) {
          model = member.value
        } else if member.isNamed("usage", in: text) {
          usage = member.value
        } else if member.isNamed("status", in: text) {
          status = member.value
        } else if member.isNamed("error", in: text) {
          error = member.value
        } else if member.isNamed("incomplete_details", in: text) {
          incompleteDetails = member.value
        } else if member.isNamed("object", in: text) {
          self.object = member.value
        } else if member.isNamed("output", in: text) {
          output = member.value
        }
      }
    }

    /// Whether they are those of a response.
    func areOfResponse(in text: Span<UInt8>) -> Bool {
      if let object { return object.isString("response", in: text) }
      return status?.kind == .string && output?.kind == .array
    }
  }
}

extension ResponseObject.State {
  fileprivate init(of fields: ResponseObject.Fields, in text: Span<UInt8>) {
    let status = fields.status?.string(in: text)
    let error = fields.error.flatMap { ResponseError($0, in: text) }
    switch status {
    case "failed": self = .failed(error)
    case "cancelled": self = .failed(error ?? .cancelled)
    case _ where error != nil: self = .failed(error)
    case "incomplete":
      self = .incomplete(
        reason: fields.incompleteDetails?.member("reason", in: text)?.string(in: text))
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
