import TransportSDK

/// Refusals that no upstream should send, made at random from a seed: JSON with the members that plugins
/// read, in wrong places, of wrong kinds, endless, nested and broken.
struct HostileUpstream {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// A body of at most 64 KiB.
  mutating func body() -> [UInt8] {
    switch next(60) {
    case 0: return (0..<next(2000)).map { _ in UInt8(next(256)) }
    case 1: return Array(repeating: Array("[{\"\\".utf8)[next(4)], count: next(64 << 10))
    case 2: return nested(next(3000))
    default:
      var body = Array(value(depth: 0).utf8)
      if next(4) == 0 { for _ in 0...next(4) where !body.isEmpty { damage(&body) } }
      return body
    }
  }

  /// Headers that plugins read, with values that they do not expect.
  mutating func headers() -> [(name: String, value: String)] {
    (0..<next(6)).map { _ in
      (
        pick([
          "retry-after", "retry-after-ms", "date", "x-ratelimit-reset-tokens", "x-ms-error-code",
          "x-ratelimit-remaining-requests", "x-ratelimit-limit-tokens", "x-request-id",
          "x-ms-region", "content-type",
        ]), number() + pick(["", "s", "ms", "d", " ", "\u{FFFD}"])
      )
    }
  }

  /// A status, of an error for the most part.
  mutating func status() -> Int {
    [200, 400, 401, 403, 404, 408, 409, 413, 422, 429, 499, 500, 503, 529, 599, 999][next(16)]
  }

  /// What a plugin may have noted, and what it never would.
  mutating func notes() -> [String] {
    (0..<next(5)).map { _ in
      pick([
        "newest-reasoning", "drop-reasoning:ffff", "inline-replay", "drop-duplicates",
        "parent:resp_1",
        "include:reasoning.encrypted_content,x", "applied:drop-param:temperature",
        "drop-api-version",
        "", ":", "include:", "parent:",
      ])
    }
  }

  /// An amendment that no plugin offered.
  mutating func amendment() -> String {
    let kind = pick([
      "drop-param:", "drop-reasoning:", "newest-reasoning", "inline-replay", "drop-duplicates",
      "drop-api-version", "drop-param", "",
    ])
    return kind + text()
  }

  private mutating func value(depth: Int) -> String {
    switch depth > 5 ? 4 + next(4) : next(10) {
    case 0...3:
      let names = [
        "error", "message", "code", "type", "param", "innererror", "inner_error", "response",
        "error_codes", "detail",
      ]
      return "{"
        + (0..<next(6)).map { _ in "\"\(pick(names))\":\(value(depth: depth + 1))" }
        .joined(separator: ",") + "}"
    case 4: return number()
    case 5: return pick(["null", "true", "false", "[]", "{}", "\"\""])
    case 8: return "[\((0..<next(4)).map { _ in value(depth: depth + 1) }.joined(separator: ","))]"
    default: return quoted(text())
    }
  }

  private mutating func text() -> String {
    let parts = [
      "temperature", "include[0]", "include[999999999999999999999]", "include[", "input[3].phase",
      "input[999999999999]", "../../", "reasoning.effort", "audience https://", "with id 'resp_",
      "try again in 99999999999999999999s", "retry after -5 seconds", "NaN",
      "Unsupported parameter: '",
      "'", "\"", "`", "日本語", "e\u{301}", "\u{1F468}\u{200D}\u{1F469}", "\u{0}", "\u{1B}[31m",
      "%s%n",
      "encrypted content", "item id ", "api version", "{message}", "{field}", " is ", "supplied: ",
      "]",
      "https://cognitiveservices.azure.com", "https://evil.example", "{\"error\":{\"message\":\"",
      "rate limit", "exceeded", "not found", "deployment", "*",
    ]
    var text = ""
    for _ in 0..<next(5) { text += pick(parts) }
    if next(20) == 0 { text = String(repeating: text.isEmpty ? "x" : text, count: next(400)) }
    if next(40) == 0 { text = "include[" + String(repeating: "y", count: next(3000)) + "]" }
    return text
  }

  private mutating func number() -> String {
    pick([
      "0", "-1", "1e308", "1e999", "-1e999", "9223372036854775807", "9223372036854775808", "NaN",
      "inf",
      "-0.0", "0x10", "99999999999999999999999999", "1e-400", "400", "429", "20",
      "Wed, 21 Oct 9999 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", "6m0s", "1d1d1d1d1d1d",
    ])
  }

  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": out += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        out += "\\u00" + (scalar.value < 16 ? "0" : "")
        out += String(scalar.value, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  private mutating func nested(_ depth: Int) -> [UInt8] {
    let opening = pick([#"{"error":"#, #"{"innererror":"#, #"{"message":"#, "["])
    var text = String(repeating: opening, count: depth)
    text += number()
    if next(2) == 0 { text += String(repeating: opening == "[" ? "]" : "}", count: depth) }
    return Array(text.utf8)
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    let place = next(bytes.count)
    switch next(3) {
    case 0: bytes[place] = UInt8(next(256))
    case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(8)))
    default: bytes.insert(contentsOf: [0xED, 0xA0, 0x80], at: place)
    }
  }

  private mutating func pick(_ choices: [String]) -> String { choices[next(choices.count)] }

  /// A number below a bound.
  mutating func next(_ bound: Int) -> Int {
    // xorshift64*, by Vigna.
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
  }
}
