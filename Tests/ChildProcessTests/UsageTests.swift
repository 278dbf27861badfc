import ChildProcess
import Testing

@Suite(.timeLimit(.minutes(1))) struct `What a running program uses` {
  @Test func `is the time of its threads and the memory it has`() throws {
    let process = try ChildProcess("sh", ["-c", "while :; do :; done"])
    let first = process.processorTime
    // Goes on until the program has run for a while, however busy the machine is.
    while process.processorTime < first + 0.02 {}
    let last = process.processorTime
    #expect((100_000..<100_000_000).contains(process.residentBytes))
    process.terminate()
    #expect(process.finish().seconds >= last - 0.01, "both clocks tell of the same")
    #expect(process.processorTime == 0)
    #expect(process.residentBytes == 0)
  }
}
