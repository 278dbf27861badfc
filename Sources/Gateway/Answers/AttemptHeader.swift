internal import TransportHost

/// The ledger of a call in one header: a list with an item an attempt, in their order.
///
/// `"main";model="gpt-5";outcome="rate_limited";status=429;ms=310, "backup";model=…`
///
/// - Source: the grammar is that of lists of RFC 9651.
enum AttemptHeader {
  /// The most attempts that are written; a proxy on the way may allow 8 KiB of headers in all.
  private static let limit = 24

  /// The attempts so far, and the one that is still open.
  static func text(_ attempts: [AttemptRecord], open: (provider: String, model: String)? = nil)
    -> String
  {
    var items = attempts.suffix(limit).map(item)
    if let open { items.append("\(quoted(open.provider));model=\(quoted(open.model))") }
    return items.joined(separator: ", ")
  }

  private static func item(_ attempt: AttemptRecord) -> String {
    var text = "\(quoted(attempt.provider));model=\(quoted(attempt.model))"
    text += ";outcome=\(quoted(attempt.outcome))"
    if let status = attempt.status { text += ";status=\(status)" }
    text += ";ms=\(attempt.total.milliseconds)"
    return text
  }

  /// A string of the grammar, which knows visible ASCII alone.
  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars.prefix(100) {
      switch scalar {
      case "\"", "\\": out += "\\\(scalar)"
      case " "..."~": out.unicodeScalars.append(scalar)
      default: out += "?"
      }
    }
    return out + "\""
  }
}
