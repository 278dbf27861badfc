extension StateTagger {
  /// Who made a response, as far as a tag says it: by a digest of each name.
  struct Origin: Sendable, Hashable {
    /// 48 bits that stand for a state boundary.
    struct Boundary: Sendable, Hashable {
      fileprivate static let length = 6
      fileprivate let number: UInt64
    }

    /// 32 bits that stand for a provider.
    struct Provider: Sendable, Hashable {
      fileprivate static let length = 4
      fileprivate let number: UInt64
    }

    /// How many bytes it has in a tag.
    static let length = Boundary.length + Provider.length

    /// What can read the response.
    let boundary: Boundary
    /// What made it.
    let provider: Provider

    /// Whether the response lives in the state boundary of this digest.
    func isBoundary(_ digest: Boundary) -> Bool { boundary == digest }

    /// Whether the provider of this digest made the response.
    func isProvider(_ digest: Provider) -> Bool { provider == digest }
  }
}

extension StateTagger.Origin {
  /// Reads the first ``length`` bytes.
  init(bytes: [UInt8]) {
    boundary = Boundary(bytes: bytes)
    provider = Provider(bytes: Array(bytes.dropFirst(Boundary.length)))
  }

  /// Writes ``length`` bytes.
  func append(to bytes: inout [UInt8]) {
    bytes.append(boundary.number, length: Boundary.length)
    bytes.append(provider.number, length: Provider.length)
  }
}

extension StateTagger.Origin.Boundary {
  /// Shortens a code, or reads what stands in a tag.
  init(bytes: [UInt8]) { number = bytes.number(length: Self.length) }
}

extension StateTagger.Origin.Provider {
  /// Shortens a code, or reads what stands in a tag.
  init(bytes: [UInt8]) { number = bytes.number(length: Self.length) }
}

extension [UInt8] {
  /// What the first bytes write, the highest one first.
  fileprivate func number(length: Int) -> UInt64 {
    prefix(length).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Writes the lowest bytes of a number, the highest one first.
  fileprivate mutating func append(_ number: UInt64, length: Int) {
    for index in (0..<length).reversed() {
      append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index)))
    }
  }
}
