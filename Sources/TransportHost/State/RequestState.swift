internal import JSONText

/// What the top level of a request says of stored state; the input is read when it is asked for.
struct RequestState: Sendable {
  /// The response that the request goes on from, as the caller named it; nil: none.
  let previousResponseID: String?
  /// Where the value of `previous_response_id` stands; nil where there is none.
  let previousResponse: JSONValue?
  /// The caller's name for requests that share a beginning; nil: none.
  let promptCacheKey: String?
  /// The input; nil unless it is an array.
  let input: JSONValue?

  /// Reads the members of a body; of duplicates the last counts.
  init(of body: Span<UInt8>, members: [JSONMember]) {
    var (previous, key, input): (JSONValue?, JSONValue?, JSONValue?)
    for member in members {
      if member.isNamed("input", in: body) {
        input = member.value
      } else if member.isNamed("previous_response_id", in: body) {
        previous = member.value
      } else if member.isNamed("prompt_cache_key", in: body) {
        key = member.value
      }
    }
    previousResponse = previous?.hasContent ?? false ? previous : nil
    previousResponseID = previousResponse?.string(in: body)
    promptCacheKey = key?.hasContent ?? false ? key?.string(in: body) : nil
    self.input = input?.kind == .array ? input : nil
  }

  /// The items of the input; none where it is no array.
  func items(in body: Span<UInt8>) -> StateItems {
    input.map { StateItems(of: $0, in: body) } ?? StateItems()
  }
}

extension JSONValue {
  /// Whether the value is a string and not empty.
  var hasContent: Bool { kind == .string && range.count > 2 }
}
