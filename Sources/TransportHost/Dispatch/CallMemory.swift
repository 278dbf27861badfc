internal import JSONText
internal import Routing
internal import Synchronization

/// What the calls of one host leave behind for later ones; none of it outlives the host.
final class CallMemory: Sendable {
  private let amendments = Mutex(AmendmentMemory())
  private let minted = Mutex(MintedState())
  private let clock: any HostClock

  init(clock: any HostClock) { self.clock = clock }

  /// What a call to a deployment is to begin with.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - isSent: Whether it will go out; to be shown is no use that prolongs the memory.
  /// - Returns: Amendments, oldest first.
  func amendments(for call: RoutedCall, isSent: Bool) -> [String] {
    amendments.withLock { memory in
      guard !memory.isEmpty, call.mayBeAmended else { return [] }
      let now = clock.now
      return isSent
        ? memory.use(call.deployment, at: now) : memory.amendments(of: call.deployment, at: now)
    }
  }

  /// Learns amendments that were answered.
  func remember(_ amendments: [String], for call: RoutedCall) {
    guard !amendments.isEmpty else { return }
    let now = clock.now
    self.amendments.withLock { memory in
      for amendment in amendments { memory.remember(amendment, for: call.deployment, at: now) }
    }
  }

  /// How long ago stored state was made by a call of this host, if it was.
  func age(ofState id: String) -> FailedAttempt.StateAge {
    let now = clock.now
    return minted.withLock { $0.age(of: id, at: now) }
  }

  /// Takes in that a response was made just now by a call that goes on.
  func noteBegun(_ id: String, of call: RoutedCall) {
    guard call.provider.instance.facts.stateLag > .zero else { return }
    let now = clock.now
    minted.withLock { $0.insert(id, at: now) }
  }

  /// Takes in what an answer stored or deleted, where that matters: where state may be readable only
  /// some time after it was made.
  ///
  /// - Parameters:
  ///   - result: The answer.
  ///   - response: Its response object as the upstream wrote it, without tags.
  func noteState(of result: CallResult, response: [UInt8]) {
    let routed = result.call.routed
    guard routed.provider.instance.facts.stateLag > .zero else { return }
    switch routed.request.operation {
    case "create":
      let ids = StoredIDs.ids(in: response, askedBy: routed.body)
      guard !ids.isEmpty else { return }
      let now = clock.now
      minted.withLock { minted in for id in ids { minted.insert(id, at: now) } }
    case "delete": minted.withLock { $0.delete(routed.request.responseID) }
    default: return
    }
  }
}

/// Finds the ids under which an upstream stores a response.
enum StoredIDs {
  /// The response's id and those of its output items; none where it is not stored.
  static func ids(in response: [UInt8], askedBy request: RequestBody) -> [String] {
    let body = request.bytes.span
    let store = request.members.last { $0.isNamed("store", in: body) }
    guard store?.value.kind != .false else { return [] }
    let text = response.span
    guard let root = JSONValue(at: 0..<text.count, in: text), root.kind == .object else {
      return []
    }
    var ids: [String] = []
    var members = JSONMembers(of: root)
    while let member = members.next(in: text) {
      if member.isNamed("store", in: text), member.value.kind == .false { return [] }
      if member.isNamed("id", in: text), let id = member.value.string(in: text) { ids.append(id) }
      if member.isNamed("output", in: text) { ids += itemIDs(in: member.value, of: text) }
    }
    return ids
  }

  private static func itemIDs(in output: JSONValue, of text: Span<UInt8>) -> [String] {
    guard output.kind == .array else { return [] }
    var ids: [String] = []
    var items = JSONItems(of: output)
    while let item = items.next(in: text) {
      if let id = item.member("id", in: text)?.string(in: text) { ids.append(id) }
    }
    return ids
  }
}
