import JSONText

/// The output items that a stream has finished, for a terminal event that lacks them.
///
/// Upstreams put the whole encrypted content of a reasoning item into `response.output_item.done`, and
/// some leave it, or all items, out of the response object at the end. Whoever replays that object
/// would lose them.
struct FinishedItems: Sendable {
  fileprivate struct Item: Sendable {
    /// The item's slot; items without one stand behind those that have one.
    let outputIndex: Int
    /// The type as it is written.
    let type: [UInt8]
    /// The id as it is written, quotes included; empty where there is none.
    let id: [UInt8]
    let json: [UInt8]
    /// The encrypted content within `json`, quotes included; nil where there is none.
    let blob: Range<Int>?
  }

  /// Most items that are kept: an answer has a few dozen, and each is compared with those before it.
  static let countLimit = 4096

  private let limit: Int
  private var items: [Item] = []
  private var byteCount = 0
  /// Whether every item is there, so that they make an output.
  private var isWhole = true

  /// Nothing yet.
  ///
  /// - Parameter limit: Most bytes of items that are kept.
  init(limit: Int) { self.limit = limit }

  /// Keeps the item of an event that finishes one.
  ///
  /// A slot that is finished again has what came last, except that encrypted content never becomes
  /// shorter.
  mutating func add(_ event: ReceivedEvent, in data: Span<UInt8>) {
    guard let value = event.root.member("item", in: data), value.kind == .object else { return }
    let slot = event.root.member("output_index", in: data)?.integer(in: data)
    let item = Item(value, outputIndex: slot ?? .max, in: data)
    let place = items.firstIndex { $0.isSameSlot(as: item) }
    if let place, items[place].blobLength > item.blobLength { return }
    if let place { byteCount -= items.remove(at: place).json.count }
    keep(item, at: place ?? items.count)
  }

  private mutating func keep(_ item: Item, at place: Int) {
    if !hasRoom(for: item), isWhole {
      isWhole = false
      items.removeAll { $0.blob == nil }
      byteCount = items.reduce(0) { $0 + $1.json.count }
    }
    guard hasRoom(for: item), isWhole || item.blob != nil else { return }
    items.insert(item, at: min(place, items.count))
    byteCount += item.json.count
  }

  private func hasRoom(for item: Item) -> Bool {
    byteCount + item.json.count <= limit && items.count < Self.countLimit
  }
}

extension FinishedItems.Item {
  fileprivate init(_ value: JSONValue, outputIndex: Int, in data: Span<UInt8>) {
    let type = value.member("type", in: data)
    let isReasoning = type?.isString("reasoning", in: data) ?? false
    let blob = isReasoning ? value.member("encrypted_content", in: data) : nil
    let start = value.range.lowerBound
    self.init(
      outputIndex: outputIndex, type: type.map { [UInt8](data, in: $0.range) } ?? [],
      id: value.writtenID(in: data), json: [UInt8](data, in: value.range),
      blob: blob.flatMap { blob in
        blob.isFilled ? blob.range.lowerBound - start..<blob.range.upperBound - start : nil
      })
  }

  fileprivate var blobLength: Int { blob?.count ?? 0 }

  fileprivate func isSameSlot(as other: Self) -> Bool {
    guard outputIndex == .max else { return outputIndex == other.outputIndex && type == other.type }
    return other.outputIndex == .max && !id.isEmpty && id == other.id
  }
}

// MARK: - Giving back

extension FinishedItems {
  /// The terminal event with what its response object lacks; nil when it lacks nothing that is here.
  ///
  /// - Parameters:
  ///   - response: The response object within `data`.
  ///   - data: The event.
  /// - Returns: The event's data, nothing in it changed but the output, and what that was given.
  func completing(
    _ response: JSONValue, in data: Span<UInt8>
  ) -> (data: [UInt8], restored: RestoredOutput)? {
    guard !items.isEmpty else { return nil }
    var cursor = JSONItems(of: response.member("output", in: data) ?? .none)
    guard let first = cursor.next(in: data) else { return filling(response, in: data) }
    let blobs = items.filter { $0.blob != nil && !$0.id.isEmpty }
    guard !blobs.isEmpty else { return nil }
    var edits = JSONEdits()
    var count = 0
    var next: JSONValue? = first
    while let item = next {
      if item.lacksEncryptedContent(in: data), let literal = blob(of: item, among: blobs, in: data)
      {
        var edit = JSONObjectEdit(item, in: data)
        edit.set("encrypted_content", to: literal, in: data)
        edit.apply(to: &edits)
        count += 1
      }
      next = cursor.next(in: data)
    }
    guard count > 0 else { return nil }
    return (edits.rope(over: data.count).bytes(of: data), .encryptedContent(count))
  }

  private func filling(
    _ response: JSONValue, in data: Span<UInt8>
  ) -> (data: [UInt8], restored: RestoredOutput)? {
    guard isWhole else { return nil }
    // The sort keeps the order of those without a slot.
    let ordered = items.sorted { $0.outputIndex < $1.outputIndex }
    let output = [UInt8(ascii: "[")] + ordered.map(\.json).joined(separator: [UInt8(ascii: ",")])
    var edit = JSONObjectEdit(response, in: data)
    edit.set("output", to: output + [UInt8(ascii: "]")], in: data)
    return (edit.bytes(of: data), .items(ordered.count))
  }

  private func blob(of item: JSONValue, among blobs: [Item], in data: Span<UInt8>) -> [UInt8]? {
    let id = item.writtenID(in: data)
    let found = blobs.filter { $0.id == id }.max { $0.blobLength < $1.blobLength }
    return found.flatMap { item in item.blob.map { Array(item.json[$0]) } }
  }
}

extension JSONValue {
  /// No value that holds anything.
  fileprivate static var none: JSONValue { JSONValue(kind: .null, range: 0..<0) }

  /// Whether it is a string with something in it.
  fileprivate var isFilled: Bool { kind == .string && range.count > 2 }

  /// The `id` of an item as it is written; empty where there is none.
  fileprivate func writtenID(in text: Span<UInt8>) -> [UInt8] {
    guard let id = member("id", in: text), id.isFilled else { return [] }
    return [UInt8](text, in: id.range)
  }

  fileprivate func lacksEncryptedContent(in text: Span<UInt8>) -> Bool {
    guard member("type", in: text)?.isString("reasoning", in: text) == true else { return false }
    return member("encrypted_content", in: text).map { !$0.isFilled } ?? true
  }
}
