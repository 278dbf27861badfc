internal import CYAML

/// libyaml's parser over bytes that it owns: no pointer into a Swift array outlives its closure.
// SAFETY: the two pointers are private, made in `init` and freed in `deinit` of a value that cannot
// be copied; callers see only Swift values.
@safe struct YAMLEventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let source: YAMLSource

  /// - Throws: `syntax` when libyaml has no memory left; nothing else can fail here.
  init(_ source: YAMLSource) throws(YAMLError) {
    let text = Array(source.string(0..<source.scalars.count).utf8)
    // SAFETY: both allocations belong to this value alone; `deinit` frees them after the parser.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      throw YAMLError(.syntax, "out of memory", at: source.span(0, 0))
    }
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, text.count))
    _ = unsafe bytes.initialize(fromContentsOf: text)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, text.count)
    self.source = source
    unsafe self.parser = parser
    unsafe self.bytes = bytes
  }

  deinit {
    // SAFETY: the parser reads the bytes, so it goes first; nothing else holds either.
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe bytes.deallocate()
  }

  /// The next event; after `streamEnd` it must not be called again.
  ///
  /// - Throws: `syntax` or `tabIndentation` where the grammar is violated.
  mutating func next() throws(YAMLError) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    // SAFETY: `event` is filled by libyaml and deleted before it goes out of scope; what is kept
    // of it was copied into Swift values.
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { unsafe yaml_event_delete(&event) }
    return unsafe YAMLEvent(
      kind: kind(of: event), start: Int(event.start_mark.index), end: Int(event.end_mark.index))
  }

  private func kind(of event: borrowing yaml_event_t) -> YAMLEvent.Kind {
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .collectionEnd
    case YAML_ALIAS_EVENT: return .alias(unsafe copy(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT: return .scalar(unsafe scalar(of: event))
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      return .sequenceStart(
        unsafe YAMLNodeProperties(anchor: copy(start.anchor), tag: copy(start.tag)),
        isFlow: unsafe start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      return .mappingStart(
        unsafe YAMLNodeProperties(anchor: copy(start.anchor), tag: copy(start.tag)),
        isFlow: unsafe start.style == YAML_FLOW_MAPPING_STYLE)
    default: return .streamEnd
    }
  }

  private func scalar(of event: borrowing yaml_event_t) -> YAMLScalarEvent {
    let scalar = unsafe event.data.scalar
    // SAFETY: libyaml gives `length` bytes at `value`, valid until the event is deleted.
    let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    return unsafe YAMLScalarEvent(
      properties: YAMLNodeProperties(anchor: copy(scalar.anchor), tag: copy(scalar.tag)),
      text: String(decoding: value, as: UTF8.self),
      isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
  }

  private func copy(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    // SAFETY: libyaml's names are NUL-terminated and live as long as the event.
    unsafe text.map { unsafe String(decodingCString: $0, as: UTF8.self) }
  }

  private func failure() -> YAMLError {
    let state = unsafe parser.pointee
    // SAFETY: libyaml's messages are string literals of the library.
    let problem = unsafe state.problem.map { unsafe String(cString: $0) } ?? "out of memory"
    let context = unsafe state.context.map { unsafe String(cString: $0) }
    return YAMLSyntaxProblem(
      problem: problem, context: context, offset: unsafe Int(state.problem_mark.index),
      contextOffset: unsafe Int(state.context_mark.index)
    ).error(in: source)
  }
}
