/// A request that somebody says works.
///
/// It holds no values of credential headers.
public struct SampleRequest: Sendable {
  /// The method.
  public let method: String
  /// The URL as written.
  public let url: String
  /// Lower-case names of the headers.
  public let headerNames: [String]
  /// Whether an `authorization` header began with `Bearer `.
  public let isBearer: Bool

  /// States a sample; for tests and for the entry code.
  public init(method: String, url: String, headerNames: [String], isBearer: Bool) {
    self.method = method
    self.url = url
    self.headerNames = headerNames
    self.isBearer = isBearer
  }
}

/// The provider entry that makes a request, and how sure the transport is.
public struct Recognition: Sendable, Hashable {
  /// 1 to 100.
  public var confidence: Int
  /// Why, in plain words.
  public var reason: String
  /// `base_url`, or nil when options say it.
  public var baseURL: String?
  /// Entries of `options`.
  public var options: [String: String]
  /// How the credential is presented; nil: the request carries none.
  public var authentication: TransportSettings.Authentication?
  /// The model or deployment, or nil.
  public var model: String?
  /// The variable that usually holds such a credential.
  public var variable: String
  /// What the URL asks.
  public var operation: Operation
  /// The response that it is about, or empty.
  public var responseID: String

  /// A recognition; the rest is set as it is found.
  public init(
    confidence: Int, reason: String, variable: String, operation: Operation = .create,
    responseID: String = ""
  ) {
    self.confidence = confidence
    self.reason = reason
    self.baseURL = nil
    self.options = [:]
    self.authentication = nil
    self.model = nil
    self.variable = variable
    self.operation = operation
    self.responseID = responseID
  }
}
