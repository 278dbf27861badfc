/// Why a text is not an endpoint's URL.
public struct EndpointURLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// It has no `scheme://`.
    case notAbsolute
    /// The scheme is neither http nor https.
    case scheme(String)
    /// It names a user, and perhaps a password.
    case userInformation
    /// It has a part after `#`.
    case fragment
    /// The host is missing or is no host name or address.
    case host(String)
    /// The port is no number from 1 to 65535.
    case port(String)
    /// The path has a `.` or `..`.
    case dotSegment
    /// A character that must be percent-encoded.
    case character(Unicode.Scalar)
    /// A `%` without two hexadecimal digits.
    case percent
  }

  /// What is wrong.
  public let reason: Reason
  /// The URL that was meant, where it is plain; else empty.
  public let suggestion: String

  init(_ reason: Reason, suggestion: String = "") {
    self.reason = reason
    self.suggestion = suggestion
  }

  /// The reason in plain words; never quotes user information.
  public var description: String {
    switch reason {
    case .notAbsolute: "it must begin with https://"
    case .scheme(let name): "the scheme \"\(name)\" is not https or http"
    case .userInformation:
      "it holds a user name; a secret belongs under `credentials`, and `auth` places it"
    case .fragment: "it holds a \"#\", and what follows that is never sent"
    case .host(let host): "\"\(host)\" is no host name or address"
    case .port(let port): "\"\(port)\" is no port"
    case .dotSegment: "its path holds \".\" or \"..\""
    case .character(let scalar): "the character \(Self.name(of: scalar)) must be percent-encoded"
    case .percent: "a \"%\" must be followed by two hexadecimal digits"
    }
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    scalar.value > 0x20 && scalar.value != 0x7F
      ? "\"\(scalar)\""
      : "U+" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2)
        + String(scalar.value, radix: 16, uppercase: true)
  }
}
