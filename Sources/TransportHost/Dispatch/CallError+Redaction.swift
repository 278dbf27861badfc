extension CallError {
  /// The same error without a secret that the upstream repeated, in any of its texts.
  ///
  /// What an upstream escaped is plain only after it was read, so that the bytes of a response cannot
  /// be cleaned once and for all.
  func redacted(_ secret: Secret) -> CallError {
    var error = self
    error.message = secret.redacting(message)
    error.pointer = secret.redacting(pointer)
    error.correction?.text = correction.map { secret.redacting($0.text) } ?? ""
    error.upstream = upstream.map { upstream in
      Upstream(
        status: upstream.status, code: secret.redacting(upstream.code),
        message: secret.redacting(upstream.message), body: secret.redacting(upstream.body),
        requestIDs: upstream.requestIDs.map { ($0.name, secret.redacting($0.value)) })
    }
    return error
  }
}
