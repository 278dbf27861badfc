import JSONText

/// Which tools were called, and how far their input was said.
struct StreamedCalls: Sendable {
  /// A call whose name went out.
  struct Call: Sendable {
    let key: ItemKey
    /// The id as it is written, quotes included.
    let id: [UInt8]
    let isCustom: Bool
    /// Whether something of its input went out.
    var hasInput: Bool
  }

  /// Input of a call that is not known yet.
  struct EarlyInput: Sendable {
    let key: ItemKey
    /// The input so far, escaped.
    var content: [UInt8]
  }

  /// Most bytes that are kept for calls that are not known yet.
  private static let earlyLimit = 1 << 20

  fileprivate var calls: [Call] = []
  private var early: [EarlyInput] = []
  private var earlySize = 0

  /// How many there are.
  var count: Int { calls.count }

  fileprivate func place(_ key: ItemKey) -> Int? { calls.lastIndex { $0.key.isSame(as: key) } }

  fileprivate func place(ofID id: [UInt8]) -> Int? { calls.lastIndex { $0.id == id } }

  /// Keeps input for a call that has not begun.
  ///
  /// - Returns: Whether there was room for it.
  fileprivate mutating func keep(_ content: ArraySlice<UInt8>, for key: ItemKey) -> Bool {
    earlySize += content.count
    guard earlySize <= Self.earlyLimit else { return false }
    if let place = early.lastIndex(where: { $0.key.isSame(as: key) }) {
      early[place].content += content
    } else {
      early.append(EarlyInput(key: key, content: Array(content)))
    }
    return true
  }

  /// Gives back what was kept for a call.
  fileprivate mutating func takeEarly(_ key: ItemKey) -> [UInt8] {
    guard let place = early.firstIndex(where: { $0.key.isSame(as: key) }) else { return [] }
    let content = early.remove(at: place).content
    earlySize -= content.count
    return content
  }
}

extension ChatStream {
  mutating func takeAdded(_ event: StreamEvent, _ buffer: inout [UInt8]) {
    guard let item = event.fields[.item] else { return }
    for case .call(let call) in event.source.pieces(ofItem: item) {
      let key = event.key
      guard calls.place(ofID: id(of: call, in: event.source)) == nil else { return }
      let place = open(call, key, in: event.source, &buffer)
      let content = calls.takeEarly(key)
      if !content.isEmpty { sayInput(content[...], of: place, &buffer) }
    }
  }

  mutating func takeInputDelta(_ event: StreamEvent, _ buffer: inout [UInt8]) {
    guard let delta = event.string(.delta) else { return }
    let content = event.source.content(of: delta)
    guard let place = calls.place(event.key) else {
      if calls.keep(content, for: event.key) { return }
      // Without it the call would be another one.
      let failure = ChatFailure.protocolError("A call's input came without the call.")
      return fail(with: failure.body, into: &buffer)
    }
    let padding = event.string(.obfuscation).map { event.source.slice($0.range) }
    sayInput(content, of: place, obfuscation: padding, &buffer)
  }

  mutating func takeInputDone(
    _ event: StreamEvent, _ member: EventMember, _ buffer: inout [UInt8]
  ) {
    // Of several calls an event without a key could mean any; the finished item will tell.
    guard let input = event.string(member), event.key.isKnown || calls.count == 1,
      let place = calls.place(event.key), !calls.calls[place].hasInput
    else { return }
    sayInput(event.source.content(of: input), of: place, &buffer)
  }

  /// Says what is still missing of a finished call.
  mutating func complete(
    _ call: FoundCall, _ key: ItemKey?, in source: JSONSource, _ buffer: inout [UInt8]
  ) {
    let hasID = call.id != nil
    let known =
      hasID ? calls.place(ofID: id(of: call, in: source)) : calls.place(key ?? Self.anyItem)
    let place =
      known ?? open(call, key ?? Self.noItem, in: source, &buffer)
    guard !calls.calls[place].hasInput, call.input != nil else { return }
    sayInput(source.stringLiteral(call.input).dropFirst().dropLast(), of: place, &buffer)
  }

  /// The key that is the same as every other.
  private static let anyItem = ItemKey(outputIndex: nil, itemID: nil)

  /// The key of a call that no event was about; no event will be.
  private static let noItem = ItemKey(outputIndex: -1, itemID: nil)

  private func id(of call: FoundCall, in source: JSONSource) -> [UInt8] {
    guard call.id != nil else { return JSONEscape.literal("call_\(calls.count)") }
    return Array(source.stringLiteral(call.id))
  }

  /// Says a call's id and name.
  private mutating func open(
    _ call: FoundCall, _ key: ItemKey, in source: JSONSource, _ buffer: inout [UInt8]
  ) -> Int {
    let place = calls.count
    let id = id(of: call, in: source)
    calls.calls.append(
      StreamedCalls.Call(key: key, id: id, isCustom: call.isCustom, hasInput: false))
    begin(content: "null", &buffer)
    let beginning = FoundCall(isCustom: call.isCustom, id: call.id, name: call.name, input: nil)
    var out = JSONOutput()
    out.openObject()
    if reply.usesFunctionCall {
      // The old form has room for one.
      guard place == 0 else { return place }
      out.key("function_call")
      out.callee(beginning, in: source)
    } else {
      out.key("tool_calls")
      out.openArray()
      out.openObject()
      out.key("index")
      out.literal(String(place))
      out.key("id")
      out.copy(id[...])
      out.key("type")
      out.string(call.isCustom ? "custom" : "function")
      out.key(call.isCustom ? "custom" : "function")
      out.callee(beginning, in: source)
      out.closeObject()
      out.closeArray()
    }
    out.closeObject()
    chunks.chunk(out.bytes, to: &buffer)
    return place
  }

  /// Says more of a call's input.
  private mutating func sayInput(
    _ content: ArraySlice<UInt8>, of place: Int, obfuscation: ArraySlice<UInt8>? = nil,
    _ buffer: inout [UInt8]
  ) {
    calls.calls[place].hasInput = true
    let isCustom = calls.calls[place].isCustom
    var delta: [UInt8] = []
    if reply.usesFunctionCall {
      guard place == 0 else { return }
      delta.append(contentsOf: #"{"function_call":{"arguments":""#.utf8)
    } else {
      let callee = isCustom ? #""custom":{"input":""# : #""function":{"arguments":""#
      delta.append(contentsOf: #"{"tool_calls":[{"index":\#(place),\#(callee)"#.utf8)
    }
    delta.append(contentsOf: content)
    delta.append(contentsOf: (reply.usesFunctionCall ? #""}}"# : #""}}]}"#).utf8)
    chunks.chunk(delta, obfuscation: obfuscation, to: &buffer)
  }
}
