import JSONText

/// One provider entry, as far as a transport may know it.
public struct TransportSettings: Sendable {
  /// How a credential is presented.
  public enum Authentication: Sendable, Hashable {
    /// No credential is sent.
    case none
    /// The transport chooses how its upstream wants a key.
    case key
    /// `authorization: Bearer …`.
    case bearer
    /// A header of this lower-case name holds the bare secret.
    case header(String)
  }

  /// What the provider does about responses that the upstream stores.
  public enum State: String, Sendable {
    /// Nothing is added.
    case asSent = "as_sent"
    /// `store: false` and the encrypted reasoning are asked for.
    case stateless
    /// `store: true` is asked for.
    case stored
  }

  /// What happens to a field that the target is known to refuse.
  public enum UnsupportedPolicy: String, Sendable {
    /// It is taken out, and reported.
    case drop
    /// The request is refused before it is sent.
    case error
    /// It is sent untouched.
    case pass
  }

  /// The provider id, for messages.
  public let provider: String
  /// `base_url` as written, or empty.
  public let baseURL: String
  /// The entries of `options`, by name.
  public let options: [String: String]
  /// How the credential is presented.
  public let authentication: Authentication
  /// `state`.
  public let state: State
  /// `params.unsupported`.
  public let unsupported: UnsupportedPolicy
  /// Whether plain http is allowed to hosts other than loopback.
  public let allowsHTTP: Bool
  /// What the host lends.
  public let host: HostServices

  /// States an entry; for tests and for the entry code.
  public init(
    provider: String, baseURL: String = "", options: [String: String] = [:],
    authentication: Authentication = .key, state: State = .asSent,
    unsupported: UnsupportedPolicy = .drop, allowsHTTP: Bool = false, host: HostServices = .none
  ) {
    self.provider = provider
    self.baseURL = baseURL
    self.options = options
    self.authentication = authentication
    self.state = state
    self.unsupported = unsupported
    self.allowsHTTP = allowsHTTP
    self.host = host
  }
}

/// Thrown by a transport's initializer after it reported what is wrong.
public struct SettingsRefused: Error {
  /// Refuses the settings.
  public init() {}
}

/// Collects what is wrong with a provider entry, each with its place.
public struct SettingsReport: Sendable {
  /// One finding.
  public struct Finding: Sendable, Hashable {
    /// RFC 6901, into the provider entry: `/options/api`.
    public let pointer: String
    /// Why, and what to do.
    public let message: String
    /// The value that would be right, or empty.
    public let suggestion: String
  }

  /// What makes the entry unusable.
  public private(set) var failures: [Finding] = []
  /// What was adjusted.
  public private(set) var warnings: [Finding] = []

  /// An empty report.
  public init() {}

  /// Reports a problem that makes the entry unusable.
  public mutating func fail(_ pointer: String, _ message: String, suggestion: String = "") {
    failures.append(Finding(pointer: pointer, message: message, suggestion: suggestion))
  }

  /// Reports something that was adjusted.
  public mutating func warn(_ pointer: String, _ message: String, suggestion: String = "") {
    warnings.append(Finding(pointer: pointer, message: message, suggestion: suggestion))
  }

  /// Ends an initializer that found problems.
  ///
  /// - Throws: ``SettingsRefused`` when a failure was reported.
  public func check() throws(SettingsRefused) {
    if !failures.isEmpty { throw SettingsRefused() }
  }
}

/// What the host must know of an instance.
public struct EndpointFacts: Sendable, Hashable {
  /// The base that operations are joined to, for people.
  public let endpoint: String
  /// Hosts that exchanges may go to; the host refuses every other.
  public let allowedHosts: [String]
  /// Lower-case names of headers in which a credential is placed.
  public let credentialHeaders: [String]
  /// Lower-case names of response headers that identify a request at the upstream.
  public let requestIDHeaders: [String]
  /// Who can read the ids and ciphertexts of this upstream.
  public let stateBoundary: String
  /// How long after its making stored state may not be readable yet; zero: it is readable at once.
  public let stateLag: Duration

  /// States the facts.
  public init(
    endpoint: String, allowedHosts: [String], credentialHeaders: [String] = ["authorization"],
    requestIDHeaders: [String] = ["x-request-id"], stateBoundary: String = "",
    stateLag: Duration = .zero
  ) {
    self.endpoint = endpoint
    self.allowedHosts = allowedHosts
    self.credentialHeaders = credentialHeaders
    self.requestIDHeaders = requestIDHeaders
    self.stateBoundary = stateBoundary
    self.stateLag = stateLag
  }
}
