import Routing
import Testing

@Suite struct `The memory of ids` {
  @Test func `tells how long ago an id was made, from its first mention on`() {
    var minted = MintedState()
    minted.insert("resp_1", at: .seconds(10))
    minted.insert("resp_1", at: .seconds(15))
    #expect(minted.age(of: "resp_1", at: .seconds(17)) == .seconds(7))
    #expect(minted.age(of: "resp_2", at: .seconds(17)) == nil)
  }

  @Test func `forgets an id after an hour, and all when the last has aged`() {
    var minted = MintedState()
    minted.insert("a", at: .zero)
    minted.insert("b", at: .seconds(10))
    #expect(minted.age(of: "a", at: .seconds(3599)) == .seconds(3599))
    #expect(minted.age(of: "a", at: .seconds(3600)) == nil)
    #expect(minted.age(of: "b", at: .seconds(3600)) == .seconds(3590))
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
    let known = ids.enumerated().filter { minted.age(of: $0.element, at: now) != nil }
    #expect(known.map(\.offset) == Array(ids.count - MintedState.limit..<ids.count))
    for (offset, id) in known {
      #expect(minted.age(of: id, at: now) == now - .milliseconds(offset))
    }
  }
}
