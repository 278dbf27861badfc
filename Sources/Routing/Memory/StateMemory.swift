/// Remembers where state lives that carries no tag: item ids and encrypted content, and the ids of
/// responses where no key is configured.
///
/// Names are kept as 64-bit hashes with a seed that differs in each process, so that a caller cannot
/// make two that collide; by chance one in 2^50 lookups finds the home of another. It has no clock:
/// instants are the time since any fixed origin, and never go back.
package struct StateMemory: Sendable {
  /// The most names; with one more the oldest is forgotten.
  ///
  /// They take 0.9 MiB. A turn of an agent makes about four, so that this is 4,000 turns; our choice.
  package static let limit = 16_384
  /// How long a name is remembered.
  ///
  /// A conversation is taken up again the same day or, mostly, never; what is not remembered is sent
  /// as it is. Our choice.
  package static let age = Duration.seconds(24 * 3600)

  private struct Slot {
    var key: Int
    var home: StateHome
    var made: Duration
  }

  /// In the order in which they came; from `oldest` on as a ring once it is full.
  private var slots: [Slot] = []
  private var places: [Int: Int32] = [:]
  private var oldest = 0

  /// A memory of nothing.
  package init() {}

  /// How many names are held.
  package var count: Int { places.count }
  /// Whether no name is held, so that nobody need look.
  package var isEmpty: Bool { places.isEmpty }

  /// Takes in a name that was made now; one that is known keeps its age, and its home is the new one.
  package mutating func insert(_ name: StateName, home: StateHome, at now: Duration) {
    forget(at: now)
    let key = name.hashValue
    if let place = place(of: key, at: now) {
      slots[place].home = home
    } else {
      append(Slot(key: key, home: home, made: now))
    }
  }

  /// Where a name's state lives; nil where that is not known.
  package func home(of name: StateName, at now: Duration) -> StateHome? {
    guard !isEmpty else { return nil }
    return place(of: name.hashValue, at: now).map { slots[$0].home }
  }

  /// Forgets a name, as when its state was deleted or proved to live elsewhere.
  package mutating func forget(_ name: StateName) {
    places[name.hashValue] = nil
  }

  /// The slot of a name that has not aged.
  private func place(of key: Int, at now: Duration) -> Int? {
    guard let place = places[key].map(Int.init), now - slots[place].made < Self.age else {
      return nil
    }
    return place
  }

  private mutating func append(_ slot: Slot) {
    guard slots.count == Self.limit else {
      places[slot.key] = Int32(slots.count)
      slots.append(slot)
      return
    }
    // The name in the oldest slot may have been forgotten, or have a newer one.
    let key = slots[oldest].key
    if places[key] == Int32(oldest) { places[key] = nil }
    places[slot.key] = Int32(oldest)
    slots[oldest] = slot
    oldest = (oldest + 1) % Self.limit
  }

  /// Starts anew once all that is known has aged.
  private mutating func forget(at now: Duration) {
    guard !slots.isEmpty else { return }
    let newest = slots[(oldest + slots.count - 1) % slots.count]
    if now - newest.made >= Self.age { self = StateMemory() }
  }
}
