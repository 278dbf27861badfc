/// Changes to the items of one array; the commas are its business.
///
/// One array takes one edit: two for the same array do not know of each other's commas.
public struct JSONArrayEdit: Sendable {
  /// The array.
  public let array: JSONValue
  /// The array's items before any change.
  public let items: [JSONValue]
  private var edit = ElementEdit()

  /// No change yet, to an array whose items are known.
  ///
  /// - Parameters:
  ///   - array: The array.
  ///   - items: All of its items in the order of the text.
  public init(_ array: JSONValue, items: [JSONValue]) {
    self.array = array
    self.items = items
  }

  /// No change yet, to an array whose items are looked up.
  ///
  /// - Parameters:
  ///   - array: The array; a value of another kind counts as one without items.
  ///   - text: The validated text it was found in.
  public init(_ array: JSONValue, in text: Span<UInt8>) {
    var cursor = JSONItems(of: array)
    var items: [JSONValue] = []
    while let item = cursor.next(in: text) { items.append(item) }
    self.init(array, items: items)
  }

  /// Removes an item and one comma.
  ///
  /// - Parameter index: The item's place in ``items``; a later replacement undoes this.
  public mutating func remove(at index: Int) {
    precondition(items.indices.contains(index), "no item at the index")
    edit.append(.remove, at: index)
  }

  /// Puts another value in an item's place.
  ///
  /// - Parameters:
  ///   - index: The item's place in ``items``.
  ///   - literal: The new value as JSON.
  public mutating func replace(at index: Int, with literal: [UInt8]) {
    precondition(items.indices.contains(index), "no item at the index")
    edit.append(.replace(with: literal), at: index)
  }

  /// Adds an item before another, behind those added there before.
  ///
  /// - Parameters:
  ///   - literal: The new item as JSON.
  ///   - index: The place in ``items`` of the item behind the new one; their count for the end.
  public mutating func insert(_ literal: [UInt8], before index: Int) {
    precondition((0...items.count).contains(index), "no item before the index")
    edit.append(.insert(literal), at: index)
  }

  /// Adds an item at the end.
  ///
  /// - Parameter literal: The new item as JSON.
  public mutating func append(_ literal: [UInt8]) {
    insert(literal, before: items.count)
  }

  /// Makes the changes; edits to what a removed or replaced item holds are dropped with it.
  ///
  /// - Parameter edits: Where the changes go.
  public func apply(to edits: inout JSONEdits) {
    edit.apply(to: &edits, layout: self)
  }
}

extension JSONArrayEdit: ElementEdit.Layout {
  var start: Int { array.range.lowerBound + 1 }

  var count: Int { items.count }

  func element(at index: Int) -> Range<Int> { items[index].range }

  func value(at index: Int) -> Range<Int> { items[index].range }
}
