import JSONText
import TransportSDK

extension InputWalk {
  /// How an item gets its type.
  enum Typing {
    case asSent
    case message(EditSource)
    case reference(EditSource)
  }

  func typing(in text: Span<UInt8>) throws(TransportFailure) -> Typing {
    guard let source = rules[.messageType], !item.hasType else { return .asSent }
    if item.role != nil { return .message(source) }
    if item.isIDOnly { return .reference(source) }
    throw untyped(at: index)
  }

  func untyped(at index: Int) -> TransportFailure {
    TransportFailure(
      .requestInvalid,
      "the item has no type, and neither a role nor an id alone says which one it must be. Give it a "
        + "`type`, as the response had that it was copied from.", pointer: "/input/\(index)")
  }

  mutating func type(
    as typing: Typing, at start: Int, into exchange: inout ExchangeDraft
  ) {
    let (source, name): (EditSource, Literals.TypeName)
    switch typing {
    case .asSent: return
    case .message(let rule): (source, name) = (rule, Literals.message)
    case .reference(let rule): (source, name) = (rule, Literals.itemReference)
    }
    if let empty = item.type {
      edits.replace(empty.range, with: name.value)
      exchange.report(source, .replace, at: empty.range.lowerBound)
    } else {
      edits.insert(name.member, at: start + 1)
      exchange.report(source, .add, at: start, added: "type")
    }
  }
}

// MARK: - Contents

extension InputWalk {
  mutating func shortenCallID(
    _ value: JSONValue, in text: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    guard let source = rules[.callIDLength], value.range.count > ShortID.limit + 2,
      let id = value.string(in: text), let short = ShortID.shorten(id, prefix: "call_")
    else { return }
    edits.replace(value.range, with: JSONEscape.literal(short))
    exchange.report(source, .replace, at: value.range.lowerBound)
  }

  mutating func wrap(
    _ value: JSONValue, isAssistant: Bool, into exchange: inout ExchangeDraft
  ) {
    guard let source = rules[.contentParts] else { return }
    let isAnnotated = isAssistant && rules[.assistantAnnotations] != nil
    edits.insert(isAssistant ? Literals.outputPart : Literals.inputPart, at: value.range.lowerBound)
    edits.insert(isAnnotated ? Literals.annotatedEnd : Literals.partEnd, at: value.range.upperBound)
    exchange.report(source, .replace, at: value.range.lowerBound)
  }

  /// Completes the parts of one content; the parts of a duplicate are none of its.
  mutating func annotate(within content: JSONValue, into exchange: inout ExchangeDraft) {
    guard let source = rules[.assistantAnnotations] else { return }
    for part in item.bareParts where content.range.contains(part.start) {
      if let null = part.annotations {
        edits.replace(null, with: Literals.emptyList)
        exchange.report(source, .replace, at: null.lowerBound)
      } else {
        edits.insert(Literals.annotations, at: part.start + 1)
        exchange.report(source, .add, at: part.start, added: "annotations")
      }
    }
  }
}
