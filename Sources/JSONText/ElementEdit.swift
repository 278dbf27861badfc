/// Changes to the elements of one container, and the commas that follow from them.
///
/// Between two elements that stay neighbours not a byte changes. Removed elements take with them the
/// commas before them, or those behind them when no element stays before.
struct ElementEdit: Sendable {
  /// A change to the element at an index.
  enum Change: Sendable {
    case remove
    case replace(with: [UInt8])
    /// A new element before this one; behind the last where the index is the count.
    case insert([UInt8])
  }

  /// The elements' places in the text.
  struct Layout {
    /// Behind the opening bracket.
    let start: Int
    /// Each element, a member with its key.
    let elements: [Range<Int>]
  }

  private var changes: [(index: Int, change: Change)] = []

  /// Notes a change; of several to one element's value, the last one stands.
  mutating func append(_ change: Change, at index: Int) {
    changes.append((index, change))
  }

  /// Makes the changes.
  ///
  /// - Parameters:
  ///   - edits: Where the splices go.
  ///   - layout: The elements' places.
  ///   - value: The place of the value in the element at an index.
  func apply(to edits: inout JSONEdits, layout: Layout, value: (Int) -> Range<Int>) {
    guard !changes.isEmpty else { return }
    // The sort keeps the order of equal elements.
    var pending = changes.sorted { $0.index < $1.index }[...]
    var inserted: [[UInt8]] = []
    var left: Int?
    for index in layout.elements.indices {
      let fate = Self.takeChanges(at: index, from: &pending, inserting: &inserted)
      if case .remove = fate { continue }
      layout.close(from: left, to: index, inserting: inserted, in: &edits)
      inserted = []
      left = index
      if case .replace(let literal) = fate { edits.replace(value(index), with: literal) }
    }
    let count = layout.elements.count
    _ = Self.takeChanges(at: count, from: &pending, inserting: &inserted)
    layout.close(from: left, to: count, inserting: inserted, in: &edits)
  }

  private static func takeChanges(
    at index: Int, from pending: inout ArraySlice<(index: Int, change: Change)>,
    inserting inserted: inout [[UInt8]]
  ) -> Change? {
    var fate: Change?
    while let next = pending.first, next.index == index {
      pending.removeFirst()
      if case .insert(let literal) = next.change {
        inserted.append(literal)
      } else {
        fate = next.change
      }
    }
    return fate
  }
}

extension ElementEdit.Layout {
  /// Makes the text between two elements that stay: what stood between them goes, `inserted` comes.
  ///
  /// Nil on the left is the opening bracket, the count on the right is the closing one.
  fileprivate func close(
    from left: Int?, to right: Int, inserting inserted: [[UInt8]], in edits: inout JSONEdits
  ) {
    let isUntouched = inserted.isEmpty && right == (left.map { $0 + 1 } ?? 0)
    guard !isUntouched else { return }
    var literal: [UInt8] = []
    for (index, element) in inserted.enumerated() {
      if left != nil || index > 0 { literal.append(UInt8(ascii: ",")) }
      literal += element
    }
    if left == nil, right < elements.count, !inserted.isEmpty { literal.append(UInt8(ascii: ",")) }
    edits.replace(gap(from: left, to: right), with: literal)
  }

  private func gap(from left: Int?, to right: Int) -> Range<Int> {
    if let left { return elements[left].upperBound..<elements[right - 1].upperBound }
    guard let first = elements.first, let last = elements.last else { return start..<start }
    return first
      .lowerBound..<(right < elements.count ? elements[right].lowerBound : last.upperBound)
  }
}
