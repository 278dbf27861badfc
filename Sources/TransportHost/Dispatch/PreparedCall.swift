internal import JSONText
internal import ProviderConfiguration

/// A call up to the last step before the wire: what `explain` shows and `call` sends.
final class PreparedCall: Sendable {
  /// Where it goes.
  let route: Route
  /// The provider's transport.
  let provider: ReadyProvider
  /// The caller's body with `stream` as asked, or empty.
  let body: [UInt8]
  /// Whether the answer is streamed.
  let isStream: Bool
  /// Whether the answer is a new response, and not what became of an old one.
  let isCreation: Bool
  /// The wire request.
  let plan: ExchangePlan
  /// Headers in wire order: the plan's, then the user's.
  let headers: [ExchangePlan.Header]
  /// What the transport remembers.
  let exchange: TransportExchange

  /// Routes a request and has its transport describe it.
  init(_ request: CallRequest, host: TransportHost) throws(CallError) {
    let parsed = try RequestBody(request)
    let route = try host.routes.route(request, bodyModel: parsed.model)
    let provider = try host.providers.provider(route.provider.id)
    (self.route, self.provider) = (route, provider)
    body = parsed.bytes
    isStream = parsed.isStream
    isCreation = request.operation == "create"
    do {
      (plan, exchange) = try provider.instance.prepare(
        PrepareInput(request, parsed, route: route))
    } catch {
      throw CallError(error, route: route, document: host.document)
    }
    headers = plan.headers(addingUsers: provider.entry.headers)
  }

  /// The edits with their pointers and reasons; made only when somebody looks.
  var edits: [Explanation.Edit] {
    guard !plan.edits.isEmpty else { return [] }
    let rules = provider.instance.library.rules
    let body = body
    return zip(plan.edits, EditPointer.pointers(to: plan.edits, in: body.span)).map {
      edit, pointer in
      Explanation.Edit(
        rule: rules[edit.rule].id, action: edit.action.rawValue, pointer: pointer,
        reason: rules[edit.rule].reason)
    }
  }

  /// What the caller should know besides.
  var warnings: [String] {
    provider.instance.warnings.map(\.message) + plan.warnings
  }
}

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

extension PrepareInput {
  fileprivate init(_ request: CallRequest, _ parsed: RequestBody, route: Route) {
    self = route.input
    operation = request.operation
    // A name given beside the body replaces the body's own even where the target names none.
    if model.isEmpty, let name = request.model, name != parsed.model { model = name }
    responseID = request.responseID
    query = request.query
    body = parsed.bytes
    members = parsed.members
    isStream = parsed.isStream
  }
}

extension ExchangePlan {
  /// The plan's headers, then the user's; a user's header replaces one of the same name.
  func headers(addingUsers entries: [HeaderEntry]) -> [Header] {
    var all = headers
    for entry in entries {
      let header = Header(
        name: entry.name.lowercased(), value: entry.value, endsWithCredential: false)
      if let index = all.firstIndex(where: { $0.name == header.name && !$0.endsWithCredential }) {
        all[index] = header
      } else {
        all.append(header)
      }
    }
    return all
  }
}
