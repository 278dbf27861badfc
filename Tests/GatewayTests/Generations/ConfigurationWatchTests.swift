#if Gateway
import Foundation
import Testing

@testable import Gateway

@Suite struct `The watch of a file` {
  /// Looks one after the other, and which of them told of a change.
  private func told(_ first: [Int64]?, _ looks: [[Int64]?]) -> [Int] {
    var watch = ConfigurationWatch(first)
    return looks.indices.filter { watch.look(looks[$0]) }
  }

  @Test func `tells of a change once, when two looks agree`() {
    #expect(told([1], [[1], [2], [2], [2], [2]]) == [2])
  }

  @Test func `waits for as long as the file changes`() {
    #expect(told([1], [[2], [3], [4], [4], [4]]) == [3])
  }

  @Test func `says nothing where nothing changed, or was changed back`() {
    #expect(told([1], [[1], [1], [2], [1], [1]]).isEmpty)
  }

  @Test func `says nothing while the file is not there, and then that it is another one`() {
    #expect(told([1], [nil, nil, nil, [1], [1]]).isEmpty)
    #expect(told([1], [nil, nil, [2], [2], [2]]) == [3])
    #expect(told(nil, [nil, [1], [1], nil, [1], [1]]) == [2])
  }

  @Test func `tells of each change`() {
    #expect(told([1], [[2], [2], [1], [1], [2], [2]]) == [1, 3, 5])
  }

  @Test(.timeLimit(.minutes(1)))
  func `misses no change that comes right after it began`() async throws {
    let scratch = try Scratch()
    // Many, for the moment between a beginning and a first look is short.
    let changes = try (0..<50).map { number in
      let path = try scratch.write("old", to: "\(number)")
      let other = try scratch.write("new", to: "\(number).new")
      let changes = ConfigurationWatch.changes(of: path)
      #expect(unsafe rename(other, path) == 0)
      return changes
    }
    for change in changes {
      var elements = change.makeAsyncIterator()
      #expect(await elements.next() != nil)
    }
  }
}
#endif
