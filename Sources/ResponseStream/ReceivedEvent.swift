import JSONText

/// What the stream machine needs to know of one event; places are in the event's data.
struct ReceivedEvent {
  let kind: Kind
  /// The event as a whole: always an object.
  let root: JSONValue
  /// The response object that the event carries.
  let response: JSONValue?
  let sequenceNumber: Int?

  /// The kinds of event that the contract tells apart.
  enum Kind {
    case completed
    case incomplete
    case failed
    case cancelled
    case error
    /// Part of an answer: an output item, its content or its progress.
    case semantic
    /// Part of an answer too: an output item that is finished.
    case itemDone
    /// All else: the response's own progress, keep-alives, and what is not known.
    case other
  }

  /// Reads an event.
  ///
  /// - Parameters:
  ///   - name: The server-sent event's type, for data that names none.
  ///   - data: The event's data; anything but a JSON object gives nil.
  init?(name: Span<UInt8>, data: Span<UInt8>) {
    guard let index = try? JSONText.index(data), index.root.kind == .object else { return nil }
    let root = index.root
    var (type, response, sequenceNumber, error): (JSONValue?, JSONValue?, JSONValue?, JSONValue?)
    var statusCode: JSONValue?
    for member in index.members {
      switch ReceivedMember(member, in: data) {
      case .type: type = member.value
      case .response: response = member.value
      case .sequenceNumber: sequenceNumber = member.value
      case .error: error = member.value
      case .statusCode: statusCode = member.value
      case nil: break
      }
    }
    self.root = root
    self.response = response?.kind == .object ? response : nil
    self.sequenceNumber = sequenceNumber?.integer(in: data)
    let kind = type.flatMap { Kind(type: $0, in: data) } ?? Kind(name)
    guard kind == .other, response == nil else {
      self.kind = kind
      return
    }
    // A type from outside of the response family may be an error's own, beside its fields; gateways
    // put a status in place of both.
    let isError =
      error.map { $0.kind != .null } ?? false || Kind(name) == .error
      || (type == nil && statusCode?.integer(in: data) ?? 0 >= 400)
    self.kind = isError ? .error : .other
  }
}

/// The members of an event that are looked at.
private enum ReceivedMember {
  case type
  case response
  case sequenceNumber
  case error
  case statusCode

  // Most members are none of these, which their first byte tells; an escape may hide any of them.
  init?(_ member: JSONMember, in text: Span<UInt8>) {
    let first = text[member.key.lowerBound + 1]
    let isEscaped = first == UInt8(ascii: "\\")
    if first == UInt8(ascii: "t") || isEscaped, member.isNamed("type", in: text) {
      self = .type
    } else if first == UInt8(ascii: "r") || isEscaped, member.isNamed("response", in: text) {
      self = .response
    } else if first == UInt8(ascii: "s") || isEscaped,
      member.isNamed("sequence_number", in: text)
    {
      self = .sequenceNumber
    } else if first == UInt8(ascii: "s") || isEscaped, member.isNamed("statusCode", in: text) {
      self = .statusCode
    } else if first == UInt8(ascii: "e") || isEscaped, member.isNamed("error", in: text) {
      self = .error
    } else {
      return nil
    }
  }
}

extension ReceivedEvent.Kind {
  /// Nil for a value that names no type.
  fileprivate init?(type: JSONValue, in text: Span<UInt8>) {
    guard type.kind == .string, type.range.count > 2 else { return nil }
    let content = text.extracting(type.range.lowerBound + 1..<type.range.upperBound - 1)
    if content.isDeltaType {
      self = .semantic
    } else if content.indices.contains(where: { content[$0] == UInt8(ascii: "\\") }) {
      let decoded = Array((type.string(in: text) ?? "").utf8)
      self.init(decoded.span)
    } else {
      self.init(content)
    }
  }

  fileprivate init(_ type: Span<UInt8>) {
    if type.isDeltaType {
      self = .semantic
    } else if type.equals("error") {
      self = .error
    } else if type.equals("response.completed") {
      self = .completed
    } else if type.equals("response.incomplete") {
      self = .incomplete
    } else if type.equals("response.failed") {
      self = .failed
    } else if type.equals("response.cancelled") {
      self = .cancelled
    } else if type.equals("response.output_item.done") {
      self = .itemDone
    } else {
      self = type.isSemanticType ? .semantic : .other
    }
  }
}

extension Span where Element == UInt8 {
  fileprivate func equals(_ literal: String) -> Bool {
    count == literal.utf8.count && starts(with: literal)
  }

  private func starts(with literal: String) -> Bool {
    let literal = literal.utf8.span
    guard count >= literal.count else { return false }
    for offset in literal.indices where self[offset] != literal[offset] { return false }
    return true
  }

  private func ends(with literal: String) -> Bool {
    count >= literal.utf8.count && extracting(last: literal.utf8.count).starts(with: literal)
  }

  // What nearly every event of a stream is, told by bytes and before all else; no escape hides in it.
  fileprivate var isDeltaType: Bool {
    guard count > 6 else { return false }
    let tail = extracting(last: 6)
    return tail[0] == UInt8(ascii: ".") && tail[1] == UInt8(ascii: "d")
      && tail[2] == UInt8(ascii: "e") && tail[3] == UInt8(ascii: "l")
      && tail[4] == UInt8(ascii: "t") && tail[5] == UInt8(ascii: "a")
  }

  // `response.created` and its like name a state of the response; with one more part the type names
  // something within it. That takes in the families that no schema lists.
  fileprivate var isSemanticType: Bool {
    if ends(with: ".done") { return true }
    guard starts(with: "response.") else { return false }
    let rest = extracting(droppingFirst: "response.".utf8.count)
    return rest.indices.contains { rest[$0] == UInt8(ascii: ".") }
  }
}
