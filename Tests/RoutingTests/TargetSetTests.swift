import Testing

@testable import Routing

@Suite struct `A set of targets` {
  @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 1000])
  func `holds what was put in and nothing else`(index: Int) {
    var set = TargetSet()
    #expect(!set.contains(index))
    set.insert(index)
    set.insert(index)
    #expect((0...1100).filter(set.contains) == [index])
  }

  @Test func `agrees with a set of numbers, over 5,000 random steps`() {
    var generator = SeededGenerator(seed: 64)
    var set = TargetSet()
    var model: Set<Int> = []
    for _ in 0..<5000 {
      let index = Int.random(in: 0..<700, using: &generator)
      #expect(set.contains(index) == model.contains(index))
      if Int.random(in: 0..<4, using: &generator) == 0 {
        set.insert(index)
        model.insert(index)
      }
    }
  }
}
