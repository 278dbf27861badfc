internal import Routing

/// What one attempt failed with.
struct AttemptFailure: Sendable {
  /// The error, as the caller would see it.
  var error: CallError
  private let details: Indirect<ReportedFailure>?
  /// Whether it is about the secret and not about what was sent: who gives tokens keeps its own
  /// distance between tries.
  var isOfCredential = false
  /// Whether the same attempt would fail alike.
  var isLasting = false
  /// Whether the request was sent and nothing is known of what came of it.
  var isInDoubt = false

  init(_ error: CallError, reported: ReportedFailure? = nil) {
    self.error = error
    details = reported.map(Indirect.init)
  }

  /// What the transport says of it; nil for what the engine or the host found.
  var reported: ReportedFailure? { details?.value }
}

extension CallFailure {
  /// A failure in the words of the machine that decides what follows.
  ///
  /// - Parameters:
  ///   - failure: The failure.
  ///   - status: The HTTP status; nil where none came.
  ///   - mending: What may mend it.
  init(_ failure: AttemptFailure, status: Int?, mending: FailedAttempt? = nil) {
    let error = failure.error
    guard !failure.isOfCredential else {
      let cause = FailureCause(error.code)
      let isUnusable = cause == .unusable || cause == .cancelled
      self.init(isUnusable ? cause : .credential, blaming: .credential)
      return
    }
    let reset = error.rateLimits.filter { $0.remaining == 0 }.compactMap(\.reset).max()
    let scope = failure.reported.map { FailureScope($0.scope) } ?? FailureScope(found: error.code)
    self.init(
      FailureCause(error.code), blaming: scope, status: status,
      hint: failure.isLasting ? .no : failure.reported.map { Hint($0.retry) } ?? .unsaid,
      retryAfter: error.retryAfter ?? (error.code == .quotaExhausted ? reset : nil),
      mayBeDone: failure.isInDoubt || Self.isInDoubt(error.code), mending: mending)
  }

  /// Whether what was asked may have been done: it took too long, or its answer broke.
  private static func isInDoubt(_ code: ErrorCode) -> Bool {
    switch code {
    case .timeoutFirstEvent, .timeoutIdle, .timeoutAttempt, .streamTruncated: true
    default: false
    }
  }
}

extension CallFailure.Hint {
  fileprivate init(_ retry: ReportedFailure.Retry) {
    self =
      switch retry {
      case .unsaid: .unsaid
      case .yes: .yes
      case .no: .no
      }
  }
}

extension FailureScope {
  fileprivate init(_ scope: ReportedFailure.Scope) {
    self =
      switch scope {
      case .request: .request
      case .model: .model
      case .credential: .credential
      case .endpoint: .endpoint
      case .network: .network
      }
  }

  /// What a failure blames that the host or the engine found.
  fileprivate init(found code: ErrorCode) {
    self =
      switch code {
      case .network, .timeoutConnect: .network
      case .streamTruncated, .timeoutFirstEvent, .timeoutIdle, .timeoutAttempt, .timeoutTotal,
        .protocolError, .pluginUnavailable, .pluginMisbehaved, .configInvalid:
        .endpoint
      case .auth, .permission: .credential
      default: .request
      }
  }
}

extension FailureCause {
  /// The cause behind an error code.
  init(_ code: ErrorCode) {
    self =
      switch code {
      case .configInvalid, .pluginUnavailable, .pluginMisbehaved: .unusable
      case .modelNotFound, .requestInvalid, .operationUnsupported: .request
      case .contextLengthExceeded: .contextWindow
      case .contentFiltered: .contentFilter
      case .auth, .permission: .credential
      case .notFound: .missing
      case .rateLimited: .rateLimit
      case .quotaExhausted: .quota
      case .overloaded: .overload
      case .upstreamFailed: .upstream
      case .stateNotReady, .stateLost: .state
      case .network, .timeoutConnect: .connect
      case .protocolError, .streamTruncated: .stream
      case .timeoutFirstEvent: .firstEvent
      case .timeoutIdle: .idle
      case .timeoutAttempt: .attempt
      case .timeoutTotal: .deadline
      case .cancelled: .cancelled
      case .internal: .defect
      }
  }
}

extension FailedAttempt {
  /// What may mend a failure that a transport reported.
  init(
    _ reported: ReportedFailure, of call: RoutedCall, credential: SuppliedCredential?,
    memory: CallMemory
  ) {
    let cause: Cause =
      switch reported.code {
      case .auth: .credentialRefused
      case .stateNotReady: .stateNotReady
      default: .other
      }
    self.init(
      cause,
      credential: credential.flatMap { $0.isToken ? .token(scope: $0.scope) : nil } ?? .fixed,
      tokenScope: reported.tokenScope, amendment: reported.amendment(for: call),
      stateAge: Self.age(of: reported, memory), stateLag: call.provider.instance.facts.stateLag,
      reference: call.body.bytes.isEmpty ? .url : .body, retryAfter: reported.retryAfter)
  }

  private static func age(of reported: ReportedFailure, _ memory: CallMemory) -> StateAge {
    guard reported.code == .stateNotReady, !reported.stateID.isEmpty else { return .unnamed }
    return memory.age(ofState: reported.stateID)
  }
}

extension ReportedFailure {
  /// The longest amendment that is handed back, in bytes; `jf_failure.h` allows no more.
  private static let amendmentLength = 1 << 10

  /// The amendment that may be tried, or empty.
  fileprivate func amendment(for call: RoutedCall) -> String {
    call.mayBeAmended && amendment.utf8.count <= Self.amendmentLength ? amendment : ""
  }
}
