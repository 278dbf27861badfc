/// What one line that is not blank says.
struct ServerSentEventField {
  /// The names that mean something; the raw value is the name's bytes, packed behind a 1.
  enum Name: UInt64 {
    /// A line that starts with a colon.
    case comment = 0x01
    case data = 0x01_64_61_74_61
    case event = 0x01_65_76_65_6E_74
    case id = 0x01_69_64
    case retry = 0x01_72_65_74_72_79

    static var longest: Int { 5 }
  }

  /// The name; nil for one that the rules ignore.
  let name: Name?
  /// The value without the one space that may stand before it.
  let value: Range<Int>
  /// Whether exactly `: ` stands between name and value, as the serializer writes it.
  let isSpaced: Bool

  init(line: Range<Int>, in text: Span<UInt8>) {
    var packed: UInt64 = 1
    var offset = line.lowerBound
    let last = min(line.upperBound, line.lowerBound + Name.longest)
    while offset < last, text[offset] != .colon {
      packed = packed << 8 | UInt64(text[offset])
      offset += 1
    }
    guard offset < line.upperBound else {
      self.init(name: Name(rawValue: packed), value: offset..<offset, isSpaced: false)
      return
    }
    guard text[offset] == .colon else {
      self.init(name: nil, value: offset..<offset, isSpaced: false)
      return
    }
    let start = offset + 1
    let isSpaced = start < line.upperBound && text[start] == .space
    self.init(
      name: Name(rawValue: packed),
      value: (isSpaced ? start + 1 : start)..<line.upperBound,
      isSpaced: isSpaced)
  }

  private init(name: Name?, value: Range<Int>, isSpaced: Bool) {
    self.name = name
    self.value = value
    self.isSpaced = isSpaced
  }
}
