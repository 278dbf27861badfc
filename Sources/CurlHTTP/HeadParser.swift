/// Collects the lines of response heads as libcurl hands them out and keeps the final one.
///
/// A pure machine: lines in, at most one head out. Informational heads and trailers leave no trace.
struct HeadParser {
  /// What a line did.
  enum Outcome {
    /// More lines are needed, or the line is of no interest.
    case pending
    /// The final head is complete.
    case complete(HTTPHead)
    /// The upstream sent what is no head; the text says why.
    case refused(String)
  }

  /// The most that the heads of one exchange may hold, in bytes.
  ///
  /// Source: our choice; nginx sends at most 32 KiB by default, libcurl accepts 300 KiB.
  static let limit = 256 << 10

  private(set) var isComplete = false
  private var text: [UInt8] = []
  private var fields: [HTTPHeaders.Field] = []
  private var status = 0
  private var version = HTTPVersion.http1_1
  private var total = 0

  /// Takes one line with its line end.
  mutating func append(_ line: UnsafeRawBufferPointer) -> Outcome {
    guard !isComplete else { return .pending }
    total += line.count
    guard total <= Self.limit else { return .refused("the response head is larger than 256 KiB") }
    let content = unsafe line.droppingLineEnd
    guard unsafe !content.isEmpty else { return endOfHead() }
    if unsafe content.starts(with: "HTTP/".utf8) { return unsafe startOfHead(content) }
    unsafe appendField(content)
    return .pending
  }

  private mutating func startOfHead(_ line: UnsafeRawBufferPointer) -> Outcome {
    text.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    // Most heads fit; to grow step by step costs more than the rest of the reading.
    text.reserveCapacity(512)
    fields.reserveCapacity(16)
    guard let space = unsafe line.firstIndex(of: 0x20),
      let number = unsafe Self.number(behind: space, in: line), number >= 100
    else { return .refused("the status line is malformed") }
    status = number
    version = unsafe Self.version(named: line[..<space])
    return .pending
  }

  /// The three digits behind a place, where the line or a word ends with them.
  private static func number(behind place: Int, in line: UnsafeRawBufferPointer) -> Int? {
    let end = place + 4
    guard unsafe line.count == end || line.count > end && line[end] == 0x20 else { return nil }
    var number = 0
    for index in place + 1..<end {
      guard case let digit = unsafe line[index], (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }

  private static func version(named name: Slice<UnsafeRawBufferPointer>) -> HTTPVersion {
    if unsafe name.elementsEqual("HTTP/1.0".utf8) { return .http1_0 }
    return unsafe name.starts(with: "HTTP/2".utf8) ? .http2 : .http1_1
  }

  private mutating func appendField(_ line: UnsafeRawBufferPointer) {
    let isFolded = unsafe line[0].isBlank
    if isFolded, let last = fields.indices.last {
      text.append(0x20)
      let more = unsafe appendTrimmed(line, 0..<line.count)
      fields[last].value = fields[last].value.lowerBound..<more.upperBound
      return
    }
    guard let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = unsafe appendTrimmed(line, 0..<colon)
    for index in name { text[index] = text[index].asciiLowercased }
    let value = unsafe appendTrimmed(line, colon + 1..<line.count)
    fields.append(HTTPHeaders.Field(name: name, value: value))
  }

  /// Takes a part of a line in without the blanks around it.
  private mutating func appendTrimmed(
    _ line: UnsafeRawBufferPointer, _ part: Range<Int>
  ) -> Range<Int> {
    var (first, end) = (part.lowerBound, part.upperBound)
    while first < end, unsafe line[first].isBlank { first += 1 }
    while first < end, unsafe line[end - 1].isBlank { end -= 1 }
    let start = text.count
    unsafe text.append(contentsOf: UnsafeRawBufferPointer(rebasing: line[first..<end]))
    return start..<text.count
  }

  private mutating func endOfHead() -> Outcome {
    // 101 would change the protocol, which the engine never asks for.
    guard status != 101 else { return .refused("the upstream switched protocols unasked") }
    guard status >= 200 else { return .pending }
    isComplete = true
    let headers = HTTPHeaders(text: text, fields: fields)
    (text, fields) = ([], [])
    return .complete(HTTPHead(status: status, version: version, headers: headers))
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var droppingLineEnd: UnsafeRawBufferPointer {
    var end = count
    if end > 0, unsafe self[end - 1] == 0x0A { end -= 1 }
    if end > 0, unsafe self[end - 1] == 0x0D { end -= 1 }
    return unsafe UnsafeRawBufferPointer(rebasing: self[..<end])
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}
