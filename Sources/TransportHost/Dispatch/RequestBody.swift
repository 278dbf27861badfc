internal import JSONText

/// The caller's JSON, checked and indexed once.
struct RequestBody: Sendable {
  /// The bytes; empty: none.
  let bytes: [UInt8]
  /// The top-level members.
  let members: [JSONMember]
  /// The body's own `model`, or nil.
  let model: String?
  /// Whether it asks for a stream.
  let isStream: Bool

  init(_ request: CallRequest) throws(CallError) {
    guard let body = request.body else {
      // A stored response is streamed again when the query asks for it.
      let resumes = request.query.contains { $0.name == "stream" && $0.value == "true" }
      (bytes, members, model, isStream) = ([], [], nil, resumes)
      return
    }
    let index = try Self.index(body)
    let (bytes, members) = try Self.applying(request.isStream, to: body, index)
    let span = bytes.span
    var model: String?
    var isStream = false
    for member in members {
      if member.isNamed("model", in: span) { model = member.value.string(in: span) }
      if member.isNamed("stream", in: span) { isStream = member.value.kind == .true }
    }
    (self.bytes, self.members, self.model, self.isStream) = (bytes, members, model, isStream)
  }

  private static func index(_ body: [UInt8]) throws(CallError) -> JSONIndex {
    let index: JSONIndex
    do { index = try JSONText.index(body.span) } catch {
      throw CallError(.requestInvalid, "the request is no JSON: \(error).")
    }
    guard index.root.kind == .object else {
      throw CallError(.requestInvalid, "the request must be a JSON object.")
    }
    return index
  }

  /// The body with `stream` as the caller of the host asks; untouched where it says just that.
  private static func applying(
    _ isStream: Bool?, to body: [UInt8], _ index: JSONIndex
  ) throws(CallError) -> ([UInt8], [JSONMember]) {
    guard let isStream else { return (body, index.members) }
    // The index has the members; to ask the root for one would walk the whole body again.
    let current = index.members.last { $0.isNamed("stream", in: body.span) }?.value.kind
    guard current != (isStream ? .true : .false) else { return (body, index.members) }
    var object = JSONObjectEdit(index.root, members: index.members)
    let literal = Array((isStream ? "true" : "false").utf8)
    let places = index.members.indices.filter { index.members[$0].isNamed("stream", in: body.span) }
    for place in places { object.replace(at: place, with: literal) }
    if places.isEmpty { object.add("stream", literal) }
    var edits = JSONEdits()
    object.apply(to: &edits)
    let changed = edits.rope(over: body.count).bytes(of: body.span)
    return (changed, try self.index(changed).members)
  }
}
