/// The fields seen since the last blank line.
struct UnfinishedEvent: Sendable {
  /// Where the first `event` or `data` line starts; nil before one came.
  private(set) var start: Int?
  /// The value of the latest `event` line.
  private(set) var type: Range<Int> = 0..<0
  /// The value of the first `data` line.
  private(set) var data: Range<Int> = 0..<0
  private(set) var dataLines = 0
  /// Whether the lines from `start` on are what the serializer would write for them.
  private(set) var isCanonical = true

  mutating func add(type field: ServerSentEventField, of line: LineReader.Line) {
    isCanonical =
      start == nil && field.isSpaced && !field.value.isEmpty && line.endsWithLineFeed
    start = start ?? line.content.lowerBound
    type = field.value
  }

  mutating func add(data field: ServerSentEventField, of line: LineReader.Line) {
    isCanonical = isCanonical && field.isSpaced && line.endsWithLineFeed
    start = start ?? line.content.lowerBound
    dataLines += 1
    if dataLines == 1 { data = field.value }
  }

  /// Notes a line that the serializer never writes.
  mutating func addOther() {
    isCanonical = isCanonical && start == nil
  }

  /// Follows the bytes when `dropped` of them go at the front.
  mutating func shift(by dropped: Int) {
    start = start.map { $0 - dropped }
    type = type.shifted(by: dropped)
    data = data.shifted(by: dropped)
  }
}

extension Range<Int> {
  // An empty range stands for an empty or absent value and may lie anywhere.
  fileprivate func shifted(by dropped: Int) -> Self {
    isEmpty ? 0..<0 : lowerBound - dropped..<upperBound - dropped
  }
}
