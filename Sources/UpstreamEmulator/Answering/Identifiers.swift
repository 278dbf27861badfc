/// Ids in the shapes that the upstreams use: a prefix that tells the kind, and at most 64 characters.
enum Identifiers {
  /// The prefix of the id of each type of item.
  static func prefix(ofItemType type: String) -> String? { prefixes[type] }

  private static let prefixes = [
    "message": "msg", "reasoning": "rs", "function_call": "fc", "function_call_output": "fc",
    "custom_tool_call": "ctc", "custom_tool_call_output": "ctc", "compaction": "cmp",
  ]

  static func response() -> String { mint("resp_", hexadecimal: 48) }

  static func item(ofType type: String) -> String {
    let prefix = prefixes[type] ?? "item"
    return mint(type.hasSuffix("_output") ? "\(prefix)o_" : "\(prefix)_", hexadecimal: 48)
  }

  static func call() -> String {
    "call_" + String((0..<24).map { _ in alphabet.randomElement() ?? "0" })
  }

  static func request(of upstream: EmulatedUpstream) -> String {
    guard upstream.isAzure else { return mint("req_", hexadecimal: 32) }
    return [8, 4, 4, 4, 12].map { mint("", hexadecimal: $0) }.joined(separator: "-")
  }

  static func mint(_ prefix: String, hexadecimal count: Int) -> String {
    prefix + String((0..<count).map { _ in digits.randomElement() ?? "0" })
  }

  private static let digits = Array("0123456789abcdef")
  private static let alphabet = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
}
