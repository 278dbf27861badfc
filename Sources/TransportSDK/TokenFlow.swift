/// Obtains a token, as a machine without I/O: it names an effect, the host performs it, and it goes on
/// from what that gave.
///
/// The host keeps the token, renews it, and lets many calls share one run. A flow that is abandoned is
/// simply released.
public protocol TokenFlow: AnyObject {
  /// Goes one step.
  ///
  /// - Parameters:
  ///   - result: What the last effect gave; nil at the first step.
  ///   - report: Takes how the sources of a chain fared, for people.
  /// - Returns: The next effect, or where in `result` the token stands. After 64 steps the host gives
  ///   up.
  /// - Throws: ``TransportFailure`` when there will be no token; its `pointer` points into the
  ///   credential (`/entra/tenant`).
  func step(
    after result: EffectResult?, report: inout TokenReport
  ) throws(TransportFailure) -> TokenStep
}

/// What a flow wants next.
public enum TokenStep: Sendable {
  /// An effect, and then another step.
  case needs(TokenEffect)
  /// Nothing any more: the token is there.
  case done(IssuedToken)
}

/// Something that only the host can do.
public enum TokenEffect: Sendable {
  /// An HTTP exchange; gives status, headers and body.
  case http(TokenRequest)
  /// Reads an environment variable that is no secret; gives its value as the body, and status 1, or 0
  /// where it is unset or empty.
  case variable(String)
  /// Reads a file that is no secret; gives its content.
  case readFile(String)
  /// Takes a secret into the host's keeping; gives a handle, and status 1, or 0 where it is not there.
  case secret(SecretSource)
  /// Runs a program, without a shell; gives its exit code as the status and its standard output.
  case execute([String])
  /// Waits.
  case sleep(Duration)
  /// Signs a text with the private key of a PEM secret; gives the signature.
  case sign(SignatureAlgorithm, key: CredentialHandle, input: String)
  /// Gives the certificates of a PEM secret as PEM, without its keys.
  case certificate(CredentialHandle)
}

/// Where a secret is, for the host to read.
public enum SecretSource: Sendable, Hashable {
  /// An environment variable.
  case variable(String)
  /// A file, absolute or relative to the configuration.
  case file(String)
}

/// How a text is signed.
public enum SignatureAlgorithm: String, Sendable {
  /// RSASSA-PSS with SHA-256 (RFC 7518, section 3.5).
  case ps256 = "PS256"
  /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).
  case rs256 = "RS256"
}

/// An HTTP exchange of a flow.
public struct TokenRequest: Sendable {
  /// A part of the body.
  public enum Piece: Sendable {
    /// Bytes as they are.
    case text(String)
    /// A secret, encoded.
    case credential(CredentialHandle, SecretEncoding)
  }

  /// How a secret is written into a body.
  public enum SecretEncoding: Int32, Sendable {
    /// As it is.
    case raw = 0
    /// As in `application/x-www-form-urlencoded`.
    case form
    /// Escaped for a JSON string, without its quotes.
    case jsonString
  }

  /// `GET` or `POST`.
  public var method: String
  /// The absolute URL.
  public var url: String
  /// Headers in wire order, lower-case names; a credential ends its header's value.
  public var headers: [ExchangeDraft.Header]
  /// The body; empty: none.
  public var body: [Piece]
  /// How long the whole exchange may take; nil: as long as the host allows.
  public var timeout: Duration?
  /// Whether a proxy of the environment is used.
  public var usesProxy: Bool

  /// States an exchange.
  public init(
    _ method: String, _ url: String, headers: [ExchangeDraft.Header] = [], body: [Piece] = [],
    timeout: Duration? = nil, usesProxy: Bool = true
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.usesProxy = usesProxy
  }
}

/// What an effect gave.
public struct EffectResult: Sendable {
  /// HTTP status, exit code, or 1 and 0 for there and not there.
  public let status: Int
  /// Lower-case names with their values.
  public let headers: [(name: String, value: String)]
  /// What was read.
  public let body: [UInt8]
  /// The secret that was taken into keeping, or nil.
  public let credential: CredentialHandle?
  /// Why the effect could not be performed, or empty.
  public let problem: String

  /// States a result; for tests and for the entry code.
  public init(
    status: Int = 0, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    credential: CredentialHandle? = nil, problem: String = ""
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.credential = credential
    self.problem = problem
  }

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }
}

/// Where the token stands in the last result, and how long it lasts.
public struct IssuedToken: Sendable, Hashable {
  /// RFC 6901 into the last result's body; empty: the whole text.
  public let pointer: String
  /// How long it is valid; nil: unknown.
  public let lifetime: Duration?
  /// After what time the issuer wants it renewed; nil: not said.
  public let renewal: Duration?

  /// States where a token stands.
  public init(at pointer: String, lifetime: Duration?, renewal: Duration? = nil) {
    self.pointer = pointer
    self.lifetime = lifetime
    self.renewal = renewal
  }
}

/// How the sources of a chain fared.
public struct TokenReport: Sendable {
  /// How one fared.
  public enum Outcome: Int32, Sendable {
    /// Not set up on this machine.
    case skipped = 1
    /// Set up, and gave no token.
    case failed
    /// It gives the token, or is about to be asked for it.
    case chosen
  }

  /// One source.
  public struct Source: Sendable, Hashable {
    /// Its name in the configuration.
    public let name: String
    /// How it fared.
    public let outcome: Outcome
    /// Why, in words.
    public let reason: String
  }

  /// The sources, in the order in which they were tried.
  public private(set) var sources: [Source] = []

  /// An empty report.
  public init() {}

  /// Says how a source fared.
  public mutating func source(_ name: String, _ outcome: Outcome, _ reason: String) {
    sources.append(Source(name: name, outcome: outcome, reason: reason))
  }
}

/// What a credential means for one instance.
public struct TokenFacts: Sendable, Hashable {
  /// The scope of a token for this instance.
  public let scope: String
  /// How long before its end a token is renewed; nil: the host chooses.
  public let refreshBefore: Duration?

  /// States the facts.
  public init(scope: String, refreshBefore: Duration? = nil) {
    self.scope = scope
    self.refreshBefore = refreshBefore
  }
}
