public import TransportSDK

/// One row of a plugin's error table: what an upstream says, and what that means.
///
/// Codes and texts are compared in lower case. A row fits when its status does and one of its codes or
/// texts occurs, or when it has neither. The first row that fits decides.
public struct Refusal: Sendable {
  /// Which statuses a row is about.
  public enum Statuses: Sendable {
    /// Every one, and errors inside of a stream.
    case any
    /// These, and errors inside of a stream.
    case among([Int])
    /// These alone.
    case only([Int])
    /// Errors inside of a stream alone.
    case stream

    func includes(_ status: Int) -> Bool {
      switch self {
      case .any: true
      case .among(let list): status < 400 || list.contains(status)
      case .only(let list): list.contains(status)
      case .stream: status < 400
      }
    }
  }

  /// The statuses.
  public let statuses: Statuses
  /// The upstream's codes, types and inner codes.
  public let codes: [String]
  /// Parts of its text; `*` stands for anything.
  public let texts: [String]
  /// What it means.
  public let code: TransportFailure.Code
  /// What is to blame.
  public let scope: TransportFailure.Scope
  /// The likely cause, and what to do.
  ///
  /// `{endpoint}`, `{model}`, `{response}`, `{field}`, `{status}` and `{message}` are filled in; the
  /// last is the upstream's own text after a colon, or a full stop, and does not belong into a row
  /// about credentials: some upstreams quote a part of the key.
  public let words: String
  /// What in the provider entry caused it, RFC 6901, or empty.
  public let setting: String
  /// The value that would be right there, or empty.
  public let suggestion: String

  /// States a row.
  public init(
    _ statuses: Statuses = .any, codes: [String] = [], texts: [String] = [],
    means code: TransportFailure.Code, scope: TransportFailure.Scope, _ words: String,
    setting: String = "", suggestion: String = ""
  ) {
    self.statuses = statuses
    self.codes = codes
    self.texts = texts
    self.code = code
    self.scope = scope
    self.words = words
    self.setting = setting
    self.suggestion = suggestion
  }

  func fits(_ status: Int, _ body: ErrorBody, lowercasedMessage message: String) -> Bool {
    guard statuses.includes(status) else { return false }
    if codes.isEmpty, texts.isEmpty { return true }
    return codes.contains { body.names.contains($0) }
      || texts.contains { Self.occurs($0, in: message) }
  }

  private static func occurs(_ pattern: String, in message: String) -> Bool {
    var rest = message[...]
    for word in pattern.split(separator: "*") {
      guard let range = rest.firstRange(of: word) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
