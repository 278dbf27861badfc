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

  private struct Entry {
    var made: Duration
    var isDeleted = false
  }

  private var entries: [Int: Entry] = [:]
  /// In the order in which they came; from `oldest` on as a ring once it is full.
  private var order: [Int] = []
  private var oldest = 0

  /// A memory of nothing.
  package init() {}

  /// How many ids are held.
  package var count: Int { entries.count }

  /// Takes in an id that was made now; one that is known keeps its age.
  package mutating func insert(_ id: String, at now: Duration) {
    let key = id.hashValue
    guard entries[key] == nil else { return }
    forget(at: now)
    if order.count < Self.limit {
      order.append(key)
    } else {
      entries[order[oldest]] = nil
      order[oldest] = key
      oldest = (oldest + 1) % Self.limit
    }
    entries[key] = Entry(made: now)
  }

  /// Takes in that what an id stood for was deleted; one that is not known plays no part.
  package mutating func delete(_ id: String) {
    entries[id.hashValue]?.isDeleted = true
  }

  /// How long ago an id was made here, if it was.
  package func age(of id: String, at now: Duration) -> FailedAttempt.StateAge {
    guard let entry = entries[id.hashValue], now - entry.made < Self.age else { return .unknown }
    return entry.isDeleted ? .deleted : .known(now - entry.made)
  }

  /// Starts anew once all that is known has aged.
  private mutating func forget(at now: Duration) {
    guard !order.isEmpty else { return }
    let newest = entries[order[(oldest + order.count - 1) % order.count]]
    guard let newest, now - newest.made >= Self.age else { return }
    self = MintedState()
  }
}
