internal import JSONText

/// Where an edit happened, as RFC 6901 says it.
enum EditPointer {
  /// The pointers of edits; for an addition, to where the member or item would stand.
  static func pointers(to edits: [ExchangePlan.Edit], in body: Span<UInt8>) -> [String] {
    let places = JSONPointer.paths(to: edits.map(\.offset), in: body)
    return edits.indices.map { pointer(to: edits[$0], at: places[$0], in: body) }
  }

  private static func pointer(
    to edit: ExchangePlan.Edit, at place: String, in body: Span<UInt8>
  ) -> String {
    guard !edit.added.isEmpty else { return place }
    guard edit.added == "-" else { return JSONPointer.appending(edit.added, to: place) }
    let root = JSONValue(at: 0..<body.count, in: body)
    guard let array = root?.value(at: place, in: body) else { return place + "/-" }
    var items = JSONItems(of: array)
    var count = 0
    while items.next(in: body) != nil { count += 1 }
    return "\(place)/\(count)"
  }
}
