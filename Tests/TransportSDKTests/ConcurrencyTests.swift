import Dispatch
import Foundation
import JSONText
import Synchronization
import Testing
import TransportHost
import TransportSDK

@Suite struct `One instance serves many threads` {
  @Test func `that prepare at once, each its own request`() throws {
    let instance = try probe(InstanceSettings(provider: "threads", authentication: "key"))
    let wrong = Mutex<[String]>([])
    let finished = DispatchSemaphore(value: 0)
    let threads = (0..<8).map { number in
      Thread {
        defer { finished.signal() }
        for round in 0..<100 {
          let text = "{\"model\":\"\(number)\",\"user\":\"u\",\"round\":\(round)}"
          let expected = "{\"model\":\"wire\",\"round\":\(round),\"store\":false}"
          let written = Self.wireBody(instance, text)
          if written != expected { wrong.withLock { $0.append(written) } }
        }
      }
    }
    for thread in threads { thread.start() }
    for _ in threads { finished.wait() }
    #expect(wrong.withLock { $0 } == [])
  }

  @Test func `that create and destroy at once`() async throws {
    let library = try unsafe TransportLibrary(entry: probeEntry.pointer, file: nil, expecting: nil)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          for _ in 0..<50 {
            let settings = InstanceSettings(provider: "create-\(number)")
            let instance = try TransportInstance(library, settings: settings)
            _ = try instance.prepare(PrepareInput())
          }
        }
      }
      try await group.waitForAll()
    }
    for number in 0..<8 {
      #expect(ProbeTransport.seen(by: "create-\(number)")?.liveReaders == 0)
    }
  }

  private static func wireBody(_ instance: TransportInstance, _ text: String) -> String {
    var input = PrepareInput()
    input.model = "edit"
    input.body = Array(text.utf8)
    do {
      input.members = try JSONText.index(input.body.span).members
      let plan = try instance.prepare(input).plan
      return String(decoding: plan.bodyBytes(of: input.body), as: UTF8.self)
    } catch {
      return "\(error)"
    }
  }
}
