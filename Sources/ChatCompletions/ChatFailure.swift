/// A failure in the shape that Chat Completions clients read.
public struct ChatFailure: Error, Sendable, Hashable {
  /// What happened, for a person.
  public let message: String
  /// The class of the error, such as `server_error`.
  public let type: String
  /// The member that is to blame; nil where none is.
  public let param: String?
  /// The error's stable word; nil where there is none.
  public let code: String?

  /// Names a failure.
  ///
  /// - Parameters:
  ///   - message: What happened, for a person.
  ///   - type: The class of the error.
  ///   - param: The member that is to blame.
  ///   - code: The error's stable word.
  public init(message: String, type: String, param: String? = nil, code: String? = nil) {
    self.message = message
    self.type = type
    self.param = param
    self.code = code
  }

  /// `{"error": {message, type, param, code}}`, on one line.
  public var body: [UInt8] {
    var out = JSONOutput(capacity: message.utf8.count + 96)
    out.openObject()
    out.key("error")
    out.openObject()
    for (name, value) in [
      ("message", message), ("type", type), ("param", param), ("code", code),
    ] as [(String, String?)] {
      out.key(name)
      if let value { out.string(value) } else { out.literal("null") }
    }
    out.closeObject()
    out.closeObject()
    return out.bytes
  }
}
