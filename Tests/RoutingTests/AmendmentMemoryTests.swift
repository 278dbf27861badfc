import Routing
import Testing

@Suite struct `The memory of amendments` {
  private typealias Deployment = AmendmentMemory.Deployment
  private static let here = Deployment(provider: "p", model: "m")

  @Test func `keeps what helped, for its deployment alone`() {
    var memory = AmendmentMemory()
    #expect(memory.isEmpty)
    memory.remember("a", for: Self.here, at: .zero)
    memory.remember("b", for: Self.here, at: .zero)
    memory.remember("a", for: Self.here, at: .zero)
    #expect(memory.amendments(of: Self.here, at: .zero) == ["a", "b"])
    #expect(memory.amendments(of: Deployment(provider: "p", model: "n"), at: .zero) == [])
    #expect(memory.amendments(of: Deployment(provider: "q", model: "m"), at: .zero) == [])
  }

  @Test func `forgets half an hour after the last use, and to look is no use`() {
    var memory = AmendmentMemory()
    memory.remember("a", for: Self.here, at: .zero)
    #expect(memory.use(Self.here, at: .seconds(1799)) == ["a"])
    #expect(memory.amendments(of: Self.here, at: .seconds(3598)) == ["a"])
    #expect(memory.amendments(of: Self.here, at: .seconds(3599)) == [])
    #expect(memory.use(Self.here, at: .seconds(3599)) == [])
    #expect(memory.isEmpty)
  }

  @Test func `holds 16 of a deployment, the newest`() {
    var memory = AmendmentMemory()
    for number in 0..<20 { memory.remember("a-\(number)", for: Self.here, at: .zero) }
    #expect(
      memory.amendments(of: Self.here, at: .zero) == (4..<20).map { "a-\($0)" })
  }

  @Test func `holds 256 deployments, those that were used last`() {
    var memory = AmendmentMemory()
    let deployments = (0..<300).map { Deployment(provider: "p", model: "m-\($0)") }
    for (number, deployment) in deployments.enumerated() {
      memory.remember("a", for: deployment, at: .seconds(number))
      _ = memory.use(deployments[0], at: .seconds(number))
    }
    let known = deployments.filter { !memory.amendments(of: $0, at: .seconds(300)).isEmpty }
    #expect(known.count == 256)
    #expect(known.first == deployments[0], "it was used all the time")
    #expect(known.dropFirst().first == deployments[45])
  }

  @Test func `is within its bounds and its age after 100,000 random steps`() {
    var generator = SeededGenerator(seed: 16)
    var memory = AmendmentMemory()
    var now = Duration.zero
    var lastUse: [Deployment: Duration] = [:]
    for _ in 0..<100_000 {
      now += .seconds(Int.random(in: 0..<20, using: &generator))
      let deployment = Deployment(
        provider: "p", model: "\(Int.random(in: 0..<400, using: &generator))")
      if Bool.random(using: &generator) {
        memory.remember(
          "a-\(Int.random(in: 0..<40, using: &generator))", for: deployment, at: now)
        lastUse[deployment] = now
      } else if !memory.use(deployment, at: now).isEmpty {
        let used = lastUse[deployment] ?? .zero
        guard now - used < AmendmentMemory.age else {
          Issue.record("kept for \(now - used)")
          return
        }
        lastUse[deployment] = now
      }
      guard memory.amendments(of: deployment, at: now).count <= 16 else {
        Issue.record("more than 16")
        return
      }
    }
    let held = (0..<400).filter {
      !memory.amendments(of: Deployment(provider: "p", model: "\($0)"), at: now).isEmpty
    }
    #expect(held.count <= 256 && held.count > 20, "\(held.count)")
  }
}
