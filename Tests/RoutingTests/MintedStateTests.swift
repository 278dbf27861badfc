import Routing
import Testing

@Suite struct `The memory of ids` {
  @Test func `tells how long ago an id was made, from its first mention on`() {
    var minted = MintedState()
    minted.insert("resp_1", at: .seconds(10))
    minted.insert("resp_1", at: .seconds(15))
    #expect(minted.age(of: "resp_1", at: .seconds(17)) == .known(.seconds(7)))
    #expect(minted.age(of: "resp_2", at: .seconds(17)) == .unknown)
  }

  @Test func `tells what was deleted from what was never made here`() {
    var minted = MintedState()
    minted.insert("resp_1", at: .zero)
    minted.delete("resp_1")
    minted.delete("resp_2")
    #expect(minted.age(of: "resp_1", at: .seconds(1)) == .deleted)
    #expect(minted.age(of: "resp_2", at: .seconds(1)) == .unknown)
    #expect(minted.count == 1)
  }

  @Test func `forgets an id after an hour, and all when the last has aged`() {
    var minted = MintedState()
    minted.insert("a", at: .zero)
    minted.insert("b", at: .seconds(10))
    #expect(minted.age(of: "a", at: .seconds(3599)) == .known(.seconds(3599)))
    #expect(minted.age(of: "a", at: .seconds(3600)) == .unknown)
    #expect(minted.age(of: "b", at: .seconds(3600)) == .known(.seconds(3590)))
    minted.insert("c", at: .seconds(3611))
    #expect(minted.count == 1)
  }

  @Test func `holds 8,192 ids, the newest, over 100,000 random ones`() {
    var generator = SeededGenerator(seed: 8192)
    var minted = MintedState()
    var ids: [String] = []
    for number in 0..<100_000 {
      let id = "fc_\(UInt64.random(in: .min ... .max, using: &generator))"
      ids.append(id)
      minted.insert(id, at: .milliseconds(number))
      guard minted.count == min(ids.count, MintedState.limit) else {
        Issue.record("\(minted.count) of \(ids.count)")
        return
      }
    }
    let now = Duration.milliseconds(ids.count)
    let known = ids.enumerated().filter { minted.age(of: $0.element, at: now) != .unknown }
    #expect(known.map(\.offset) == Array(ids.count - MintedState.limit..<ids.count))
    for (offset, id) in known {
      #expect(minted.age(of: id, at: now) == .known(now - .milliseconds(offset)))
    }
  }
}
