internal import Synchronization

/// Ids of requests: unique, and nothing that somebody may not guess.
enum RequestID {
  /// What tells this process from all others.
  private static let origin = Nonce.make().prefix(8)
  private static let count = Atomic<UInt64>(0)

  /// An id that no other request has; it costs no call of the system.
  static func make() -> String {
    let number = count.wrappingAdd(1, ordering: .relaxed).oldValue
    return "jf_\(origin)_\(number)"
  }
}

/// Texts that nobody can guess.
enum Nonce {
  /// 128 bits of the system's randomness in letters and digits.
  static func make() -> String {
    var random = SystemRandomNumberGenerator()
    let parts: [UInt64] = [random.next(), random.next()]
    return parts.map { part in
      let digits = String(part, radix: 36)
      return String(repeating: "0", count: 13 - digits.count) + digits
    }.joined()
  }
}
