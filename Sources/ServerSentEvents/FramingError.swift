/// Why a stream cannot be cut into events or lines any further.
///
/// Neither format has an ill-formed text: whatever is no event is skipped, as the rules say. All that
/// can go wrong is size.
package enum FramingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// An event, or a line, grew past the limit given to the parser, in bytes, before it ended.
  case tooLong(limit: Int)

  /// The failure in words, without any byte of the stream.
  package var description: String {
    switch self {
    case .tooLong(let limit):
      "cannot read the stream: an event is longer than the limit of \(limit) bytes"
    }
  }
}
