import JSONText

/// What of an answer's text was said.
struct StreamedTexts: Sendable {
  /// A part of a message of which something was said.
  struct Part: Sendable {
    let key: ItemKey
    let contentIndex: Int?
    let isRefusal: Bool
    /// How many scalars of text were said before it.
    let start: Int
  }

  /// A reasoning item of which something was said.
  struct Reasoned: Sendable {
    let key: ItemKey
    let partIndex: Int?
  }

  /// The two forms that reasoning comes in; a stream tells one of them, whichever came first.
  enum ReasoningForm { case summary, thought }

  fileprivate(set) var parts: [Part] = []
  fileprivate(set) var reasoned: [Reasoned] = []
  fileprivate var reasoningForm: ReasoningForm?
  fileprivate(set) var citationCount = 0
  fileprivate var scalarCount = 0

  /// The part an event is about, if anything was said of it; the newest first.
  fileprivate func part(_ key: ItemKey, _ contentIndex: Int?, isRefusal: Bool) -> Part? {
    parts.last { part in
      guard part.isRefusal == isRefusal, part.key.isSame(as: key) else { return false }
      guard let contentIndex, let other = part.contentIndex else { return true }
      return contentIndex == other
    }
  }
}

// MARK: - Text

extension ChatStream {
  mutating func takeText(
    _ event: StreamEvent, _ member: EventMember, isRefusal: Bool, _ buffer: inout [UInt8]
  ) {
    guard let text = event.string(member) else { return }
    let index = event.source.integer(event.fields[.contentIndex])
    let isWhole = member != .delta
    if isWhole, texts.part(event.key, index, isRefusal: isRefusal) != nil { return }
    sayText(
      text, of: event.key, part: index, isRefusal: isRefusal, in: event.source,
      logprobs: event.fields[.logprobs], obfuscation: event.string(.obfuscation), &buffer)
  }

