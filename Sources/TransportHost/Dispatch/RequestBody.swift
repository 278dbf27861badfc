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

  /// A body that the host edited; it asks for what the one before it did.
  init(_ bytes: [UInt8], like other: RequestBody) throws(CallError) {
    self.bytes = bytes
    members = try Self.index(bytes).members
    (model, isStream) = (other.model, other.isStream)
  }

  /// No body, for the rest of a stream.
  static let resumed = RequestBody(isStream: true)

  private init(isStream: Bool) {
    (bytes, members, model, self.isStream) = ([], [], nil, isStream)
  }

  /// Whether it may be done twice: it neither adds to a conversation that is kept nor begins work in
  /// the background.
  var isRepeatable: Bool {
    let span = bytes.span
    return !members.contains { member in
      member.isNamed("conversation", in: span) && member.value.kind != .null
        || member.isNamed("background", in: span) && member.value.kind == .true
    }
  }

  /// Whether it asks for work in the background, and for its result to be kept.
  var isKeptInBackground: Bool {
    let span = bytes.span
    let background = members.last { $0.isNamed("background", in: span) }
    let store = members.last { $0.isNamed("store", in: span) }
    return background?.value.kind == .true && store?.value.kind != .false
  }

  /// How many tokens it may have: a quarter of its bytes, the usual rule of thumb for English text.
  var estimatedTokens: Int { bytes.count / 4 }

  /// The text of a top-level member; nil where it is not there or no text.
  func text(_ name: StaticString) -> String? {
    let span = bytes.span
    return members.last { $0.isNamed(name, in: span) }?.value.string(in: span)
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
    let changed = setting(
      "stream", to: Array((isStream ? "true" : "false").utf8), in: body,
      JSONObjectEdit(index.root, members: index.members))
    return (changed, try self.index(changed).members)
  }

  /// A body whose top-level members of a name all have one value; it is added where there is none.
  private static func setting(
    _ name: String, to literal: [UInt8], in body: [UInt8], _ object: JSONObjectEdit
  ) -> [UInt8] {
    var object = object
    let members = object.members
    let places = members.indices.filter { members[$0].isNamed(name, in: body.span) }
    for place in places { object.replace(at: place, with: literal) }
    if places.isEmpty { object.add(name, literal) }
    var edits = JSONEdits()
    object.apply(to: &edits)
    return edits.rope(over: body.count).bytes(of: body.span)
  }
}

// MARK: - The model's name

extension RequestBody {
  /// The rule by which the host has a body name the model as the file does.
  private static let rule = "model-name"

  /// The body with the model's own name, where an alias, a route, a fallback or a name beside the body
  /// led to it and the target names none: the upstream does not know how the client calls it.
  ///
  /// - Parameter route: Where the body goes.
  /// - Returns: The body and what was changed; nil where it stays as it is.
  /// - Throws: `request_invalid` where the body is no object, which was found out before.
  func naming(_ route: Route) throws(CallError) -> (body: RequestBody, edit: Explanation.Edit)? {
    let name = route.modelName
    guard route.upstreamModel.isEmpty, !name.isEmpty, !bytes.isEmpty, model != name,
      let root = JSONValue(at: 0..<bytes.count, in: bytes.span)
    else { return nil }
    let named = Self.setting(
      "model", to: JSONEscape.literal(name), in: bytes, JSONObjectEdit(root, members: members))
    let isThere = members.contains { $0.isNamed("model", in: bytes.span) }
    let edit = Explanation.Edit(
      rule: Self.rule, action: isThere ? "replace" : "add", pointer: "/model",
      reason:
        "The file names the model \"\(name)\", and the upstream would not know it by another name.")
    return (try RequestBody(named, like: self), edit)
  }
}
