import Testing

@testable import Routing

@Suite struct `Turns among the targets of a model` {
  @Test func `come one after the other`() {
    var rotation = Rotation(targets: 4)
    let turns = (0..<6).map { _ in rotation.next(among: [0, 2, 3]) }
    #expect(turns == [0, 2, 3, 0, 2, 3])
  }

  @Test func `go on behind the last one, whoever may be asked then`() {
    var rotation = Rotation(targets: 4)
    #expect(rotation.next(among: [0, 1, 2, 3]) == 0)
    #expect(rotation.next(among: [0, 3]) == 3)
    #expect(rotation.next(among: [1, 2]) == 1)
    #expect(rotation.next(among: []) == nil)
    #expect(rotation.next(among: [1, 2]) == 2)
  }

  /// - Source: <https://github.com/phusion/nginx/commit/27e94984486058d73157038f7950a0a36ecc6e35>
  @Test func `come by weight, evenly spread`() {
    var rotation = Rotation(targets: 3)
    let weights = [5, 1, 1]
    let turns = (0..<14).map { _ in rotation.next(among: [0, 1, 2]) { weights[$0] } }
    #expect(turns == [0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0])
  }

  @Test(arguments: [[1, 1], [1, 2, 3], [70, 30], [10_000, 1, 1, 1], [7, 7, 7, 1]])
  func `come exactly by weight over a whole round`(weights: [Int]) {
    var rotation = Rotation(targets: weights.count)
    var counts = weights.map { _ in 0 }
    for _ in 0..<weights.reduce(0, +) * 3 {
      guard let next = rotation.next(among: Array(weights.indices), weight: { weights[$0] }) else {
        continue
      }
      counts[next] += 1
    }
    #expect(counts == weights.map { $0 * 3 })
  }

  @Test func `owe nothing to one that was away`() {
    var rotation = Rotation(targets: 2)
    for _ in 0..<100 { _ = rotation.next(among: [0]) { _ in 1 } }
    let turns = (0..<4).map { _ in rotation.next(among: [0, 1]) { _ in 1 } }
    #expect(turns == [0, 1, 0, 1])
  }

  @Test func `have room for targets that come later`() {
    var rotation = Rotation(targets: 1)
    rotation.grow(to: 3)
    rotation.grow(to: 2)
    #expect(Set((0..<3).map { _ in rotation.next(among: [0, 1, 2]) { _ in 1 } }) == [0, 1, 2])
  }
}
