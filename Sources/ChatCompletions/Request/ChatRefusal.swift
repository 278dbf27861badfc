import JSONText

/// Why a Chat Completions request cannot be sent as a Responses request.
public struct ChatRefusal: Error, Sendable, Hashable {
  /// The kind of defect; the raw value is a stable word.
  public enum Reason: String, Sendable, CaseIterable {
    /// The body is not JSON.
    case notJSON = "invalid_json"
    /// A value has another type than the API says.
    case wrongType = "invalid_type"
    /// A value of the right type that is not allowed.
    case wrongValue = "invalid_value"
    /// A member that must be there is not.
    case missing = "missing_required_parameter"
    /// A member stands twice, so that nobody knows which one is meant.
    case duplicate = "duplicate_parameter"
    /// Two members contradict each other.
    case conflict = "conflicting_parameters"
    /// The value is fine in Chat Completions and has no counterpart, and without it the answer would be
    /// another one.
    case unsupported = "unsupported_parameter"
  }

  /// The kind of defect.
  public let reason: Reason
  /// Where it is: an RFC 6901 pointer into the caller's body, empty for the whole of it.
  public let param: String
  /// What is wrong, and why; a sentence without a value of the request in it.
  public let message: String
  /// What to do; a sentence.
  public let remedy: String

  /// The refusal as the body of an error answer: `{"error": {message, type, param, code}}`.
  public var body: [UInt8] {
    ChatFailure(
      message: "\(message) \(remedy)", type: "invalid_request_error",
      param: param.isEmpty ? nil : param, code: reason.rawValue
    ).body
  }
}

extension ChatRefusal: CustomStringConvertible {
  /// Pointer, message and remedy in one line.
  public var description: String {
    param.isEmpty ? "\(message) \(remedy)" : "\(param): \(message) \(remedy)"
  }
}
