public import JSONText

/// Edits a request's body without building a tree: untouched bytes stay ranges of the input.
///
/// Top-level members are found, set and removed by name; nested values are edited through ``nested``.
/// Making an editor applies `params` of the configuration: set, then remove, then clamp. Each change
/// is reported to the exchange at once. ``finish(_:into:)`` gives the rope.
public struct BodyEditor {
  /// The present value of a top-level member.
  public enum Field: Sendable, Hashable {
    /// As the caller sent it.
    case input(JSONValue)
    /// As an earlier edit set it: JSON.
    case literal([UInt8])
  }

  private enum Fate {
    case kept, removed
    case replaced([UInt8])
  }

  private struct Addition {
    let name: String
    var literal: [UInt8]
  }

  /// Splices inside members that the caller sent.
  public var nested = JSONEdits()

  private let members: [JSONMember]
  private let length: Int
  private var fates: [Fate]
  private var additions: [Addition] = []

  /// Starts to edit, and applies `params` of the configuration.
  ///
  /// - Parameters:
  ///   - request: Gives the top-level members and the parameters.
  ///   - body: The caller's JSON object.
  ///   - exchange: Takes the reports.
  /// - Throws: ``TransportFailure`` when a parameter cannot be applied to what the caller sent.
  public init(
    _ request: TransportRequest, body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    members = request.members
    length = body.count
    fates = Array(repeating: .kept, count: members.count)
    guard !request.parameters.isEmpty else { return }
    try apply(request.parameters, to: body, into: &exchange)
  }

  /// The present value of a member, the last of duplicates, or nil.
  public func field(_ name: StaticString, in body: Span<UInt8>) -> Field? {
    if let index = lastMember(where: { $0.isNamed(name, in: body) }) { return field(at: index) }
    return additions.last { $0.name == String(describing: name) }.map { .literal($0.literal) }
  }

  /// The present value of a member whose name is known only now.
  public func field(named name: String, in body: Span<UInt8>) -> Field? {
    if let index = lastMember(where: { $0.isNamed(name, in: body) }) { return field(at: index) }
    return additions.last { $0.name == name }.map { .literal($0.literal) }
  }

  /// Sets a member, replacing every duplicate or adding it, and reports the edit.
  public mutating func set(
    _ name: String, to literal: [UInt8], because source: EditSource, in body: Span<UInt8>,
    into exchange: inout ExchangeDraft
  ) {
    if let index = additions.lastIndex(where: { $0.name == name }) {
      additions[index].literal = literal
      exchange.report(source, .add, at: rootOffset(in: body), added: name)
      return
    }
    var isPresent = false
    for index in members.indices where isKept(index) && members[index].isNamed(name, in: body) {
      fates[index] = .replaced(literal)
      exchange.report(source, .replace, at: members[index].value.range.lowerBound)
      isPresent = true
    }
    guard !isPresent else { return }
    additions.append(Addition(name: name, literal: literal))
    exchange.report(source, .add, at: rootOffset(in: body), added: name)
  }

  /// Removes a member and its duplicates, and reports it.
  ///
  /// Does nothing when there is none.
  public mutating func remove(
    _ name: String, because source: EditSource, in body: Span<UInt8>,
    into exchange: inout ExchangeDraft
  ) {
    if additions.contains(where: { $0.name == name }) {
      additions.removeAll { $0.name == name }
      exchange.report(source, .remove, at: rootOffset(in: body), added: name)
    }
    for index in members.indices where isKept(index) && members[index].isNamed(name, in: body) {
      fates[index] = .removed
      exchange.report(source, .remove, at: members[index].value.range.lowerBound)
    }
  }

  /// The rope of the edited body.
  public consuming func finish(_ body: Span<UInt8>) -> JSONRope {
    var edits = nested
    let root = JSONValue(kind: .object, range: rootRange(in: body))
    var object = JSONObjectEdit(root, members: members)
    for (index, fate) in fates.enumerated() {
      switch fate {
      case .kept: break
      case .removed: object.remove(at: index)
      case .replaced(let literal): object.replace(at: index, with: literal)
      }
    }
    for addition in additions { object.add(addition.name, addition.literal) }
    object.apply(to: &edits)
    return edits.rope(over: length)
  }
}

// MARK: - Parameters

extension BodyEditor {
  private mutating func apply(
    _ parameters: RequestParameters, to body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    for setting in parameters.sets {
      set(setting.name, to: setting.value, because: .parameter(.set), in: body, into: &exchange)
    }
    for name in parameters.removes {
      remove(name, because: .parameter(.remove), in: body, into: &exchange)
    }
    for clamp in parameters.clamps {
      try apply(clamp, to: body, into: &exchange)
    }
  }

  private mutating func apply(
    _ clamp: RequestParameters.Clamp, to body: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    guard let field = field(named: clamp.name, in: body), let text = number(field, in: body),
      let value = Double(text)
    else { return }
    let bound: String? =
      if let minimum = clamp.minimum, let least = Double(minimum), value < least {
        minimum
      } else if let maximum = clamp.maximum, let greatest = Double(maximum), value > greatest {
        maximum
      } else { nil }
    guard let bound else { return }
    set(
      clamp.name, to: Array(bound.utf8), because: .parameter(.clamp), in: body, into: &exchange)
  }

  private func number(_ field: Field, in body: Span<UInt8>) -> String? {
    switch field {
    case .input(let value):
      guard value.kind == .number else { return nil }
      var text = ""
      for index in value.range { text.unicodeScalars.append(Unicode.Scalar(body[index])) }
      return text
    case .literal(let literal): return String(validating: literal, as: UTF8.self)
    }
  }
}

// MARK: - Members

extension BodyEditor {
  private func lastMember(where isWanted: (JSONMember) -> Bool) -> Int? {
    members.indices.last { isKept($0) && isWanted(members[$0]) }
  }

  private func field(at index: Int) -> Field {
    if case .replaced(let literal) = fates[index] { return .literal(literal) }
    return .input(members[index].value)
  }

  private func isKept(_ index: Int) -> Bool {
    if case .removed = fates[index] { return false }
    return true
  }

  private func rootOffset(in body: Span<UInt8>) -> Int {
    var offset = 0
    while offset < body.count, body[offset] != UInt8(ascii: "{") { offset += 1 }
    return offset
  }

  private func rootRange(in body: Span<UInt8>) -> Range<Int> {
    let start = rootOffset(in: body)
    var end = body.count
    while end > start, body[end - 1] != UInt8(ascii: "}") { end -= 1 }
    return start..<end
  }
}
