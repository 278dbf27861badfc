/// What a token flow wants next, checked against the contract.
struct FlowStep: Sendable {
  /// What it wants.
  enum Want: Sendable {
    /// An effect: its number, its argument, and for an HTTP effect the exchange.
    case effect(Int32, argument: String, FlowExchange)
    /// Nothing more: where the token stands in what the last effect gave, and how long it is good.
    case token(pointer: String, lifetime: Duration?, renewal: Duration?)
    /// Nothing more: there will be no token, or the plugin broke the contract.
    case failure(ReportedFailure)
  }

  /// What it wants.
  let want: Want
  /// How sources of a chain fared since the step before.
  let sources: [CredentialStatus.Source]
}

/// An HTTP exchange as a token flow describes it.
struct FlowExchange: Sendable {
  /// A header; the secret of a handle other than 0 ends its value.
  struct Header: Sendable {
    let name: String
    let value: String
    let credential: UInt64
  }

  /// A part of the body.
  enum Piece: Sendable {
    /// Bytes as they are.
    case literal([UInt8])
    /// The secret of a handle, in one of the ABI's encodings.
    case credential(UInt64, encoding: Int32)
  }

  /// `GET` or `POST`.
  var method = ""
  /// Absolute.
  var url = ""
  /// In wire order.
  var headers: [Header] = []
  /// The body's parts; empty: no body.
  var body: [Piece] = []

  /// What the contract forbids in it; nil: nothing.
  var breach: String? {
    if method.isEmpty || url.isEmpty { return "its token flow stated no method or no URL" }
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return "its URL holds a space, a control character or what must be percent-encoded"
    }
    return URLAuthority(of: url) == nil
      ? "its URL is not absolute http or https, or it has user information" : nil
  }
}

/// What an effect gave.
struct EffectOutcome: Sendable {
  /// HTTP status, exit code, or 1 and 0 for there and not there.
  var status: Int32 = 0
  /// Lower-case names with their values.
  var headers: [(name: String, value: String)] = []
  /// What was read.
  var body: [UInt8] = []
  /// The handle of a secret that was taken into keeping, or 0.
  var credential: UInt64 = 0
  /// Why the effect was not performed, or empty.
  var problem = ""

  /// An effect that was not performed.
  static func problem(_ words: String) -> EffectOutcome { EffectOutcome(problem: words) }
}
