/// A value of a YAML document with the place where it is written.
///
/// An alias is replaced by the node it stands for, so a node's span is where its text stands, not
/// where an alias named it.
package struct YAMLNode: Sendable {
  /// The three kinds of YAML values.
  package enum Content: Sendable {
    /// Text, a number, a boolean or null.
    case scalar(YAMLScalar)
    /// A list.
    case sequence([YAMLNode])
    /// Names and values: the order of the file first, merged entries after them.
    case mapping([YAMLEntry])
  }

  /// The value.
  package let content: Content
  /// Where it is written; of a block collection, up to the end of its last value.
  package let span: YAMLSpan
  /// Whether it is a collection in brackets or braces.
  package let isFlow: Bool
  /// How many nodes it is when every alias is expanded, itself included.
  let weight: Int
}

/// One name and its value in a mapping.
package struct YAMLEntry: Sendable {
  /// The key's text.
  package let name: String
  /// Where the key is written.
  package let keySpan: YAMLSpan
  /// The value.
  package let value: YAMLNode
  /// Whether it came in through a merge key (`<<`).
  package let isMerged: Bool

  /// From the first character of the key to the end of the value; of a merged entry, the key alone.
  package var span: YAMLSpan {
    YAMLSpan(start: keySpan.start, end: max(keySpan.end, value.span.end))
  }
}

/// A scalar with its type after the YAML 1.2 core schema.
package struct YAMLScalar: Sendable, Hashable {
  /// The types of the core schema.
  package enum Kind: Sendable, Hashable { case null, boolean, integer, float, string }

  /// The type; quoted and block scalars are strings.
  package let kind: Kind
  /// The text after unquoting and unfolding; numbers as written.
  package let text: String
  /// Whether it is written without quotes and not as a block.
  package let isPlain: Bool
}

extension YAMLNode {
  /// The scalar, or nil for a collection.
  package var scalar: YAMLScalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar
  }

  /// The text of a string scalar; nil for other types.
  package var string: String? {
    guard let scalar, scalar.kind == .string else { return nil }
    return scalar.text
  }

  /// The items of a list; nil for other types.
  package var items: [YAMLNode]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  /// The entries of a mapping; nil for other types.
  package var entries: [YAMLEntry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  /// The entry of that name in a mapping; nil when there is none or this is no mapping.
  package func entry(_ name: String) -> YAMLEntry? {
    entries?.first { $0.name == name }
  }

  /// The same tree with the text of each string (not of keys) replaced; nil keeps a string.
  package func replacingStrings(_ replace: (YAMLNode) -> String?) -> YAMLNode {
    switch content {
    case .scalar(let scalar):
      guard scalar.kind == .string, let text = replace(self) else { return self }
      return with(.scalar(YAMLScalar(kind: .string, text: text, isPlain: scalar.isPlain)))
    case .sequence(let items):
      return with(.sequence(items.map { $0.replacingStrings(replace) }))
    case .mapping(let entries):
      return with(.mapping(entries.map { $0.with($0.value.replacingStrings(replace)) }))
    }
  }

  private func with(_ content: Content) -> YAMLNode {
    YAMLNode(content: content, span: span, isFlow: isFlow, weight: weight)
  }
}

extension YAMLEntry {
  fileprivate func with(_ value: YAMLNode) -> YAMLEntry {
    YAMLEntry(name: name, keySpan: keySpan, value: value, isMerged: isMerged)
  }
}
