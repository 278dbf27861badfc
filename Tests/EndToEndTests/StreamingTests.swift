import Foundation
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `A streamed answer` {
  @Test(arguments: EmulatedUpstream.allCases)
  func `arrives event by event, the bytes unchanged`(upstream: EmulatedUpstream) async throws {
    let upstreams = try Upstreams()
    let events = try await upstreams.host().stream(.text("One two three", model: upstream.rawValue))
    var types: [String] = []
    var text = ""
    var numbers: [Int] = []
    for try await event in events {
      types.append(event.type)
      text += event.textDelta ?? ""
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(event.data)) as? [String: Any])
      #expect(object["type"] as? String == event.type)
      numbers.append(try #require(object["sequence_number"] as? Int))
    }
    #expect(types.first == "response.created")
    #expect(types.last == "response.completed")
    #expect(types.filter { $0 == "response.completed" }.count == 1)
    #expect(numbers == Array(0..<numbers.count))
    #expect(text == events.result?.text)
    #expect(events.attempts.map(\.outcome) == ["ok"])
    #expect(events.headers.contains { $0.name == "content-type" })
  }

  @Test func `that breaks ends with a synthesized failure before the error is thrown`() async throws
  {
    let events = try await Upstreams(faults: ["cut:4"]).host()
      .stream(.text("One two three", model: "openai"))
    var types: [String] = []
    let error = await #expect(throws: CallError.self) {
      for try await event in events { types.append(event.type) }
    }
    #expect(error?.code == .streamTruncated)
    #expect(types.last == "response.failed")
    #expect(types.filter { $0 == "response.failed" }.count == 1)
  }

  @Test func `is read by a slow consumer without loss`() async throws {
    let host = try Upstreams(faults: ["huge-event:4000000"]).host()
    let events = try await host.stream(.text("Hello", model: "openai"))
    var bytes = 0
    for try await event in events {
      bytes += event.data.count
      await Task.yield()
    }
    #expect(bytes > 4_000_000)
  }

  @Test func `two hundred at once all end`() async throws {
    let host = try Upstreams().host()
    let ended = try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<200 {
        let upstream = EmulatedUpstream.allCases[index % 3]
        group.addTask {
          try await host.respond(to: .text("Number \(index)", model: upstream.rawValue))
            .text.contains("Number \(index)")
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(ended == 200)
  }
}
