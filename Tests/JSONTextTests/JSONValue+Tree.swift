import Foundation
import JSONText

/// Foundation's tree as text that is the same for equal trees.
func canonical(_ tree: Any) throws -> String {
  let data = try JSONSerialization.data(
    withJSONObject: tree, options: [.sortedKeys, .fragmentsAllowed, .withoutEscapingSlashes])
  return String(decoding: data, as: UTF8.self)
}

extension JSONValue {
  /// The value as Foundation's parser would give it, read with the cursors.
  func tree(in text: Span<UInt8>) -> Any {
    switch kind {
    case .object:
      var tree: [String: Any] = [:]
      var members = JSONMembers(of: self)
      while let member = members.next(in: text) {
        tree[member.name(in: text)] = member.value.tree(in: text)
      }
      return tree
    case .array:
      var tree: [Any] = []
      var items = JSONItems(of: self)
      while let item = items.next(in: text) { tree.append(item.tree(in: text)) }
      return tree
    case .string: return string(in: text) as Any
    case .number: return integer(in: text).map { $0 as Any } ?? double(in: text) as Any
    case .true: return true
    case .false: return false
    case .null: return NSNull()
    }
  }

  private func double(in text: Span<UInt8>) -> Double? {
    var bytes: [UInt8] = []
    for offset in range { bytes.append(text[offset]) }
    return Double(bytes.text)
  }
}
