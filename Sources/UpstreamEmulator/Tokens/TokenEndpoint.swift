/// One of the three places where a token can be had.
package enum TokenEndpoint: String, Sendable, Hashable, CaseIterable {
  /// `POST /{tenant}/oauth2/v2.0/token`.
  case login = "login"
  /// `GET /metadata/identity/oauth2/token`, the metadata service of a virtual machine.
  case imds = "imds"
  /// `GET /msi/token`, the endpoint that an app's platform names in `IDENTITY_ENDPOINT`.
  case appService = "app-service"

  /// The endpoint behind a path; nil when there is none.
  init?(_ segments: [String]) {
    switch segments {
    case ["metadata", "identity", "oauth2", "token"]: self = .imds
    case ["msi", "token"]: self = .appService
    case _ where segments.count == 4 && Array(segments.dropFirst()) == ["oauth2", "v2.0", "token"]:
      self = .login
    default: return nil
    }
  }

  /// The method it takes.
  var method: String { self == .login ? "POST" : "GET" }
}

/// One request for a token as it arrived on the wire.
package struct RecordedTokenRequest: Sendable {
  /// Where it went; nil for a path that is no endpoint.
  package let endpoint: TokenEndpoint?
  /// The method, as written.
  package let method: String
  /// The request target, as written: path and query, still encoded.
  package let target: String
  /// Header names in lower case and values, in the order they were sent.
  package let headers: [(name: String, value: String)]
  /// The pairs of the form, or of the query where there is no form, decoded.
  package let parameters: [(name: String, value: String)]
  /// The status it was answered with before any fault.
  package let status: Int

  /// The first parameter of this name, or nil.
  package func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }
}
