#if Gateway

import Foundation
import Logging
import Telemetry
import Testing

@Suite struct `The request log` {
  @Test func `a line has all facts in a fixed order`() {
    let observed = Observed()
    observed.serve(
      .streamed,
      headers: [("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")])
    let expected =
      #"{"time":"2026-01-31T09:05:00.250Z","level":"info","message":"request served","#
      + #""request_id":"req_1","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","client":"team-a","#
      + #""method":"POST","endpoint":"/v1/responses","operation":"chat","model":"gpt-5","#
      + #""provider":"east","target":"first","served_model":"gpt-5-2026-01-01","#
      + #""response_id":"resp_1","stream":true,"status":200,"outcome":"ok","attempts":2,"#
      + #""retries":1,"began":"2026-01-31T09:05:00.000Z","duration_ms":2250,"#
      + #""first_event_ms":300,"input_tokens":1200,"cached_tokens":1000,"output_tokens":340,"#
      + #""reasoning_tokens":64,"finish_reason":"stop","request_bytes":4096,"#
      + #""response_bytes":9000,"generation":7}"# + "\n"
    #expect(observed.lines.all == [expected])
  }

  @Test func `bodies stand in it only where they were given`() throws {
    let observed = Observed()
    var call = ServedCall.streamed
    observed.serve(call)
    (call.requestBody, call.responseBody) = (#"{"input":"Hi"}"#, "data: {}\n\n")
    observed.serve(call)
    let lines = observed.lines.all
    #expect(!lines[0].contains("_body"))
    #expect(
      lines[1].hasSuffix(
        #""request_body":"{\"input\":\"Hi\"}","response_body":"data: {}\n\n"}"# + "\n"))
  }

  @Test func `what failed is a warning, what only Jackfield can mend an error`() throws {
    let observed = Observed()
    observed.serve(.failed)
    var call = ServedCall.failed
    (call.outcome, call.fault) = ("internal", "host")
    observed.serve(call)
    let lines = try observed.lines.all.map { try Self.members($0) }
    #expect(lines.map { $0["level"] as? String } == ["warning", "error"])
    #expect(lines[0]["error"] as? String == "It said \"no\".\nAsk again.")
    #expect(lines[0]["first_event_ms"] as? Double == 10)
    #expect(lines[0]["client"] == nil)
  }

  @Test func `a logger's level leaves lines out`() {
    let observed = Observed(level: .warning)
    observed.serve(.streamed)
    observed.serve(.failed)
    #expect(observed.lines.all.count == 1)
  }

  @Test(arguments: [
    "\u{0}\u{1}\u{7F}\u{85}\u{2028}\u{2029}", "\"\\/\r\n\t", "\u{202E}evil", "😀 ü",
    String(repeating: "x", count: 10_000),
  ])
  func `a line is one line of JSON whatever is in it`(text: String) throws {
    let lines = Lines()
    var logger = Logger(label: "l") { _ in JSONLinesHandler(now: { 0 }) { lines.append($0) } }
    logger[metadataKey: "always"] = .string(text)
    logger.info(
      "m",
      metadata: [
        "z": .array([.string(text), .stringConvertible(1.5), .stringConvertible(false)]),
        "a\(text)": .dictionary(["k": .stringConvertible(UInt64.max)]),
        "nan": .stringConvertible(Double.nan),
      ])
    let line = try #require(lines.all.first)
    #expect(
      line.unicodeScalars.filter { "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0) } == [
        "\n"
      ])
    let members = try Self.members(line)
    #expect(members["always"] as? String == text)
    #expect((members["z"] as? [Any])?.first as? String == text)
    #expect((members["a\(text)"] as? [String: Any])?["k"] as? UInt64 == .max)
    #expect(members["nan"] as? String == "nan")
    #expect(members["time"] as? String == "1970-01-01T00:00:00.000Z")
  }

  @Test func `what is not the request log's has its members by name`() {
    let lines = Lines()
    var handler = JSONLinesHandler(logLevel: .debug, now: { 951_782_400_000 }) {
      lines.append($0)
    }
    handler.metadataProvider = Logger.MetadataProvider { ["b": "provided", "a": "provided"] }
    handler[metadataKey: "b"] = "own"
    var logger = Logger(label: "l") { [handler] _ in handler }
    logger.logLevel = .debug
    logger.debug("reloaded", metadata: ["status": "200", "a": "last"])
    #expect(
      lines.all == [
        #"{"time":"2000-02-29T00:00:00.000Z","level":"debug","message":"reloaded","status":"200","a":"last","b":"provided"}"#
          + "\n"
      ])
  }

  private static func members(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }
}

@Suite struct `An instant as text` {
  @Test func `is what Foundation makes of it`() {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    for step in 0..<3000 as Range<Int64> {
      let milliseconds = step &* 84_467_440_737 &+ step * 7 % 1000
      let lines = Lines()
      let logger = Logger(label: "l") { _ in
        JSONLinesHandler(now: { milliseconds }) { lines.append($0) }
      }
      logger.info("m")
      let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      #expect(lines.all[0].hasPrefix(#"{"time":"\#(formatter.string(from: date))""#))
    }
  }

  @Test(
    arguments: [
      (946598400000, "1999-12-31T00:00:00.000Z"),
      (951782400000, "2000-02-29T00:00:00.000Z"),
      (951868800000, "2000-03-01T00:00:00.000Z"),
      (3981312000000, "2096-02-29T00:00:00.000Z"),
      (4107456000000, "2100-02-28T00:00:00.000Z"),
      (4107542400000, "2100-03-01T00:00:00.000Z"),
      (13574563200000, "2400-02-29T00:00:00.000Z"),
      (13574649600000, "2400-03-01T00:00:00.000Z"),
      (253402214400000, "9999-12-31T00:00:00.000Z"),
      (-1, "1970-01-01T00:00:00.000Z"),
      (.max, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `is right where years and centuries meet, and at its ends`(
    milliseconds: Int64, text: String
  ) {
    let lines = Lines()
    let logger = Logger(label: "l") { _ in
      JSONLinesHandler(now: { milliseconds }) { lines.append($0) }
    }
    logger.info("m")
    #expect(lines.all[0].hasPrefix(#"{"time":"\#(text)""#))
  }
}

#endif
