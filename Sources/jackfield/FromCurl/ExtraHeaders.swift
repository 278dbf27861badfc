import CurlCommand
import TransportHost

/// What becomes of the headers of a command: one is the credential, some are the host's own, the
/// rest goes into the provider entry.
struct ExtraHeaders {
  /// Set by the host or libcurl for every request.
  static let derived: Set<String> = [
    "accept", "accept-encoding", "connection", "content-length", "content-type", "expect", "host",
    "user-agent",
  ]

  /// The variable that holds the credential, or nil where there is none.
  private(set) var variable: String?
  /// For `headers:` of the entry.
  private(set) var kept: [(name: String, value: String)] = []
  /// What people should know.
  private(set) var notes: [String] = []

  init(_ command: CurlCommand, _ entry: RecognizedEntry) {
    var credentials = command.headers.filter(\.isCredential)
    let used = credentials.firstIndex { Self.carries($0, entry) }
    if !entry.authentication.isEmpty {
      let header = used.map { credentials.remove(at: $0) }
      useCredential(header, entry)
    }
    for header in credentials {
      notes.append(
        "the header \(header.name) is left out: it may be a secret. If it is none, add it under"
          + " headers.")
    }
    for header in command.headers {
      guard case .text(let value) = header.content, !Self.derived.contains(header.name) else {
        continue
      }
      kept.append((header.name, value))
    }
  }

  private mutating func useCredential(_ header: CurlCommand.Header?, _ entry: RecognizedEntry) {
    let usual = entry.variable.isEmpty ? "API_KEY" : entry.variable
    guard case .credential(let credential)? = header?.content else {
      variable = usual
      return
    }
    switch credential.origin {
    case .variable(let name): variable = name
    case .written:
      variable = usual
      notes.append("the key itself is not written down: put it into the variable \(usual).")
    case .command:
      variable = usual
      notes.append(
        "the credential came from another command: put its output into the variable \(usual).")
    }
  }

  /// Whether a header is the one that the recognized style presents.
  private static func carries(_ header: CurlCommand.Header, _ entry: RecognizedEntry) -> Bool {
    switch entry.authentication {
    case "bearer": header.name == "authorization"
    case "header": header.name == entry.authenticationHeader.lowercased()
    default: header.name != "cookie"
    }
  }
}

extension CurlCommand.Header {
  fileprivate var isCredential: Bool {
    if case .credential = content { return true }
    return false
  }
}
