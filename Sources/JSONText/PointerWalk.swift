/// Finds the pointers of many places from left to right, descending only where there is one.
struct PointerWalk {
  /// For each offset, in the order of the caller.
  private(set) var pointers: [String]

  /// How deep the walk descends: as deep as ``JSONText`` allows by default.
  ///
  /// Below, each place is looked for from the root, so that no text can overflow the stack.
  private static let deepest = 512

  private let offsets: [Int]
  /// Indices of the offsets, from the left; those up to `next` are done.
  private let order: [Int]
  private var next = 0
  private var depth = 0

  init(to offsets: [Int]) {
    self.offsets = offsets
    order = offsets.indices.sorted { offsets[$0] < offsets[$1] }
    pointers = Array(repeating: "", count: offsets.count)
  }

  /// Names the places in `value`, and in its elements before itself.
  mutating func visit(_ value: JSONValue, _ pointer: String, in text: Span<UInt8>) {
    guard depth < Self.deepest else { return lookUp(until: value.range.upperBound, in: text) }
    depth += 1
    defer { depth -= 1 }
    // What lies before the root belongs to it.
    name(until: value.range.lowerBound, pointer)
    if value.kind == .array {
      var items = JSONItems(of: value)
      var index = 0
      while let end = pending, end < value.range.upperBound, let item = items.next(in: text) {
        descend(into: item, from: item.range.lowerBound, pointer, in: text) { String(index) }
        index += 1
      }
    } else if value.kind == .object {
      var members = JSONMembers(of: value)
      while let end = pending, end < value.range.upperBound, let member = members.next(in: text) {
        descend(into: member.value, from: member.key.lowerBound, pointer, in: text) {
          member.name(in: text)
        }
      }
    }
    name(until: value.range.upperBound, pointer)
  }

  private mutating func descend(
    into element: JSONValue, from start: Int, _ pointer: String, in text: Span<UInt8>,
    name token: () -> String
  ) {
    name(until: start, pointer)
    guard let offset = pending, offset < element.range.upperBound else { return }
    visit(element, JSONPointer.appending(token(), to: pointer), in: text)
  }

  private mutating func lookUp(until end: Int, in text: Span<UInt8>) {
    while let offset = pending, offset < end {
      pointers[order[next]] = JSONPointer.path(to: offset, in: text)
      next += 1
    }
  }

  /// The next offset that has no name.
  private var pending: Int? { next < order.count ? offsets[order[next]] : nil }

  private mutating func name(until end: Int, _ pointer: String) {
    while let offset = pending, offset < end {
      pointers[order[next]] = pointer
      next += 1
    }
  }
}
