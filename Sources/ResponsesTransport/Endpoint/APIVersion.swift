/// Which shape of an upstream's paths and query is wanted.
public enum APIVersion: Sendable, Hashable {
  /// The path that ends in `v1`, without a query.
  case v1
  /// The same path, asking for what is not settled yet.
  case preview
  /// The older path, with this version in the query.
  case dated(String)

  /// The query parameter that carries a version.
  package static let parameter = "api-version"

  /// Reads `v1`, `preview`, `2025-04-01` or `2025-04-01-preview`; nil for anything else.
  public init?(_ text: String) {
    switch text {
    case "v1": self = .v1
    case "preview": self = .preview
    default:
      guard Self.isDate(text) else { return nil }
      self = .dated(text)
    }
  }

  /// As written in a query.
  public var text: String {
    switch self {
    case .v1: "v1"
    case .preview: "preview"
    case .dated(let date): date
    }
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3 || parts.count == 4 && parts[3] == "preview" else { return false }
    let isNumeric = zip(parts, [4, 2, 2]).allSatisfy { part, length in
      part.utf8.count == length && part.allSatisfy(\.isASCIIDigit)
    }
    guard isNumeric, let month = Int(parts[1]), let day = Int(parts[2]) else { return false }
    return 1...12 ~= month && 1...31 ~= day
  }
}
