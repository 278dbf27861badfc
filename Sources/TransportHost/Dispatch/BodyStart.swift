/// What the first bytes of a body show it to be.
///
/// Gateways put errors and whole answers where an event stream was asked for, with the stream's
/// content type or another; some send the stream itself as plain text. What they say would be lost
/// to a reader who believes the head.
enum BodyStart {
  /// An event stream: a field or a comment.
  case events
  /// A JSON object, which no event stream begins with.
  case object
  /// Something else.
  case other

  /// Most bytes of white space and the like that are held before something shows.
  private static let patience = 4096

  private static let fields = [":", "data:", "event:", "id:", "retry:"].map { Array($0.utf8) }
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Judges a beginning; nil where more bytes must come first.
  init?(_ bytes: [UInt8]) {
    let text = bytes.starts(with: Self.byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
    let rest = text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    if rest.first == UInt8(ascii: "{") {
      self = .object
    } else if Self.fields.contains(where: rest.starts(with:)) {
      self = .events
    } else if bytes.count < Self.patience,
      Self.fields.contains(where: { $0.starts(with: rest) })
        || Self.byteOrderMark.starts(with: rest)
    {
      return nil
    } else {
      self = .other
    }
  }

  /// How a body that begins like this is cut, where the transport chose `framing`.
  func framing(insteadOf framing: Framing) -> Framing {
    switch (self, framing) {
    case (.events, .whole): .serverSentEvents
    case (.object, .serverSentEvents): .whole
    default: framing
    }
  }
}
