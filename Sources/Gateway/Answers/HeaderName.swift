/// The gateway's own headers.
enum HeaderName {
  /// The ledger of the call.
  static let attempts = "x-jackfield-attempts"
  /// The gateway's id of the request, which its log has.
  static let requestID = "x-jackfield-request-id"
  /// Members of a Chat Completions request that were left out.
  static let dropped = "x-jackfield-dropped"
}
