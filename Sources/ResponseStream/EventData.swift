/// What an event's data is before anyone reads it as JSON.
enum EventData {
  /// White space, or nothing.
  case blank
  /// The mark with which many gateways end a stream; it says nothing of how the response ended.
  case done
  case content

  init(_ data: Span<UInt8>) {
    guard let first = data.indices.first(where: { !data[$0].isWhiteSpace }) else {
      self = .blank
      return
    }
    // Nearly every event begins with a brace.
    self =
      data[first] == UInt8(ascii: "[") && data.extracting(first...).isDoneMark ? .done : .content
  }
}

extension Span where Element == UInt8 {
  fileprivate var isDoneMark: Bool {
    let mark: [UInt8] = Array("[DONE]".utf8)
    guard count >= mark.count, mark.indices.allSatisfy({ self[$0] == mark[$0] }) else {
      return false
    }
    return extracting(mark.count...).indices.allSatisfy { self[$0 + mark.count].isWhiteSpace }
  }
}

extension UInt8 {
  fileprivate var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
