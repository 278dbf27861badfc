import TransportSDK

/// Classifies refusals by the rows of a plugin.
struct RefusalTable: Sendable {
  let rows: [Refusal]
  /// The endpoint, for people.
  let endpoint: String
  /// The header in which the upstream repeats its code, or nil.
  let codeHeader: String?

  /// Says what a refusal means.
  ///
  /// - Parameters:
  ///   - head: Status and headers; a status below 400 stands for an error inside of a stream.
  ///   - body: The body or the stream's error object.
  /// - Returns: What the first row that fits says.
  func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    var error = ErrorBody(body)
    error.adopt(codeHeader.flatMap { head[$0] })
    let message = error.message.lowercased()
    let told = rows.first { $0.fits(head.status, error, lowercasedMessage: message) }
    guard let row = told ?? (Self.isUsedUp(head, error) ? .usedUp : nil) else {
      return unknown(head, error, lowercasedMessage: message)
    }
    return TransportFailure(
      row.code, scope: row.scope, fill(row.words, head, error), upstreamCode: error.code,
      retryAfter: row.code.isPassing ? RetryDelay.read(head, message: message) : nil,
      setting: row.setting, suggestion: row.suggestion)
  }

  /// Whether an error inside of a stream that names nothing has its cause in the headers before it.
  private static func isUsedUp(_ head: ResponseHead, _ error: ErrorBody) -> Bool {
    let remaining = ["x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"]
    return head.status < 400 && error.names.isEmpty && remaining.contains { head[$0] == "0" }
  }

  private func unknown(
    _ head: ResponseHead, _ error: ErrorBody, lowercasedMessage message: String
  ) -> TransportFailure {
    let isRefusal = 400..<500 ~= head.status
    let words =
      head.status < 400
      ? "{endpoint} ended the stream with an error{message}"
      : isRefusal
        ? "{endpoint} refused the request with status {status}{message}"
        : "{endpoint} failed with status {status}{message}"
    return TransportFailure(
      isRefusal ? .requestInvalid : .upstreamFailed, scope: isRefusal ? .request : .endpoint,
      fill(words, head, error), upstreamCode: error.code,
      retryAfter: isRefusal ? nil : RetryDelay.read(head, message: message))
  }

  private func fill(_ words: String, _ head: ResponseHead, _ error: ErrorBody) -> String {
    let field = error.parameter.isEmpty ? "a field" : "`\(error.parameter)`"
    let message = error.message.isEmpty ? "." : ": \(error.message.prefix(300))"
    return words.filling("{endpoint}", with: endpoint).filling("{field}", with: field)
      .filling("{model}", with: head.model.isEmpty ? "(not named)" : "`\(head.model)`")
      .filling("{response}", with: head.responseID.isEmpty ? "(not named)" : "`\(head.responseID)`")
      .filling("{status}", with: "\(head.status)").filling("{message}", with: message)
  }
}

extension String {
  fileprivate func filling(_ name: Substring, with value: String) -> String {
    guard let range = self[...].firstRange(of: name) else { return self }
    return self[..<range.lowerBound] + value
      + String(self[range.upperBound...]).filling(name, with: value)
  }
}

extension TransportFailure.Code {
  /// Whether waiting may help, so that a delay that was asked for matters.
  fileprivate var isPassing: Bool {
    switch self {
    case .rateLimited, .overloaded, .upstreamFailed, .stateNotReady: true
    default: false
    }
  }
}
