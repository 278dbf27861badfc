/// A request body as a rope: pieces of arrays that are shared, not copied.
///
/// A piece keeps its whole array alive until the exchange has ended.
package struct HTTPBody: Sendable, Hashable {
  /// The pieces in order; none of them is empty.
  package private(set) var pieces: [ArraySlice<UInt8>] = []
  /// The sum of the pieces' sizes, in bytes.
  package private(set) var count = 0

  /// Makes an empty body.
  package init() {}

  /// Makes a body of one piece.
  package init(_ bytes: [UInt8]) { append(bytes[...]) }

  /// Makes a body of the pieces in their order.
  package init(pieces: some Sequence<ArraySlice<UInt8>>) {
    for piece in pieces { append(piece) }
  }

  /// Adds a piece at the end.
  ///
  /// An empty one changes nothing.
  package mutating func append(_ piece: ArraySlice<UInt8>) {
    guard !piece.isEmpty else { return }
    pieces.append(piece)
    count += piece.count
  }
}

extension HTTPBody: CustomStringConvertible, CustomReflectable {
  /// The size, never the content.
  package var description: String { "\(count) bytes in \(pieces.count) pieces" }
  /// The description alone.
  package var customMirror: Mirror { Mirror(self, children: ["summary": description]) }
}

/// A place in a body, moved by reading and by going back for a second attempt.
struct HTTPBodyReader {
  private let pieces: [ArraySlice<UInt8>]
  private var piece = 0
  private var offset = 0

  init(_ body: HTTPBody) { pieces = body.pieces }

  /// Copies as much as fits and moves on.
  ///
  /// - Returns: The number of bytes copied, 0 at the end.
  mutating func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    var copied = 0
    while copied < target.count, piece < pieces.count {
      let rest = pieces[piece].dropFirst(offset).prefix(target.count - copied)
      unsafe rest.withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[copied...])
          .copyMemory(from: source)
      }
      copied += rest.count
      advance(by: rest.count)
    }
    return copied
  }

  /// Goes to `position`, counted in bytes from the start of the body.
  ///
  /// - Returns: False where the body has no such position.
  mutating func seek(to position: Int) -> Bool {
    guard position >= 0 else { return false }
    (piece, offset) = (0, 0)
    var left = position
    while left > 0, piece < pieces.count {
      let step = min(left, pieces[piece].count)
      advance(by: step)
      left -= step
    }
    return left == 0
  }

  private mutating func advance(by step: Int) {
    offset += step
    guard offset == pieces[piece].count else { return }
    piece += 1
    offset = 0
  }
}
