/// Changes to a text, collected in any order and made at once.
///
/// Nothing here knows JSON: ``JSONObjectEdit`` and ``JSONArrayEdit`` see to the commas. Where two
/// changes meet:
///
/// 1. What lies inside a replaced range is dropped, in whatever order the two came.
/// 2. Of two replacements of the same range, the later one stands.
/// 3. Of two that overlap otherwise, the one that starts first stands.
/// 4. An insertion at the start or the end of a replaced range stays, before or behind it.
/// 5. Insertions at the same offset stay in the order they came.
public struct JSONEdits: Sendable {
  fileprivate struct Splice: Sendable {
    var range: Range<Int>
    var literal: [UInt8]
  }

  private var splices: [Splice] = []
  private var isSorted = true

  /// No changes.
  public init() {}

  /// Whether no change was made.
  public var isEmpty: Bool { splices.isEmpty }

  /// Puts `literal` in the place of `range`.
  ///
  /// - Parameters:
  ///   - range: Bytes of the input; empty to insert.
  ///   - literal: What stands there instead; empty to remove.
  public mutating func replace(_ range: Range<Int>, with literal: [UInt8]) {
    let splice = Splice(range: range, literal: literal)
    if let last = splices.last, splice.precedes(last) { isSorted = false }
    splices.append(splice)
  }

  /// Puts `literal` before the byte at `offset`.
  ///
  /// - Parameters:
  ///   - literal: The new bytes.
  ///   - offset: A byte of the input, or its length.
  public mutating func insert(_ literal: [UInt8], at offset: Int) {
    replace(offset..<offset, with: literal)
  }

  /// The edited text.
  ///
  /// - Parameter length: The length of the input in bytes; changes beyond it are made at its end.
  /// - Returns: The pieces; one range when there are no changes.
  public func rope(over length: Int) -> JSONRope {
    // The sort keeps the order of equal elements.
    let splices = isSorted ? splices : splices.sorted { $0.precedes($1) }
    var pieces: [JSONRope.Piece] = []
    pieces.reserveCapacity(2 * splices.count + 1)
    var offset = 0
    for (index, splice) in splices.enumerated() {
      let range = splice.range.clamped(to: 0..<length)
      let isReplacedAgain = index + 1 < splices.count && splices[index + 1].replaces(splice)
      if range.lowerBound < offset || isReplacedAgain { continue }
      if offset < range.lowerBound { pieces.append(.input(offset..<range.lowerBound)) }
      if !splice.literal.isEmpty { pieces.append(.literal(splice.literal)) }
      offset = range.upperBound
    }
    if offset < length { pieces.append(.input(offset..<length)) }
    return JSONRope(pieces: pieces)
  }
}

extension JSONEdits.Splice {
  /// Whether the splice replaces the same bytes as `other`.
  fileprivate func replaces(_ other: Self) -> Bool { !range.isEmpty && range == other.range }

  /// Whether the splice comes first: by its start, insertions before replacements, long before short.
  fileprivate func precedes(_ other: Self) -> Bool {
    guard range.lowerBound == other.range.lowerBound else {
      return range.lowerBound < other.range.lowerBound
    }
    if range.isEmpty || other.range.isEmpty { return range.isEmpty && !other.range.isEmpty }
    return range.upperBound > other.range.upperBound
  }
}
