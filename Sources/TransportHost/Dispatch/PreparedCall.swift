internal import JSONText
internal import ProviderConfiguration

/// One attempt up to the last step before the wire: what `explain` shows and `call` sends.
///
/// It never changes: the next attempt is prepared anew.
final class PreparedCall: Sendable {
  /// The request.
  let routed: RoutedCall
  /// The wire request.
  let plan: ExchangePlan
  /// Headers in wire order: the plan's, then the user's.
  let headers: [ExchangePlan.Header]
  /// What the transport remembers.
  let exchange: TransportExchange

  /// Has the transport of a routed request describe one attempt.
  ///
  /// - Parameters:
  ///   - routed: The request.
  ///   - attempt: The number of the attempt, counted from 1.
  ///   - amendments: Changes that earlier failures asked for, oldest first.
  ///   - document: The configuration, for the places of what is wrong.
  /// - Throws: What the transport refused.
  init(
    _ routed: RoutedCall, attempt: Int, amendments: [String],
    document: @autoclosure () -> ConfigurationDocument
  ) throws(CallError) {
    self.routed = routed
    do {
      (plan, exchange) = try routed.provider.instance.prepare(
        PrepareInput(routed, attempt: attempt, amendments: amendments))
    } catch {
      var failure = CallError(error, route: routed.route, document: document())
      failure.pointer = routed.original(failure.pointer)
      throw failure
    }
    headers = plan.headers(addingUsers: routed.provider.entry.headers)
  }

  /// Where it goes.
  var route: Route { routed.route }
  /// The provider's transport.
  var provider: ReadyProvider { routed.provider }
  /// The caller's body with `stream` as asked, or empty.
  var body: [UInt8] { routed.body.bytes }
  /// Whether the answer is streamed.
  var isStream: Bool { routed.body.isStream }
  /// Whether the answer is a new response, and not what became of an old one.
  var isCreation: Bool { routed.request.operation == "create" }

  /// The edits with their pointers and reasons; made only when somebody looks.
  var edits: [Explanation.Edit] {
    let own =
      [routed.naming].compactMap(\.self)
      + (routed.edited?.edits ?? []).map { edit in
        Explanation.Edit(
          rule: edit.rule.id, action: edit.action.rawValue, pointer: edit.pointer,
          reason: edit.reason)
      }
    guard !plan.edits.isEmpty else { return own }
    let rules = provider.instance.library.rules
    let body = body
    return own
      + zip(plan.edits, EditPointer.pointers(to: plan.edits, in: body.span)).map {
        edit, pointer in
        Explanation.Edit(
          rule: rules[edit.rule].id, action: edit.action.rawValue,
          pointer: routed.original(pointer), reason: rules[edit.rule].reason)
      }
  }

  /// How many edits there are.
  var editCount: Int {
    plan.edits.count + (routed.edited?.edits.count ?? 0) + (routed.naming == nil ? 0 : 1)
  }

  /// What the caller should know besides.
  var warnings: [String] {
    provider.instance.warnings.map(\.message) + plan.warnings
  }

  /// Whether the same bytes would go out.
  func isSameOnWire(as other: PreparedCall) -> Bool {
    plan.method == other.plan.method && plan.url == other.plan.url && headers == other.headers
      && (plan.body == other.plan.body
        || plan.bodyBytes(of: body) == other.plan.bodyBytes(of: other.body))
  }
}

extension PrepareInput {
  fileprivate init(_ routed: RoutedCall, attempt: Int, amendments: [String]) {
    let (request, parsed) = (routed.request, routed.body)
    self = routed.route.input
    operation = request.operation
    // Without a body to name it in.
    if model.isEmpty, parsed.bytes.isEmpty, request.model != nil { model = routed.route.modelName }
    responseID = request.responseID
    query = request.query
    body = parsed.bytes
    members = parsed.members
    isStream = parsed.isStream
    self.attempt = attempt
    self.amendments = amendments
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
