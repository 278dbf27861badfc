import JSONText

/// The lines of a recording, each a JSON object and a line feed.
enum CassetteLine {
  /// The version that is written and read.
  static let version = 1

  static func request(_ request: CassetteRequest) -> [UInt8] {
    var line = Line()
    line.member("cassette", version)
    line.member("method", request.method)
    line.member("target", request.target)
    line.member("headers", request.headers)
    if !request.body.isEmpty { line.content(request.body, text: "body", base64: "body_base64") }
    return line.end()
  }

  static func response(_ response: CassetteResponse) -> [UInt8] {
    var line = Line()
    line.member("ms", response.time)
    line.member("status", response.status)
    line.member("headers", response.headers)
    return line.end()
  }

  static func write(_ write: CassetteWrite) -> [UInt8] {
    var line = Line()
    line.member("ms", write.time)
    line.content(write.bytes, text: "text", base64: "base64")
    return line.end()
  }

  static func end(_ ending: CassetteEnding, at time: Duration) -> [UInt8] {
    var line = Line()
    line.member("ms", time)
    line.member("end", ending.rawValue)
    return line.end()
  }
}

/// An object on one line, member by member.
private struct Line {
  private var bytes = [UInt8(ascii: "{")]

  mutating func member(_ name: String, _ value: String) {
    key(name)
    JSONEscape.append(value, to: &bytes)
  }

  mutating func member(_ name: String, _ value: Int) {
    key(name)
    bytes += String(value).utf8
  }

  mutating func member(_ name: String, _ value: Duration) {
    key(name)
    bytes += Milliseconds.text(value).utf8
  }

  mutating func member(_ name: String, _ headers: [CassetteHeader]) {
    key(name)
    bytes.append(UInt8(ascii: "["))
    for (index, header) in headers.enumerated() {
      bytes += index == 0 ? "[".utf8 : ",[".utf8
      JSONEscape.append(header.name, to: &bytes)
      bytes.append(UInt8(ascii: ","))
      JSONEscape.append(header.value, to: &bytes)
      bytes.append(UInt8(ascii: "]"))
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Bytes as text where they are text, else encoded.
  mutating func content(_ content: [UInt8], text: String, base64: String) {
    if let string = String(validating: content, as: UTF8.self) {
      member(text, string)
    } else {
      member(base64, Base64.text(content))
    }
  }

  mutating func end() -> [UInt8] {
    bytes += "}\n".utf8
    return bytes
  }

  private mutating func key(_ name: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    JSONEscape.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }
}
