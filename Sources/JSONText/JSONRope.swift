/// An edited text as the pieces it is made of: new bytes, and ranges of the input that stayed.
public struct JSONRope: Sendable, Hashable {
  /// A piece of the edited text.
  public enum Piece: Sendable, Hashable {
    /// New bytes, at least one.
    case literal([UInt8])
    /// Bytes of the input, at least one.
    case input(Range<Int>)
  }

  /// The pieces in their order; none for an empty text.
  public let pieces: [Piece]
  /// The length of the edited text in bytes.
  public let count: Int

  init(pieces: [Piece]) {
    self.pieces = pieces
    count = pieces.reduce(0) { $0 + $1.count }
  }

  /// The edited text in one piece, copied.
  ///
  /// - Parameter text: The input the edits were made for.
  /// - Returns: The bytes; where a range reaches beyond `text`, what there is of it.
  public func bytes(of text: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for piece in pieces {
      switch piece {
      case .literal(let literal): bytes.append(contentsOf: literal)
      case .input(let range):
        bytes.append(contentsOf: text, in: range.clamped(to: 0..<text.count))
      }
    }
    return bytes
  }
}

extension JSONRope.Piece {
  /// The length of the piece in bytes.
  public var count: Int {
    switch self {
    case .literal(let bytes): bytes.count
    case .input(let range): range.count
    }
  }
}
