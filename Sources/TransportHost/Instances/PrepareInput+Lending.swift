internal import CTransportABI
internal import JSONText

extension PrepareInput {
  /// Lends the request to C for the length of the closure.
  func withRequest<R>(credential: jf_credential_handle, _ body: (jf_request) -> R) -> R {
    var arena = LendingArena()
    let slots = RequestSlots(self, in: &arena)
    return arena.withLent { lent in
      let lists = RequestLists(slots, members: members, lent: lent)
      return unsafe self.body.withUnsafeBufferPointer { bytes in
        unsafe lists.withRequest { request in
          unsafe request.struct_size = UInt32(MemoryLayout<jf_request>.size)
          unsafe request.attempt = UInt32(clamping: attempt)
          unsafe request.operation = lent[slots.operation]
          unsafe request.model = lent[slots.model]
          unsafe request.response_id = lent[slots.responseID]
          unsafe request.capabilities = lent[slots.capabilities]
          unsafe request.target = lent[slots.target]
          unsafe request.stream = isStream ? 1 : 0
          unsafe request.credential = credential
          unsafe request.body = jf_borrowed_bytes(ptr: bytes.baseAddress, len: bytes.count)
          return unsafe body(request)
        }
      }
    }
  }
}

/// Where the texts of a request lie in the arena.
private struct RequestSlots {
  typealias Slot = LendingArena.Slot

  let operation, model, responseID, capabilities, target: Slot
  let query: [(Slot, Slot)]
  let sets: [(Slot, Slot)]
  let removes: [Slot]
  let clamps: [(Slot, Slot, Slot)]
  let amendments: [Slot]

  init(_ input: PrepareInput, in arena: inout LendingArena) {
    operation = arena.add(input.operation)
    model = arena.add(input.model)
    responseID = arena.add(input.responseID)
    capabilities = arena.add(input.capabilities)
    target = arena.add(input.target)
    query = input.query.map { (arena.add($0.name), arena.add($0.value)) }
    sets = input.sets.map { (arena.add($0.name), arena.add($0.value)) }
    removes = input.removes.map { arena.add($0) }
    clamps = input.clamps.map {
      (arena.add($0.name), arena.add($0.minimum), arena.add($0.maximum))
    }
    amendments = input.amendments.map { arena.add($0) }
  }
}

/// The arrays of a request, as C has them.
@safe private struct RequestLists {
  private let members: [jf_member]
  private let query: [jf_borrowed_pair]
  private let sets: [jf_param_set]
  private let removes: [jf_borrowed_text]
  private let clamps: [jf_param_clamp]
  private let amendments: [jf_borrowed_text]

  init(_ slots: RequestSlots, members: [JSONMember], lent: LendingArena.Lent) {
    self.members = members.map {
      jf_member(key: jf_range($0.key), value: jf_range($0.value.range))
    }
    unsafe query = slots.query.map { unsafe jf_borrowed_pair(name: lent[$0], value: lent[$1]) }
    unsafe sets = slots.sets.map { unsafe jf_param_set(name: lent[$0], value: lent[$1]) }
    unsafe removes = slots.removes.map { unsafe lent[$0] }
    unsafe clamps = slots.clamps.map {
      unsafe jf_param_clamp(name: lent[$0], minimum: lent[$1], maximum: lent[$2])
    }
    unsafe amendments = slots.amendments.map { unsafe lent[$0] }
  }

  /// Lends all arrays at once, in a request whose other fields are still to be set.
  func withRequest<R>(_ body: (inout jf_request) -> R) -> R {
    var request = unsafe jf_request()
    return unsafe members.withUnsafeBufferPointer { members in
      unsafe (request.members, request.member_count) = (members.baseAddress, members.count)
      return unsafe query.withUnsafeBufferPointer { query in
        unsafe (request.query, request.query_count) = (query.baseAddress, query.count)
        return unsafe sets.withUnsafeBufferPointer { sets in
          unsafe (request.sets, request.set_count) = (sets.baseAddress, sets.count)
          return unsafe removes.withUnsafeBufferPointer { removes in
            unsafe (request.removes, request.remove_count) = (removes.baseAddress, removes.count)
            return unsafe clamps.withUnsafeBufferPointer { clamps in
              unsafe (request.clamps, request.clamp_count) = (clamps.baseAddress, clamps.count)
              return unsafe amendments.withUnsafeBufferPointer { amendments in
                unsafe (request.amendments, request.amendment_count) =
                  (amendments.baseAddress, amendments.count)
                return unsafe body(&request)
              }
            }
          }
        }
      }
    }
  }
}

extension jf_range {
  /// The same range in C's words.
  init(_ range: Range<Int>) {
    self.init(offset: range.lowerBound, length: range.count)
  }

  /// The same range in Swift's words, or nil when it does not lie in `0..<length`.
  func range(within length: Int) -> Range<Int>? {
    let (end, overflows) = offset.addingReportingOverflow(self.length)
    guard offset >= 0, self.length >= 0, !overflows, end <= length else { return nil }
    return offset..<end
  }
}

extension jf_borrowed_bytes {
  /// The bytes as a buffer, valid during the call that lent them.
  var buffer: UnsafeBufferPointer<UInt8> {
    // SAFETY: whoever lends states `len` bytes at `ptr`.
    unsafe UnsafeBufferPointer(start: ptr, count: ptr == nil ? 0 : max(0, len))
  }
}
