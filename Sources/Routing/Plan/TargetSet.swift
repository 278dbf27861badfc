/// Some of a plan's targets.
struct TargetSet: Sendable, Hashable {
  private var first: UInt64 = 0
  /// Those from 64 on; most plans have none.
  private var rest: [UInt64] = []

  /// Adds a target.
  mutating func insert(_ index: Int) {
    guard index >= 64 else { return first |= 1 << UInt64(index) }
    let word = index / 64 - 1
    while rest.count <= word { rest.append(0) }
    rest[word] |= 1 << UInt64(index % 64)
  }

  /// Whether a target is one of them.
  func contains(_ index: Int) -> Bool {
    guard index >= 64 else { return first & (1 << UInt64(index)) != 0 }
    let word = index / 64 - 1
    return word < rest.count && rest[word] & (1 << UInt64(index % 64)) != 0
  }
}
