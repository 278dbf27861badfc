/// Remembers when the ids of stored state were made: those of responses and of their output items.
///
/// Ids are kept as 64-bit hashes. Two that share one would cost a wait that is too long or too short,
/// once in 2^50 calls. It has no clock: instants are the time since any fixed origin, and never go
/// back.
package struct MintedState: Sendable {
  /// The most ids; with one more the oldest is forgotten.
  ///
  /// They take 192 KiB and the room to find them.
  package static let limit = 8192
  /// How long an id is remembered.
  ///
  /// Far longer than any lag, since an id that is known to be old need not be waited for; our choice.
  package static let age = Duration.seconds(3600)

  private var made: [Int: Duration] = [:]
  /// In the order in which they came; from `oldest` on as a ring once it is full.
  private var order: [Int] = []
  private var oldest = 0

  /// A memory of nothing.
  package init() {}

  /// How many ids are held.
  package var count: Int { made.count }

  /// Takes in an id that was made now; one that is known keeps its age.
  package mutating func insert(_ id: String, at now: Duration) {
    let key = id.hashValue
    guard made[key] == nil else { return }
    forget(at: now)
    if order.count < Self.limit {
      order.append(key)
    } else {
      made[order[oldest]] = nil
      order[oldest] = key
      oldest = (oldest + 1) % Self.limit
    }
    made[key] = now
  }

  /// How long ago an id was made; nil when it was not made here, or is forgotten.
  package func age(of id: String, at now: Duration) -> Duration? {
    guard let made = made[id.hashValue], now - made < Self.age else { return nil }
    return now - made
  }

  /// Starts anew once all that is known has aged.
  private mutating func forget(at now: Duration) {
    let newest = order.isEmpty ? nil : order[(oldest + order.count - 1) % order.count]
    guard let newest, let last = made[newest], now - last >= Self.age else { return }
    self = MintedState()
  }
}
