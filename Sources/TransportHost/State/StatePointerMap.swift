/// Leads pointers into an edited body back to where the caller wrote the value.
struct StatePointerMap: Sendable, Hashable {
  /// The indices of the items that the caller's input has and the edited one has not, ascending.
  private let removed: [Int]

  /// The map of an input that lost these items, given ascending.
  init(removed: [Int]) { self.removed = removed }

  /// Where the caller wrote what stands at a place of the edited body, or would stand there.
  ///
  /// - Parameter pointer: RFC 6901, into the edited body.
  /// - Returns: RFC 6901, into the caller's body.
  func original(_ pointer: String) -> String {
    let prefix = "/input/"
    guard !removed.isEmpty, pointer.hasPrefix(prefix) else { return pointer }
    let rest = pointer.dropFirst(prefix.count)
    let token = rest.prefix { $0 != "/" }
    // A transport may write anything; no input has a billion items.
    guard token.utf8.count < 10, token.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let index = Int(token)
    else { return pointer }
    return "\(prefix)\(original(index))\(rest.dropFirst(token.count))"
  }

  private func original(_ index: Int) -> Int {
    var original = index
    for place in removed {
      guard place <= original else { break }
      original += 1
    }
    return original
  }
}
