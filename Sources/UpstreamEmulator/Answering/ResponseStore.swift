import Synchronization

/// One response that was kept.
struct StoredResponse: Sendable {
  var object: JSON
  let input: [JSON]
  let output: [JSON]
  let previous: String?
  /// The stream it was sent as, for those that may be resumed.
  var events: [ServerEvent] = []
  /// When work in the background ends; nil for a response that was finished when it was kept.
  var endsAt: Duration?
  /// When its last event was sent; what is stored becomes readable some time after.
  var finishedAt: Duration
  /// Whether it and its items never become readable.
  var isLost = false
  var isStreamed = false
  /// How long after its end it can be read.
  fileprivate(set) var lag = Duration.zero

  init(
    object: JSON, input: [JSON], output: [JSON], previous: String?, events: [ServerEvent] = [],
    endsAt: Duration? = nil, finishedAt: Duration, isLost: Bool = false, isStreamed: Bool = false
  ) {
    self.object = object
    self.input = input
    self.output = output
    self.previous = previous
    self.events = events
    self.endsAt = endsAt
    self.finishedAt = finishedAt
    self.isLost = isLost
    self.isStreamed = isStreamed
  }

  fileprivate func isReadable(after lag: Duration, at now: Duration) -> Bool {
    !isLost && finishedAt + lag <= now
  }
}

/// What one upstream remembers, and when it can be read.
final class ResponseStore: Sendable {
  /// The fate of an id that a request mentions.
  enum Lookup: Sendable {
    case found(JSON)
    /// Minted here, and too young to be read.
    case unreadable
    /// Minted here for a response that was not to be stored.
    case notPersisted
    case unknown
  }

  // Enough for any test, and an end to growth for an emulator that runs for days.
  private static let capacity = 20_000

  private let state = Mutex(State())
  private let clock: EmulatorClock
  private let lag: StorageLag

  private struct Item {
    let value: JSON
    let response: String
    let isPersisted: Bool
    let reasoning: String?
    let lag: Duration
  }

  private struct State {
    var responses: [String: StoredResponse] = [:]
    var items: [String: Item] = [:]
    var order: [(response: String, items: [String])] = []
    var generator = SplitMix()
  }

  /// A store in which an id stays unreadable for some time after its response was finished.
  init(clock: EmulatorClock, lag: StorageLag) {
    self.clock = clock
    self.lag = lag
  }

  /// Remembers a response, or of one that is not to be stored only which ids it minted.
  func insert(_ response: StoredResponse, id: String, isPersisted: Bool) {
    state.withLock { state in
      var response = response
      response.lag = lag.draw(isStreamed: response.isStreamed, &state.generator)
      var minted: [String] = []
      var reasoning: String?
      for item in response.input + response.output {
        guard let itemID = item["id"]?.text else { continue }
        let type = item["type"]?.text
        if state.items[itemID] == nil {
          minted.append(itemID)
          state.items[itemID] = Item(
            value: item, response: id, isPersisted: isPersisted,
            reasoning: type == "reasoning" ? nil : reasoning,
            lag: lag.draw(isStreamed: response.isStreamed, &state.generator))
        }
        reasoning = type == "reasoning" ? itemID : nil
      }
      if isPersisted { state.responses[id] = response }
      state.order.append((id, minted))
      Self.evict(&state)
    }
  }

  private static func evict(_ state: inout State) {
    guard state.order.count > capacity else { return }
    for entry in state.order.prefix(capacity / 2) {
      state.responses[entry.response] = nil
      for item in entry.items { state.items[item] = nil }
    }
    state.order.removeFirst(capacity / 2)
  }

  /// Lets the lag of a response begin now.
  func restartLag(of id: String) {
    let now = clock.now()
    state.withLock { $0.responses[id]?.finishedAt = now }
  }

  /// A response that can be read.
  func response(_ id: String) -> StoredResponse? {
    let now = clock.now()
    return state.withLock { state in
      state.responses[id].flatMap { $0.isReadable(after: $0.lag, at: now) ? $0 : nil }
    }
  }

  /// Whether a response is stored, readable or not.
  func knows(_ id: String) -> Bool { state.withLock { $0.responses[id] != nil } }

  /// Forgets a response that can be read.
  ///
  /// - Returns: Whether there was one.
  func remove(_ id: String) -> Bool {
    guard response(id) != nil else { return false }
    return state.withLock { state in
      state.items = state.items.filter { $0.value.response != id }
      return state.responses.removeValue(forKey: id) != nil
    }
  }

  func update(_ id: String, _ change: (inout StoredResponse) -> Void) {
    state.withLock { state in
      if var response = state.responses[id] {
        change(&response)
        state.responses[id] = response
      }
    }
  }

  func item(_ id: String) -> Lookup {
    let now = clock.now()
    return state.withLock { state in
      guard let item = state.items[id] else { return .unknown }
      guard item.isPersisted else { return .notPersisted }
      guard let response = state.responses[item.response] else { return .unknown }
      return response.isReadable(after: item.lag, at: now) ? .found(item.value) : .unreadable
    }
  }

  /// The reasoning that an item was minted right after, if any.
  func reasoning(beforeItem id: String) -> String? {
    state.withLock { $0.items[id]?.reasoning }
  }

  /// The items of a response and of all before it, oldest first; nil when one cannot be read.
  func chain(endingWith id: String) -> [JSON]? {
    var items: [JSON] = []
    var next: String? = id
    var seen: Set<String> = []
    while let current = next, seen.insert(current).inserted {
      guard let response = response(current) else { return nil }
      items = response.input + response.output + items
      next = response.previous
    }
    return items
  }
}
