#if Gateway
import Foundation
import RawUpstream
import Synchronization
import Testing

@Suite struct `A client that reads slowly` {
  /// Bytes that the upstream could send so far.
  private final class Tally: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock(\.self) }
    func add(_ bytes: Int) { count.withLock { $0 += bytes } }
  }

  private static let event = Reply.event(
    #"{"type":"response.output_text.delta","delta":"\#(String(repeating: "x", count: 50_000))"}"#)
  /// 50 MB of them.
  private static let events = 1000

  @Test(.timeLimit(.minutes(2)))
  func `holds the upstream back, and gets everything once it reads`() async throws {
    let tally = Tally()
    let upstream = try RawServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(Reply.head + "connection: close\r\n\r\n" + Reply.created)
      for _ in 0..<Self.events where connection.send(Self.event) {
        tally.add(Self.event.utf8.count)
      }
      connection.send(Reply.completed)
    }
    try await TestGateway.with(HostSetting.configuration(of: upstream.url)) { gateway in
      try await gateway.connected(receiveBuffer: 64 << 10) { connection in
        connection.sendRequest(
          "POST", "/v1/responses", TestGateway.request(isStream: true),
          headers: ["connection: close"])
        #expect(connection.readHead() != nil)
        let whole = Self.events * Self.event.utf8.count
        // What fills every buffer on the way, and then stands still.
        var last = -1
        while last != tally.value {
          last = tally.value
          connection.pause(milliseconds: 700)
        }
        #expect(tally.value < whole / 2, "\(tally.value) bytes were taken from the upstream")
        let rest = connection.readToEnd()
        #expect(tally.value == whole)
        #expect(rest.count > whole)
        #expect(rest.suffix(200).contains(subsequence: "0\r\n\r\n"))
        #expect(rest.suffix(1000).contains(subsequence: "event: response.completed"))
      }
    }
  }

  @Test func `does not hold up others`() async throws {
    let upstream = try RawServer { connection in
      while let (_, body) = connection.readRequest() {
        guard String(decoding: body, as: UTF8.self).contains("\"stream\":true") else {
          connection.respond(Reply.whole, headers: "content-type: application/json\r\n")
          continue
        }
        connection.send(Reply.head + "connection: close\r\n\r\n" + Reply.created)
        while connection.send(Self.event) {}
        return
      }
    }
    try await TestGateway.with(HostSetting.configuration(of: upstream.url)) { gateway in
      try await gateway.connected(receiveBuffer: 4096) { connection in
        connection.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: true))
        #expect(connection.readHead() != nil)
        let other = try RawConnection(port: gateway.port)
        for _ in 0..<20 {
          other.sendRequest("POST", "/v1/responses", TestGateway.request())
          #expect(other.readAnswer()?.status == 200)
        }
      }
    }
  }
}

extension Collection<UInt8> {
  /// Whether a text stands somewhere in it.
  fileprivate func contains(subsequence text: String) -> Bool {
    firstRange(of: Array(text.utf8)) != nil
  }
}
#endif
