import JSONText

/// The members of one line of a recording.
struct CassetteFields {
  private let bytes: [UInt8]
  private var members: [(name: String, value: JSONValue)] = []

  init(_ bytes: [UInt8]) throws(CassetteError.Reason) {
    self.bytes = bytes
    let index: JSONIndex
    do { index = try JSONText.index(bytes.span) } catch { throw .invalidJSON(error) }
    guard index.root.kind == .object else { throw .notAnObject }
    members = index.members.map { ($0.name(in: bytes.span), $0.value) }
  }

  func has(_ name: String) -> Bool { value(name) != nil }

  func request() throws(CassetteError.Reason) -> CassetteRequest {
    guard let version = value("cassette") else { throw .notACassette }
    guard version.integer(in: bytes.span) == CassetteLine.version else {
      throw .unknownVersion(source(of: version))
    }
    try allow(["cassette", "method", "target", "headers", "body", "body_base64"])
    let hasBody = has("body") || has("body_base64")
    return CassetteRequest(
      method: try string("method"), target: try string("target"), headers: try headers(),
      body: hasBody ? try content(text: "body", base64: "body_base64") : [])
  }

  func response() throws(CassetteError.Reason) -> CassetteResponse {
    try allow(["ms", "status", "headers"])
    guard let status = value("status")?.integer(in: bytes.span), 100...999 ~= status else {
      throw .invalid("status", expected: "an HTTP status of three digits")
    }
    return CassetteResponse(status: status, headers: try headers(), time: try time())
  }

  func write() throws(CassetteError.Reason) -> CassetteWrite {
    try allow(["ms", "text", "base64"])
    return CassetteWrite(time: try time(), bytes: try content(text: "text", base64: "base64"))
  }

  func ending() throws(CassetteError.Reason) -> CassetteEnding {
    try allow(["ms", "end"])
    guard let ending = CassetteEnding(rawValue: try string("end")) else {
      let words = CassetteEnding.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalid("end", expected: "one of \(words)")
    }
    return ending
  }

  func time() throws(CassetteError.Reason) -> Duration {
    guard let value = value("ms") else { throw .missing("ms") }
    guard value.kind == .number, let time = Milliseconds.time(source(of: value)) else {
      throw .invalid("ms", expected: "a number of milliseconds such as 12.345, not below zero")
    }
    return time
  }

  // MARK: - Members

  private func value(_ name: String) -> JSONValue? {
    members.last { $0.name == name }?.value
  }

  private func source(of value: JSONValue) -> String {
    String(decoding: bytes[value.range], as: UTF8.self)
  }

  private func allow(_ names: [String]) throws(CassetteError.Reason) {
    guard let unknown = members.first(where: { !names.contains($0.name) }) else { return }
    throw .unknown(unknown.name, known: names)
  }

  private func string(_ name: String) throws(CassetteError.Reason) -> String {
    guard let value = value(name) else { throw .missing(name) }
    guard let string = value.string(in: bytes.span) else {
      throw .invalid(name, expected: "a string")
    }
    return string
  }

  private func content(
    text: String, base64: String
  ) throws(CassetteError.Reason) -> [UInt8] {
    guard has(base64) else { return Array(try string(text).utf8) }
    guard !has(text) else { throw .misplaced("\"\(base64)\"", reason: "there is \"\(text)\"") }
    guard let bytes = Base64.bytes(try string(base64)) else {
      throw .invalid(base64, expected: "base64 with its padding")
    }
    return bytes
  }

  private func headers() throws(CassetteError.Reason) -> [CassetteHeader] {
    guard let array = value("headers") else { throw .missing("headers") }
    var headers: [CassetteHeader] = []
    var pairs = JSONItems(of: array)
    var isValid = array.kind == .array
    while let pair = pairs.next(in: bytes.span) {
      var items = JSONItems(of: pair)
      let name = items.next(in: bytes.span)?.string(in: bytes.span)
      let value = items.next(in: bytes.span)?.string(in: bytes.span)
      guard let name, let value, items.next(in: bytes.span) == nil else {
        isValid = false
        break
      }
      headers.append(CassetteHeader(name, value))
    }
    guard isValid else {
      throw .invalid("headers", expected: "an array of pairs such as [\"accept\",\"*/*\"]")
    }
    return headers
  }
}
