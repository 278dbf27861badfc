#if Gateway
internal import NIOCore
internal import TransportHost

/// Writes events as server-sent events.
///
/// - Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream.
enum EventText {
  /// Appends an event: its type, and its data byte for byte.
  static func append(_ event: ResponseEvent, to buffer: inout ByteBuffer) {
    buffer.writeStaticString("event: ")
    let type = event.typeBytes
    if type.isEmpty { buffer.writeString(line(event.type)) } else { buffer.writeBytes(type) }
    buffer.writeStaticString("\ndata: ")
    write(event.data, to: &buffer)
    buffer.writeStaticString("\n\n")
  }

  /// A line break in the data, where JSON takes one as space, begins another line of data.
  private static func write(_ data: ArraySlice<UInt8>, to buffer: inout ByteBuffer) {
    var rest = data
    while let end = rest.firstIndex(where: isLineEnd) {
      buffer.writeBytes(rest[..<end])
      buffer.writeStaticString("\ndata: ")
      let isPair = rest[end] == UInt8(ascii: "\r") && rest[(end + 1)...].first == UInt8(ascii: "\n")
      rest = rest[(end + (isPair ? 2 : 1))...]
    }
    buffer.writeBytes(rest)
  }

  /// A type as one line: JSON could spell a line end in it, behind which another field would begin.
  private static func line(_ type: String) -> String {
    guard type.utf8.contains(where: isLineEnd) else { return type }
    return String(decoding: type.utf8.filter { !isLineEnd($0) }, as: UTF8.self)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
#endif
