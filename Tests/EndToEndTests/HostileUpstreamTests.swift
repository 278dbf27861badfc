import Foundation
import RawUpstream
import Testing
import TransportHost

@Suite struct `A hostile upstream` {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let codes: Set<ErrorCode>
    var settings = ""
    let answer: @Sendable (RawConnection) -> Void
  }

  private static let megabyte = [UInt8](repeating: 0x78, count: 1 << 20)

  static let rows = [
    Row(testDescription: "a header of 100 MB", codes: [.protocolError]) { connection in
      connection.send("HTTP/1.1 200 OK\r\nx: ")
      for _ in 0..<100 where !connection.send(megabyte) { return connection.end() }
    },
    Row(testDescription: "headers without end", codes: [.protocolError]) { connection in
      connection.send("HTTP/1.1 200 OK\r\n")
      while connection.send("x-a: \(String(repeating: "b", count: 1000))\r\n") {}
    },
    Row(testDescription: "provisional heads without end", codes: [.protocolError]) { connection in
      while connection.send("HTTP/1.1 103 Early Hints\r\nlink: <a>; rel=preload\r\n\r\n") {}
    },
    Row(testDescription: "a switch of protocols", codes: [.protocolError]) { connection in
      connection.send(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n")
      connection.waitForClose()
    },
    Row(
      testDescription: "comments without end", codes: [.timeoutAttempt],
      settings: "    timeouts: { attempt: 300ms }"
    ) { connection in
      connection.send(HostileUpstream.streamHead + "\r\n")
      while connection.send(": nothing\n") { connection.pause(milliseconds: 1) }
    },
    Row(
      testDescription: "empty events without end", codes: [.timeoutAttempt],
      settings: "    timeouts: { attempt: 300ms }"
    ) { connection in
      connection.send(HostileUpstream.streamHead + "\r\n")
      while connection.send("data: \n\n\n") { connection.pause(milliseconds: 1) }
    },
    Row(testDescription: "an event without end", codes: [.protocolError]) { connection in
      connection.send(HostileUpstream.streamHead + "\r\ndata: ")
      while connection.send(megabyte) {}
    },
    Row(testDescription: "a body without end", codes: [.protocolError]) { connection in
      connection.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n")
      while connection.send(megabyte) {}
    },
    Row(testDescription: "a refusal without end", codes: [.upstreamFailed]) { connection in
      connection.send("HTTP/1.1 500 Oh\r\ncontent-type: text/plain\r\n\r\n")
      while connection.send(megabyte) {}
    },
    Row(testDescription: "a body that is shorter than it says", codes: [.streamTruncated]) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}")
      $0.end()
    },
    Row(testDescription: "a body that is longer than it says", codes: [.protocolError]) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}{}{}")
    },
    Row(testDescription: "two lengths", codes: [.protocolError]) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: x\r\n\r\n{}{}{}")
    },
    Row(testDescription: "a length that overflows", codes: [.protocolError, .streamTruncated]) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}")
      $0.end()
    },
    Row(testDescription: "a chunk that is no number", codes: [.protocolError, .streamTruncated]) {
      $0.send(HostileUpstream.streamHead + "transfer-encoding: chunked\r\n\r\nzz\r\n")
      $0.end()
    },
    Row(testDescription: "NUL bytes", codes: [.protocolError]) {
      $0.send(HostileUpstream.streamHead + "x-nul: a\0b\r\nconnection: close\r\n\r\n")
      $0.send("data: \0\0\0\n\n")
      $0.end()
    },
    Row(testDescription: "a coding that does not fit", codes: [.protocolError]) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nabcd")
    },
    Row(testDescription: "no coding that exists", codes: [.protocolError]) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-encoding: rot13\r\ncontent-length: 4\r\n\r\nabcd")
    },
    Row(testDescription: "a nesting of 100,000", codes: [.protocolError]) {
      $0.send(HostileUpstream.streamHead + "connection: close\r\n\r\ndata: ")
      $0.send(String(repeating: "[", count: 100_000) + "\n\n")
      $0.end()
    },
  ]

  @Test(.timeLimit(.minutes(1)), arguments: rows)
  func `ends in one typed error, whatever it sends`(row: Row) async throws {
    let upstream = try HostileUpstream(settings: row.settings, row.answer)
    let failure = try #require(await upstream.failure())
    #expect(row.codes.contains(failure.code), "\(failure)")
    #expect(failure.attempts.map(\.outcome) == [failure.code.rawValue])
    #expect(failure.message.utf8.count < 4096)
  }

  @Test(.timeLimit(.minutes(1)))
  func `may put trailers without end after an answer`() async throws {
    let upstream = try HostileUpstream { connection in
      let body = #"{"object":"response","id":"r","status":"completed","output":[]}"#
      connection.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
      connection.send("transfer-encoding: chunked\r\n\r\n")
      connection.send(
        "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\nx-trailer: a\r\n\r\n")
    }
    let answer = try await upstream.host.respond(to: .text("Hello", model: "m", isStream: false))
    #expect(answer.headers.allSatisfy { $0.name != "x-trailer" })
  }
}
