/// Finds known secrets in bytes that come in pieces.
///
/// What may be the beginning of a secret is held back, less than the longest form of one. Secrets
/// that overlap are replaced together. At the end of all bytes the beginning of a secret is replaced
/// too, from ``tellingLength`` on: a stream may break inside of one.
struct StreamScrubber: Sendable {
  /// What came out, by its place in all that was put in.
  enum Piece: Hashable {
    /// Bytes that stayed as they are.
    case plain([UInt8], at: Int)
    /// A secret that began there.
    case secret(at: Int)
  }

  /// How much of a secret's beginning, at the very end, is no chance likeness.
  static let tellingLength = 8

  /// How many bytes of the input are decided.
  private(set) var settled = 0
  private let forms: SecretForms
  private var held: [UInt8] = []
  /// How far a secret that was reported already reaches into what is held.
  private var covered = 0

  init(_ forms: SecretForms) { self.forms = forms }

  /// Takes the next bytes.
  ///
  /// - Returns: What is decided by now, in order.
  mutating func append(_ bytes: [UInt8]) -> [Piece] {
    held += bytes
    return settle(isLast: false)
  }

  /// Nothing follows.
  ///
  /// - Returns: What was held back.
  mutating func finish() -> [Piece] { settle(isLast: true) }

  private mutating func settle(isLast: Bool) -> [Piece] {
    var pieces: [Piece] = []
    let bytes = held
    let text = bytes.span
    var plainStart = 0
    var secretEnd = covered
    var offset = 0
    while offset < text.count {
      if offset >= secretEnd, !forms.begins[Int(text[offset])] {
        offset += 1
        continue
      }
      let found = look(at: offset, in: text)
      if found.mayFollow, !isLast { break }
      let cut = found.mayFollow && text.count - offset >= Self.tellingLength
      if let length = cut ? text.count - offset : found.length {
        if offset >= secretEnd {
          add(text, plainStart..<offset, from: secretEnd, to: &pieces)
          pieces.append(.secret(at: settled + offset))
          plainStart = offset
        }
        secretEnd = max(secretEnd, offset + length)
      }
      offset += 1
    }
    add(text, plainStart..<offset, from: secretEnd, to: &pieces)
    settled += offset
    covered = max(0, secretEnd - offset)
    held = Array(bytes[offset...])
    return pieces
  }

  /// Adds the part of `range` that no secret covers.
  private func add(
    _ text: Span<UInt8>, _ range: Range<Int>, from secretEnd: Int, to pieces: inout [Piece]
  ) {
    let start = max(range.lowerBound, secretEnd)
    guard start < range.upperBound else { return }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.upperBound - start)
    for offset in start..<range.upperBound { bytes.append(text[offset]) }
    pieces.append(.plain(bytes, at: settled + start))
  }

  /// The longest form at a place, and whether a longer one may be complete with what follows.
  private func look(at offset: Int, in text: Span<UInt8>) -> (length: Int?, mayFollow: Bool) {
    let first = text[offset]
    guard forms.begins[Int(first)] else { return (nil, false) }
    var length: Int?
    var mayFollow = false
    for form in forms.all where form[0] == first {
      let count = min(form.count, text.count - offset)
      guard (0..<count).allSatisfy({ form[$0] == text[offset + $0] }) else { continue }
      if count < form.count {
        mayFollow = true
      } else {
        length = max(length ?? 0, count)
      }
    }
    return (length, mayFollow)
  }
}
