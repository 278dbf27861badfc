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
  protocol Layout {
    /// Behind the opening bracket.
    var start: Int { get }
    /// How many elements there are.
    var count: Int { get }
    /// An element, a member with its key.
    func element(at index: Int) -> Range<Int>
    /// An element's value.
    func value(at index: Int) -> Range<Int>
  }

  private var changes: [(index: Int, change: Change)] = []
  private var isSorted = true

  /// Notes a change; of several to one element's value, the last one stands.
  mutating func append(_ change: Change, at index: Int) {
    if let last = changes.last, last.index > index { isSorted = false }
    changes.append((index, change))
  }

  /// Makes the changes; what it costs depends on their number, not on that of the elements.
  ///
  /// - Parameters:
  ///   - edits: Where the splices go.
  ///   - layout: The elements' places.
  func apply(to edits: inout JSONEdits, layout: some Layout) {
    // The sort keeps the order of equal elements.
    let changes = isSorted ? changes : changes.sorted { $0.index < $1.index }
    var gap = Gap(left: -1)
    var index = 0
    var next = changes.startIndex
    while next < changes.endIndex {
      if gap.isUntouched(before: index) {
        index = changes[next].index
        gap.left = index - 1
      }
      var fate: Change?
      while next < changes.endIndex, changes[next].index == index {
        let change = changes[next].change
        if case .insert(let literal) = change { gap.insert(literal) } else { fate = change }
        next += 1
      }
      if case .remove = fate {} else { gap.close(before: index, layout, in: &edits) }
      if case .replace(let literal) = fate { edits.replace(layout.value(at: index), with: literal) }
      index += 1
    }
    gap.close(before: index, layout, in: &edits)
  }
}

/// The text between two elements that stay: what stood there goes, new elements come.
private struct Gap {
  /// The element on the left; -1 for the opening bracket.
  var left: Int
  private var literal: [UInt8] = []

  init(left: Int) {
    self.left = left
  }

  func isUntouched(before right: Int) -> Bool { left == right - 1 && literal.isEmpty }

  mutating func insert(_ element: [UInt8]) {
    if literal.isEmpty { literal.reserveCapacity(element.count + 1) }
    if left >= 0 || !literal.isEmpty { literal.append(UInt8(ascii: ",")) }
    literal += element
  }

  /// Ends the gap before `right`, the count for the closing bracket, and begins the next behind it.
  mutating func close(
    before right: Int, _ layout: some ElementEdit.Layout, in edits: inout JSONEdits
  ) {
    if !isUntouched(before: right) {
      if left < 0, right < layout.count, !literal.isEmpty { literal.append(UInt8(ascii: ",")) }
      edits.replace(range(before: right, layout), with: literal)
      literal = []
    }
    left = right
  }

  private func range(before right: Int, _ layout: some ElementEdit.Layout) -> Range<Int> {
    if left >= 0 {
      return layout.element(at: left).upperBound..<layout.element(at: right - 1).upperBound
    }
    guard layout.count > 0 else { return layout.start..<layout.start }
    let first = layout.element(at: 0).lowerBound
    return right < layout.count
      ? first..<layout.element(at: right).lowerBound
      : first..<layout.element(at: right - 1).upperBound
  }
}
