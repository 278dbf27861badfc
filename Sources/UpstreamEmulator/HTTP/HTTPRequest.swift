/// One request, parsed and complete.
struct HTTPRequest: Sendable {
  let method: String
  /// As written; absolute form reduced to path and query.
  let target: String
  /// Whether the client speaks HTTP/1.1, so that chunks may be sent to it.
  let speaksChunks: Bool
  /// Names in lower case.
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }

  func has(_ token: String, in name: String) -> Bool {
    headers.contains { header in
      header.name == name
        && header.value.lowercased().split(separator: ",").contains { $0.trimmed == token }
    }
  }

  /// Whether the client wants to use the connection again.
  var keepsAlive: Bool {
    speaksChunks ? !has("close", in: "connection") : has("keep-alive", in: "connection")
  }

  /// The path without its query, decoded segment by segment; nil when an escape is broken.
  var pathSegments: [String]? {
    let path = target.prefix { $0 != "?" }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let decoded = segments.compactMap { String($0).percentDecoded }
    return decoded.count == segments.count ? decoded : nil
  }

  /// The pairs of the query, decoded, in order.
  var query: [(name: String, value: String)] {
    guard let mark = target.firstIndex(of: "?") else { return [] }
    return target[target.index(after: mark)...].split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? String(parts[1]) : ""
      return (String(parts[0]).percentDecoded ?? "", value.percentDecoded ?? "")
    }
  }

  func queryValue(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }

  /// The pairs of a form, decoded, in order; nil when the body is none.
  var form: [(name: String, value: String)]? {
    let type = (header("content-type") ?? "").prefix { $0 != ";" }.trimmed.lowercased()
    guard type == "application/x-www-form-urlencoded",
      let text = String(validating: body, as: UTF8.self)
    else { return nil }
    var pairs: [(name: String, value: String)] = []
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { String($0.map { $0 == "+" ? " " : $0 }).percentDecoded }
      guard parts.count == 2, let name = parts[0], let value = parts[1] else { return nil }
      pairs.append((name, value))
    }
    return pairs
  }
}

extension StringProtocol {
  /// The text without spaces and tabs at its ends.
  var trimmed: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}

extension String {
  /// The text with `%XX` decoded; nil when an escape is broken or the result is not UTF-8.
  var percentDecoded: String? {
    guard contains("%") else { return self }
    var decoded: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
      decoded.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: decoded, as: UTF8.self)
  }
}
