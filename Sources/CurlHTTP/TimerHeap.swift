/// The alarms of the open exchanges, soonest first: a binary heap whose members know their place.
///
/// Adding, moving and removing cost O(log n); the soonest is read in O(1). An exchange stands here
/// once, at or before its next deadline: a deadline that moves away leaves the alarm where it is,
/// and the loop sets it again when it rings. A streamed body therefore moves no alarm.
struct TimerHeap {
  private var members: [Transfer] = []

  var count: Int { members.count }

  /// The soonest alarm, or nil.
  var first: Transfer? { members.first }

  /// Sets the alarm of an exchange; `.never` removes it.
  mutating func set(_ transfer: Transfer, to time: EngineTime) {
    guard time != .never else { return remove(transfer) }
    transfer.alarm = time
    if transfer.alarmIndex == nil {
      transfer.alarmIndex = members.count
      members.append(transfer)
    }
    restoreOrder(around: transfer)
  }

  /// Forgets the alarm of an exchange, if there is one.
  mutating func remove(_ transfer: Transfer) {
    transfer.alarm = .never
    guard let index = transfer.alarmIndex else { return }
    transfer.alarmIndex = nil
    let last = members.removeLast()
    guard last !== transfer else { return }
    place(last, at: index)
    restoreOrder(around: last)
  }

  private mutating func restoreOrder(around transfer: Transfer) {
    guard var index = transfer.alarmIndex else { return }
    while index > 0, transfer.alarm < members[(index - 1) / 2].alarm {
      place(members[(index - 1) / 2], at: index)
      index = (index - 1) / 2
    }
    while let child = soonerChild(of: index), members[child].alarm < transfer.alarm {
      place(members[child], at: index)
      index = child
    }
    place(transfer, at: index)
  }

  private func soonerChild(of index: Int) -> Int? {
    let left = 2 * index + 1
    guard left < members.count else { return nil }
    let right = left + 1
    return right < members.count && members[right].alarm < members[left].alarm ? right : left
  }

  private mutating func place(_ transfer: Transfer, at index: Int) {
    members[index] = transfer
    transfer.alarmIndex = index
  }
}
