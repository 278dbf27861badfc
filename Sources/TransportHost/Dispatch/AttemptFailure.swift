internal import Routing

/// What one attempt failed with.
struct AttemptFailure: Sendable {
  /// The error, as the caller would see it.
  var error: CallError
  /// What the transport says of it; nil for what the engine or the host found.
  let reported: ReportedFailure?

  init(_ error: CallError, reported: ReportedFailure? = nil) {
    self.error = error
    self.reported = reported
  }
}

extension FailedAttempt {
  /// The failure in the words of the machine that decides what follows.
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
