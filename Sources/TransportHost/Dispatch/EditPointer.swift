internal import JSONText

/// Where an edit happened, as RFC 6901 says it.
enum EditPointer {
  /// The pointer of an edit; for an addition, to where the member or item would stand.
  static func pointer(to edit: ExchangePlan.Edit, in body: Span<UInt8>) -> String {
    let place = JSONPointer.path(to: edit.offset, in: body)
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
