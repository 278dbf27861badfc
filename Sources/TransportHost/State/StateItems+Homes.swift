internal import JSONText
internal import Routing

extension StateItems {
  /// Where each item's state lives, as far as it is remembered.
  ///
  /// Encrypted content counts before the id, which a client may have made up.
  ///
  /// - Parameters:
  ///   - memory: What calls before this one left.
  ///   - now: The time since the memory's origin.
  ///   - text: The text that the items were read from.
  /// - Returns: As many homes as there are items; nil where nothing is known.
  func homes(
    in memory: StateMemory, at now: Duration, of text: Span<UInt8>
  ) -> [StateHome?] {
    guard !memory.isEmpty else { return Array(repeating: nil, count: items.count) }
    var homes: [StateHome?] = []
    homes.reserveCapacity(items.count)
    for item in items {
      let sealed = item.fingerprint.flatMap { memory.home(of: .blob($0), at: now) }
      homes.append(
        sealed ?? item.id?.string(in: text).flatMap { memory.home(of: .item($0), at: now) })
    }
    return homes
  }

  /// What is to be remembered of the items of an answer: ids and encrypted content.
  func names(in text: Span<UInt8>) -> [StateName] {
    var names: [StateName] = []
    for item in items {
      if let id = item.id?.string(in: text) { names.append(.item(id)) }
      if let fingerprint = item.fingerprint { names.append(.blob(fingerprint)) }
    }
    return names
  }
}
