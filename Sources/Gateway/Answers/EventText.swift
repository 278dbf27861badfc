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
    if type.isEmpty { buffer.writeString(event.type) } else { buffer.writeBytes(type) }
    buffer.writeStaticString("\ndata: ")
    write(event.data, to: &buffer)
    buffer.writeStaticString("\n\n")
  }

  /// A line break in the data, where JSON takes one as space, begins another line of data.
  private static func write(_ data: ArraySlice<UInt8>, to buffer: inout ByteBuffer) {
    var rest = data
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      buffer.writeBytes(rest[..<end])
      buffer.writeStaticString("\ndata: ")
      rest = rest[(end + 1)...]
    }
    buffer.writeBytes(rest)
  }
}
#endif
