/// Writes events in the one form that every reader of server-sent events takes.
///
///     event: response.completed
///     data: {"type":"response.completed", …}
///
/// Lines end with LF, one space follows each colon, and a blank line ends the event. Neither a
/// byte-order mark nor an event without data is ever written.
package enum ServerSentEventSerializer {
  /// Adds an event to `output`, or nothing when `data` is empty: readers differ about such an event,
  /// and some parse its data as JSON.
  ///
  /// - Parameters:
  ///   - type: What the `event` line says; with an empty one, or one that holds a CR or an LF and
  ///     so would forge lines, there is no such line.
  ///   - data: Cut at LF, CR and CRLF into as many `data` lines. Ill-formed UTF-8 becomes U+FFFD.
  ///   - output: What the event is added to.
  package static func append(
    type: Span<UInt8>, data: Span<UInt8>, to output: inout [UInt8]
  ) {
    guard !data.isEmpty else { return }
    if !type.isEmpty, type.lineEnd(from: 0) == nil {
      output.append(contentsOf: "event: ".utf8)
      output.append(text: type)
      output.append(.lineFeed)
    }
    var start = 0
    while let end = data.lineEnd(from: start) {
      output.append(dataLine: data.extracting(start..<end))
      let isPair =
        data[end] == .carriageReturn && end + 1 < data.count && data[end + 1] == .lineFeed
      start = end + (isPair ? 2 : 1)
    }
    output.append(dataLine: data.extracting(start...))
    output.append(.lineFeed)
  }
}

extension [UInt8] {
  fileprivate mutating func append(dataLine text: Span<UInt8>) {
    append(contentsOf: "data: ".utf8)
    append(text: text)
    append(.lineFeed)
  }

  fileprivate mutating func append(text: Span<UInt8>) {
    let start = count
    append(addingCapacity: text.count) { room in
      for offset in text.indices { room.append(text[offset]) }
    }
    guard !text.isUTF8 else { return }
    replaceSubrange(start..., with: [UInt8].repaired(self[start...]))
  }
}
