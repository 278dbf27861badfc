import JSONText

/// Writes JSON one token after the other; commas come by themselves.
///
/// Tokens, and no closures around them, since values are mostly ranges of another text, and a writer
/// in the middle of an object may have to throw.
struct JSONOutput {
  /// What was written.
  private(set) var bytes: [UInt8] = []
  /// What the values were made of; nil, as it is but after a failure: nobody asks.
  var origins: ValueOrigins?
  private var needsComma = false

  /// An empty text.
  ///
  /// - Parameter capacity: How many bytes it will have, about.
  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Says what the value that comes next is made of; a copy needs no word.
  ///
  /// - Parameters:
  ///   - value: A value of the text that copies are slices of.
  ///   - members: The object of that text in which members stand that the value, an object, could have
  ///     and does not; nil: they would stand in none.
  mutating func made(of value: JSONValue, members: JSONValue? = nil) {
    let start = bytes.count + (needsComma ? 1 : 0)
    origins?.note(
      ValueOrigin(
        start: start, source: value.range.lowerBound, members: members?.range.lowerBound))
  }

  mutating func openObject() { open("{") }
  mutating func openArray() { open("[") }
  mutating func closeObject() { close("}") }
  mutating func closeArray() { close("]") }

  /// Writes a name; its value follows.
  ///
  /// - Parameter name: A name that needs no escapes.
  mutating func key(_ name: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: name.utf8)
    bytes.append(contentsOf: "\":".utf8)
    needsComma = false
  }

  /// Writes a name as it stands elsewhere, quotes included.
  mutating func key(copying key: ArraySlice<UInt8>) {
    separate()
    bytes.append(contentsOf: key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a value as it stands elsewhere.
  mutating func copy(_ value: ArraySlice<UInt8>) {
    separate()
    origins?.note(ValueOrigin(start: bytes.count, source: value.startIndex, isCopy: true))
    bytes.append(contentsOf: value)
    needsComma = true
  }

  /// Writes a value as it stands elsewhere, but on one line.
  ///
  /// A line break in valid JSON is white space between tokens; inside of an event's line it would end
  /// the line.
  mutating func copyOnOneLine(_ value: ArraySlice<UInt8>) {
    separate()
    bytes.append(onOneLine: value)
    needsComma = true
  }

  /// Writes a value given as JSON.
  mutating func literal(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  /// Writes a string with the escapes that it needs.
  mutating func string(_ content: String) {
    separate()
    JSONEscape.append(content, to: &bytes)
    needsComma = true
  }

  /// Writes a string whose content is JSON already.
  mutating func string(escaped content: [UInt8]) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: content)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
    needsComma = false
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }
}

extension [UInt8] {
  /// Appends JSON with its line breaks replaced by spaces.
  mutating func append(onOneLine json: ArraySlice<UInt8>) {
    for byte in json { append(byte == 0x0A || byte == 0x0D ? 0x20 : byte) }
  }
}
