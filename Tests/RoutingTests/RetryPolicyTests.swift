import Testing

@testable import Routing

@Suite struct `Whether a failure is tried again` {
  @Test(
    arguments: [
      (.connect, nil, .unsaid, true), (.firstEvent, nil, .unsaid, true),
      (.idle, nil, .unsaid, true), (.attempt, nil, .unsaid, false), (.stream, nil, .unsaid, true),
      (.stream, 200, .no, false), (.stream, 200, .yes, true),
      (.rateLimit, 429, .unsaid, true), (.rateLimit, 429, .no, false),
      (.rateLimit, 200, .unsaid, true), (.overload, 503, .unsaid, true),
      (.overload, 529, .unsaid, false), (.overload, nil, .unsaid, true),
      (.upstream, 500, .unsaid, true), (.upstream, 501, .unsaid, false),
      (.upstream, 501, .yes, true), (.upstream, 200, .unsaid, true),
      (.request, 400, .unsaid, false), (.request, 409, .unsaid, true),
      (.request, 400, .yes, true), (.request, nil, .unsaid, false),
      (.quota, 429, .yes, false), (.credential, 401, .yes, false), (.missing, 404, .yes, false),
      (.unusable, nil, .yes, false), (.contextWindow, 400, .yes, false),
      (.contentFilter, 400, .yes, false), (.state, 404, .yes, false),
      (.cancelled, nil, .yes, false), (.deadline, nil, .yes, false), (.defect, nil, .yes, false),
    ] as [(FailureCause, Int?, CallFailure.Hint, Bool)])
  func `hangs on its cause, its status and the upstream's word`(
    cause: FailureCause, status: Int?, hint: CallFailure.Hint, isRetried: Bool
  ) {
    let failure = CallFailure(cause, blaming: .model, status: status, hint: hint)
    #expect(RetryPolicy().mayRetry(failure) == isRetried)
  }

  @Test(
    arguments: [
      (.connect, .connect), (.firstEvent, .firstEvent), (.idle, .idle), (.attempt, .attempt),
      (.stream, .stream),
    ] as [(FailureCause, RetryPolicy.Conditions)])
  func `hangs on the configuration where it has no status`(
    cause: FailureCause, condition: RetryPolicy.Conditions
  ) {
    var policy = RetryPolicy()
    policy.conditions = condition
    #expect(policy.mayRetry(CallFailure(cause, blaming: .endpoint)))
    policy.conditions = RetryPolicy.Conditions(rawValue: .max).subtracting(condition)
    #expect(!policy.mayRetry(CallFailure(cause, blaming: .endpoint, hint: .yes)))
  }

  @Test(arguments: FailureCause.allCases)
  func `is no more than whether a break is resumed`(cause: FailureCause) {
    let failure = CallFailure(cause, blaming: .endpoint, status: 500)
    let onItsWay: Set<FailureCause> = [
      .connect, .firstEvent, .idle, .attempt, .stream, .rateLimit, .overload, .upstream,
    ]
    #expect(RetryPolicy().mayResume(after: failure) == onItsWay.contains(cause))
    var refused = failure
    refused.hint = .no
    #expect(!RetryPolicy().mayResume(after: refused))
  }
}
