import RawUpstream
import TransportHost

/// What a caller gets of one reply, written byte by byte.
struct StreamedReply {
  private(set) var events: [ResponseEvent] = []
  private(set) var result: CallResult?
  private(set) var error: CallError?
  private(set) var headers: [(name: String, value: String)] = []
  /// How often the upstream was asked.
  private(set) var connections = 0

  /// Asks an upstream that answers with these bytes and closes.
  ///
  /// - Parameters:
  ///   - body: What comes behind the head.
  ///   - type: The content type, or nil for none.
  ///   - headers: Further lines of the head.
  ///   - isStream: Whether a stream is asked for.
  ///   - staysOpen: Whether the upstream keeps the connection instead of closing it.
  /// - Throws: Where the upstream cannot start.
  init(
    _ body: String, type: String? = "text/event-stream", headers: [String] = [],
    isStream: Bool = true, staysOpen: Bool = false
  ) async throws {
    let lines =
      ["HTTP/1.1 200 OK", "connection: close"] + headers
      + (type.map { ["content-type: \($0)"] } ?? [])
    let head = lines.map { "\($0)\r\n" }.joined() + "\r\n"
    let upstream = try HostileUpstream { connection in
      connection.send(head + body)
      if staysOpen { connection.waitForClose() }
      connection.end()
    }
    do {
      let events = try await upstream.host.stream(
        .text("Hello", model: "m", isStream: isStream))
      self.headers = events.headers
      for try await event in events { self.events.append(event) }
      result = events.result
    } catch { self.error = error }
    connections = upstream.server.accepted
  }

  /// The text that arrived in deltas.
  var deltas: String { events.compactMap(\.textDelta).joined() }

  /// Events with their data, each as upstreams frame it.
  static func stream(_ data: String...) -> String {
    data.map { "data: \($0)\n\n" }.joined()
  }

  static let created =
    #"{"type":"response.created","sequence_number":0,"response":{"id":"r","status":"in_progress","output":[]}}"#
  static let delta =
    #"{"type":"response.output_text.delta","sequence_number":1,"delta":"Hi"}"#

  /// A completed answer.
  static func completed(_ items: String..., more: String = "") -> String {
    #"{"type":"response.completed","sequence_number":2,"response":"#
      + response(items, more: more) + "}"
  }

  /// A completed response object.
  static func response(_ items: [String] = [message()], more: String = "") -> String {
    #"{"id":"r","object":"response","status":"completed","error":null,"model":"m-2026"\#(more),"output":["#
      + items.joined(separator: ",") + "]}"
  }

  static func message(_ text: String = "Hi", type: String = "output_text", id: String = "m_1")
    -> String
  {
    #"{"type":"message","id":"\#(id)","role":"assistant","content":[{"type":"\#(type)","text":"\#(text)"}]}"#
  }
}
