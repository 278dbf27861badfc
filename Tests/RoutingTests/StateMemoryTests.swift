import Routing
import Testing

@Suite struct `The memory of homes` {
  private let east = StateHome(boundary: 1, provider: 7)
  private let west = StateHome(boundary: 2, provider: 8)

  @Test func `tells where state lives, by its newest home`() {
    var memory = StateMemory()
    #expect(memory.isEmpty)
    #expect(memory.home(of: .item("rs_1"), at: .zero) == nil)
    memory.insert(.item("rs_1"), home: east, at: .zero)
    #expect(memory.home(of: .item("rs_1"), at: .seconds(1)) == east)
    memory.insert(.item("rs_1"), home: west, at: .seconds(2))
    #expect(memory.home(of: .item("rs_1"), at: .seconds(3)) == west)
    #expect(memory.home(of: .item("rs_2"), at: .seconds(3)) == nil)
    #expect(memory.count == 1)
  }

  @Test func `keeps responses, items and encrypted content apart`() {
    var memory = StateMemory()
    memory.insert(.response("1"), home: east, at: .zero)
    #expect(memory.home(of: .item("1"), at: .zero) == nil)
    #expect(memory.home(of: .blob(1), at: .zero) == nil)
    memory.insert(.item("1"), home: west, at: .zero)
    memory.insert(.blob(1), home: west, at: .zero)
    #expect(memory.home(of: .response("1"), at: .zero) == east)
    #expect(memory.count == 3)
  }

  @Test func `forgets a name when it is told to, and learns it again`() {
    var memory = StateMemory()
    memory.insert(.response("resp_1"), home: east, at: .zero)
    memory.forget(.response("resp_1"))
    memory.forget(.response("resp_2"))
    #expect(memory.home(of: .response("resp_1"), at: .zero) == nil)
    #expect(memory.isEmpty)
    memory.insert(.response("resp_1"), home: west, at: .zero)
    #expect(memory.home(of: .response("resp_1"), at: .zero) == west)
  }

  @Test func `forgets a name after a day, and all when the last has aged`() {
    var memory = StateMemory()
    let day = StateMemory.age
    memory.insert(.item("a"), home: east, at: .zero)
    memory.insert(.item("b"), home: east, at: .seconds(10))
    memory.insert(.item("a"), home: east, at: .seconds(20))
    #expect(memory.home(of: .item("a"), at: day - .milliseconds(1)) == east)
    #expect(memory.home(of: .item("a"), at: day) == nil)
    #expect(memory.home(of: .item("b"), at: day) == east)
    memory.insert(.item("a"), home: west, at: day)
    #expect(memory.home(of: .item("a"), at: day + .seconds(1)) == west)
    #expect(memory.count == 2)
    memory.insert(.item("c"), home: east, at: day + day)
    #expect(memory.count == 1)
  }

  @Test func `does what a memory without bounds would, but for the oldest`() {
    var generator = SeededGenerator(seed: 16_384)
    var memory = StateMemory()
    // The model notes each making, and where in the list a name's last one stands.
    var makings: [(home: StateHome, made: Duration)] = []
    var places: [StateName: Int] = [:]
    func home(of name: StateName, at now: Duration) -> StateHome? {
      guard let place = places[name], place >= makings.count - StateMemory.limit,
        now - makings[place].made < StateMemory.age
      else { return nil }
      return makings[place].home
    }
    var now = Duration.zero
    for step in 0..<150_000 {
      // First the number of names is the bound, then their age.
      now += .seconds(step < 75_000 ? 1 : 6)
      let name = name(&generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0:
        memory.forget(name)
        places[name] = nil
      case 1...5:
        let new = StateHome(boundary: Int32(step % 5), provider: Int32(step % 11))
        memory.insert(name, home: new, at: now)
        if home(of: name, at: now) != nil, let place = places[name] {
          makings[place].home = new
        } else {
          places[name] = makings.count
          makings.append((new, now))
        }
      default: break
      }
      guard memory.home(of: name, at: now) == home(of: name, at: now),
        memory.count <= StateMemory.limit
      else {
        Issue.record("step \(step): \(name)")
        return
      }
    }
    #expect(makings.count > 3 * StateMemory.limit)
  }

  /// One of 60,000 names, so that some come again before they are forgotten.
  private func name(_ generator: inout SeededGenerator) -> StateName {
    let number = Int.random(in: 0..<20_000, using: &generator)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return .response("\(number)")
    case 1: return .item("\(number)")
    default: return .blob(UInt64(number))
    }
  }
}
