/// The containers around the one being read: one bit each, set for an object.
struct OpenContainers {
  /// How many containers are noted.
  private(set) var count = 0
  private var bits: UInt64 = 0
  private var outer: [UInt64] = []

  /// Notes the container that the next one lies in.
  @inline(__always)
  mutating func push(_ kind: JSONKind) {
    if count > 0, count & 63 == 0 {
      outer.append(bits)
      bits = 0
    }
    bits = bits << 1 | (kind == .object ? 1 : 0)
    count += 1
  }

  /// Forgets the innermost container and names it; nil when there is none.
  @inline(__always)
  mutating func pop() -> JSONKind? {
    guard count > 0 else { return nil }
    let kind: JSONKind = bits & 1 == 1 ? .object : .array
    bits >>= 1
    count -= 1
    if count > 0, count & 63 == 0 { bits = outer.popLast() ?? 0 }
    return kind
  }
}
