public import TransportSDK

/// One row of a plugin's error table: what an upstream says, and what that means.
///
/// Codes and texts are compared in lower case. A row fits when its status and its circumstance do and
/// one of its codes or texts occurs, or when it has neither. The first row that fits decides.
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

  /// What else must be so for a row to fit.
  public enum Circumstance: Sendable {
    /// Nothing.
    case always
    /// The endpoint's path has one of these shapes.
    case path([PathFamily])
    /// The operation reads, deletes or cancels one stored response, or lists its items.
    case stored
    /// The request named a previous response.
    case chained
    /// The operation is another than making a response.
    case notCreating
    /// The field that is blamed begins with this.
    case blaming(String)
  }

  /// What a later attempt may change.
  public enum Remedy: Sendable {
    /// The field that is blamed goes, if it is optional.
    case dropField
    /// Reasoning stays in the newest turn alone; where it does already, it goes.
    case keepNewestReasoning
    /// Reasoning goes.
    case dropReasoning
    /// The query loses its version.
    case dropVersion
    /// Everything stands in the input itself.
    case replayInline
    /// The same; where that was done, reasoning goes.
    case replayWithoutOrphans
    /// Items go for which the chain stands.
    case dropDuplicates
  }

  /// The statuses.
  public let statuses: Statuses
  /// What else must be so.
  public let circumstance: Circumstance
  /// The upstream's codes, types and inner codes.
  public let codes: [String]
  /// Parts of its text; `*` stands for anything.
  public let texts: [String]
  /// What it means.
  public let code: TransportFailure.Code
  /// What is to blame.
  public let scope: TransportFailure.Scope
  /// Whether the same request may succeed later, where the code does not say it.
  public let retry: TransportFailure.Retry
  /// What a later attempt may change.
  public let remedy: Remedy?
  /// The likely cause, and what to do.
  ///
  /// Filled in are `{endpoint}` (its authority), `{place}` (what people call it: the resource, the
  /// project), `{model}`, `{id}` (what was not found), `{field}`, `{audience}`, `{status}` and
  /// `{message}`. The last is the upstream's own text after a colon, or a full stop; it does not belong
  /// into a row about credentials, since some upstreams quote a part of the key.
  public let words: String
  /// What in the provider entry caused it, RFC 6901, or empty.
  public let setting: String
  /// The value that would be right there, or empty.
  public let suggestion: String
  /// Whether the way to the path that ends in `v1` stands in the place of both, where there is one.
  public let leadsToV1: Bool

  /// States a row.
  public init(
    _ statuses: Statuses = .any, when circumstance: Circumstance = .always, codes: [String] = [],
    texts: [String] = [], means code: TransportFailure.Code, scope: TransportFailure.Scope,
    retry: TransportFailure.Retry = .unsaid, remedy: Remedy? = nil, _ words: String,
    setting: String = "", suggestion: String = "", leadsToV1: Bool = false
  ) {
    self.statuses = statuses
    self.circumstance = circumstance
    self.codes = codes
    self.texts = texts
    self.code = code
    self.scope = scope
    self.retry = retry
    self.remedy = remedy
    self.words = words
    self.setting = setting
    self.suggestion = suggestion
    self.leadsToV1 = leadsToV1
  }
}
