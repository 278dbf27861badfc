import Foundation
import RawUpstream
import Testing
import TransportHost

@Suite struct `A credential that the upstream sends back` {
  private static let key = Upstreams.key
  private static let half = String(Upstreams.key.prefix(Upstreams.key.count / 2 + 1))

  private static func stream(_ events: String...) -> String {
    HostileUpstream.streamHead + "connection: close\r\n\r\n"
      + events.map { "data: \($0)\n\n" }.joined()
  }

  private static func refusal(_ body: String, status: String = "401 No", headers: String = "")
    -> String
  {
    "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\n\(headers)"
      + "content-length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  static let answers = [
    refusal(#"{"error":{"code":"\#(key)","message":"no \#(key)","type":"\#(key)"}}"#),
    refusal(#"{"error":{"code":"x","message":"no \#(half)"}}"#),
    refusal(#"{"error":{"code":"x","message":"no \u0063\#(key.dropFirst())"}}"#),
    refusal("{}", headers: "x-request-id: \(key)\r\n"),
    refusal(#"{"error":{"code":"x","message":"no \#(key)"}}"#, status: "200 OK"),
    refusal(String(repeating: "x", count: 2000) + key, status: "500 Oh"),
    refusal("", status: "302 Found", headers: "location: http://\(key).example/\r\n"),
    refusal(#"{"what":"\#(key)"}"#, status: "200 OK"),
    refusal(
      #"{"object":"response","status":"incomplete","output":[],"#
        + #""incomplete_details":{"reason":"\#(key)"}}"#, status: "200 OK"),
    stream("what \(key)"),
    stream(String(repeating: "x", count: 100) + key),
    stream(#"{"type":"error","error":{"code":"\#(key)","message":"no \#(key)"}}"#),
    stream(#"{"type":"error","error":{"code":"a","message":"no \#(half)"}}"#),
    stream(#"{"type":"error","error":{"message":"no \#(key)"}}"#),
    stream(
      #"{"type":"response.failed","response":{"id":"resp_1","status":"failed","output":[],"#
        + #""error":{"code":"c","message":"no \#(key)"}}}"#),
    stream(
      #"{"type":"response.incomplete","response":{"id":"r","status":"incomplete","output":[],"#
        + #""incomplete_details":{"reason":"\#(key)"}}}"#),
    "HTTP/1.1 \(key)\r\n\r\n",
    "\(key)\r\n\r\n",
  ]

  @Test(.timeLimit(.minutes(1)), arguments: answers, [true, false])
  func `stands in nothing that the host says of a failure`(answer: String, isStream: Bool)
    async throws
  {
    let upstream = try HostileUpstream { connection in
      connection.send(answer)
      connection.end()
    }
    var said = ""
    do {
      let events = try await upstream.host.stream(
        .text("Hello", model: "m", isStream: isStream))
      said += Self.everything(events)
      var isFailed = false
      var data: [String] = []
      do {
        for try await event in events { data.append(String(decoding: event.data, as: UTF8.self)) }
      } catch {
        said += Self.everything(error) + String(decoding: error.json, as: UTF8.self)
        isFailed = true
      }
      // What an answer says is the caller's, byte for byte; what a failure says is not.
      if isFailed { said += data.joined() }
      if let result = events.result {
        said += "\(result.warnings) \(result.incompleteReason ?? "")"
      }
      said += Self.everything(events)
    } catch {
      said += Self.everything(error) + String(decoding: error.json, as: UTF8.self)
    }
    said += Self.everything(upstream.host)
    let leaks = said.ranges(of: Self.half).map { Self.context(of: $0, in: said) }
    #expect(leaks.isEmpty)
  }

  @Test func `stands in no description of a finished call`() async throws {
    let upstreams = try Upstreams()
    let host = try upstreams.host()
    let events = try await host.stream(.text("Hello", model: "openai"))
    for try await event in events { #expect(!Self.everything(event).contains(Self.half)) }
    let result = try #require(events.result)
    let explanation = try host.explain(.text("Hello", model: "openai"))
    let said =
      Self.everything(host) + Self.everything(events) + Self.everything(result)
      + Self.everything(explanation) + String(decoding: explanation.json, as: UTF8.self)
    #expect(!said.contains(Self.half))
  }

  private static func context(of leak: Range<String.Index>, in text: String) -> String {
    String(text[..<leak.lowerBound].suffix(60))
  }

  private static func everything(_ subject: Any) -> String {
    var text = "\(subject) \(String(reflecting: subject))"
    dump(subject, to: &text)
    return text
  }
}