  fileprivate mutating func sayText(
    _ text: JSONValue, of key: ItemKey, part: Int?, isRefusal: Bool, in source: JSONSource,
    logprobs: JSONValue? = nil, obfuscation: JSONValue? = nil, _ buffer: inout [UInt8]
  ) {
    if texts.part(key, part, isRefusal: isRefusal) == nil {
      texts.parts.append(
        StreamedTexts.Part(
          key: key, contentIndex: part, isRefusal: isRefusal, start: texts.scalarCount))
    }
    begin(content: isRefusal ? "null" : #""""#, &buffer)
    if !isRefusal { texts.scalarCount += source.scalarCount(ofString: text) }
    var delta = Array((isRefusal ? #"{"refusal":"# : #"{"content":"#).utf8)
    delta.append(contentsOf: source.slice(text.range))
    delta.append(UInt8(ascii: "}"))
    let tokens = logprobs.flatMap { source.items($0).isEmpty ? nil : source.slice($0.range) }
    chunks.chunk(
      delta, logprobs: tokens, obfuscation: obfuscation.map { source.slice($0.range) },
      to: &buffer)
  }

  /// Says a whole piece of an item, unless something of it was said.
  mutating func say(
    _ piece: OutputPiece, of key: ItemKey, in source: JSONSource, _ buffer: inout [UInt8]
  ) {
    switch piece {
    case .text(let text, let part, let annotations, let logprobs):
      guard texts.part(key, part, isRefusal: false) == nil else { return }
      sayText(
        text, of: key, part: part, isRefusal: false, in: source, logprobs: logprobs, &buffer)
      for annotation in source.items(annotations) {
        cite(annotation, of: key, part: part, in: source, &buffer)
      }
    case .refusal(let text, let part):
      guard texts.part(key, part, isRefusal: true) == nil else { return }
      sayText(text, of: key, part: part, isRefusal: true, in: source, &buffer)
    case .summary(let text): sayReasoning(text, of: key, .summary, in: source, &buffer)
    case .thought(let text): sayReasoning(text, of: key, .thought, in: source, &buffer)
    case .call(let call): complete(call, key, in: source, &buffer)
    }
  }

  /// Takes a finished item.
  mutating func takeDone(
    _ item: JSONValue, _ key: ItemKey, in source: JSONSource, _ buffer: inout [UInt8]
  ) {
    let wasReasoned = texts.reasoned.contains { $0.key.isSame(as: key) }
    for piece in source.pieces(ofItem: item) {
      switch piece {
      case .summary, .thought: if !wasReasoned { say(piece, of: key, in: source, &buffer) }
      default: say(piece, of: key, in: source, &buffer)
      }
    }
  }
}

// MARK: - Citations

extension ChatStream {
  mutating func takeAnnotation(_ event: StreamEvent, _ buffer: inout [UInt8]) {
    guard let annotation = event.fields[.annotation] else { return }
    let index = event.source.integer(event.fields[.contentIndex])
    cite(annotation, of: event.key, part: index, in: event.source, &buffer)
  }

  /// Says the citations of a response whose events had none.
  mutating func cite(_ items: [JSONValue], in source: JSONSource, _ buffer: inout [UInt8]) {
    for (place, item) in items.enumerated() {
      for case .text(_, let part, let annotations, _) in source.pieces(ofItem: item) {
        for annotation in source.items(annotations) {
          let key = ItemKey(outputIndex: place, itemID: nil)
          cite(annotation, of: key, part: part, in: source, &buffer)
        }
      }
    }
  }

  private mutating func cite(
    _ annotation: JSONValue, of key: ItemKey, part: Int?, in source: JSONSource,
    _ buffer: inout [UInt8]
  ) {
    var out = JSONOutput()
    out.openObject()
    out.key("annotations")
    out.openArray()
    let start = texts.part(key, part, isRefusal: false)?.start ?? 0
    guard out.citation(annotation, startingAt: start, in: source) else { return }
    out.closeArray()
    out.closeObject()
    texts.citationCount += 1
    begin(content: #""""#, &buffer)
    chunks.chunk(out.bytes, to: &buffer)
  }
}

// MARK: - Reasoning

extension ChatStream {
  mutating func takeReasoning(
    _ event: StreamEvent, _ member: EventMember, _ form: StreamedTexts.ReasoningForm,
    _ buffer: inout [UInt8]
  ) {
    guard let text = event.string(member) else { return }
    let index = event.source.integer(event.fields[form == .summary ? .summaryIndex : .contentIndex])
    let key = event.key
    let isKnown = texts.reasoned.contains { reasoned in
      guard reasoned.key.isSame(as: key) else { return false }
      guard let index, let other = reasoned.partIndex else { return true }
      return index == other
    }
    if member != .delta, isKnown { return }
    sayReasoning(
      text, of: key, form, part: index, isContinued: isKnown, in: event.source,
      obfuscation: event.string(.obfuscation), &buffer)
  }

  /// Says something of what the model thought.
  ///
  /// Unless it goes on where the last of it ended, an empty line comes between, as between the parts
  /// of a summary.
  fileprivate mutating func sayReasoning(
    _ text: JSONValue, of key: ItemKey, _ form: StreamedTexts.ReasoningForm, part: Int? = nil,
    isContinued: Bool = false, in source: JSONSource, obfuscation: JSONValue? = nil,
    _ buffer: inout [UInt8]
  ) {
    guard texts.reasoningForm ?? form == form else { return }
    texts.reasoningForm = form
    begin(content: "null", &buffer)
    var delta = Array(#"{"reasoning_content":""#.utf8)
    if !isContinued, !texts.reasoned.isEmpty { delta.append(contentsOf: #"\n\n"#.utf8) }
    if !isContinued { texts.reasoned.append(StreamedTexts.Reasoned(key: key, partIndex: part)) }
    delta.append(contentsOf: source.content(of: text))
    delta.append(contentsOf: #""}"#.utf8)
    chunks.chunk(delta, obfuscation: obfuscation.map { source.slice($0.range) }, to: &buffer)
  }
}
