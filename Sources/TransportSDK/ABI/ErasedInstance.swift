internal import CTransportABI
internal import JSONText

/// An instance without its type: what `jf_instance` points to.
class ErasedInstance {
  func describe(to sink: jf_describe_sink) {}
  func prepare(
    _ request: jf_request, sink: jf_exchange_sink,
    exchange: UnsafeMutablePointer<OpaquePointer?>
  ) -> jf_status { JF_FAILED }
  func head(_ head: jf_response, sink: jf_head_sink) -> jf_status { JF_FAILED }
  func classify(_ response: jf_response, notes: [String], sink: jf_failure_sink) {}
  func describeToken(_ credential: [UInt8], to sink: jf_auth_facts_sink) -> jf_status { JF_FAILED }
  func makeFlow(_ credential: [UInt8], _ scope: String) -> (any TokenFlow)? { nil }
}

/// The one subclass.
final class Instance<T: Transport>: ErasedInstance {
  private let transport: T
  private let ownRules = T.rules.count

  init(_ transport: T) { self.transport = transport }

  override func describe(to sink: jf_describe_sink) {
    let facts = transport.facts
    unsafe facts.endpoint.borrowed { unsafe sink.endpoint(sink.context, $0) }
    for host in facts.allowedHosts {
      unsafe host.borrowed { unsafe sink.allowed_host(sink.context, $0) }
    }
    for name in facts.credentialHeaders {
      unsafe name.borrowed { unsafe sink.credential_header(sink.context, $0) }
    }
    for name in facts.requestIDHeaders {
      unsafe name.borrowed { unsafe sink.request_id_header(sink.context, $0) }
    }
    unsafe facts.stateBoundary.borrowed { unsafe sink.state_boundary(sink.context, $0) }
    if facts.stateLag > .zero { unsafe sink.state_lag(sink.context, facts.stateLag.milliseconds) }
  }

  override func prepare(
    _ request: jf_request, sink: jf_exchange_sink,
    exchange: UnsafeMutablePointer<OpaquePointer?>
  ) -> jf_status {
    let word = unsafe String(request.operation)
    guard let operation = Operation(rawValue: word) else {
      unsafe TransportFailure(
        .operationUnsupported, "this transport does not know the operation \"\(word)\"."
      ).send(to: sink.fail, sink.context)
      return JF_FAILED
    }
    let asked = unsafe TransportRequest(request, operation: operation)
    var draft = ExchangeDraft()
    let body = unsafe request.body.buffer
    do throws(TransportFailure) {
      unsafe try transport.prepare(asked, body: body.span, exchange: &draft)
    } catch {
      unsafe error.send(to: sink.fail, sink.context)
      return JF_FAILED
    }
    unsafe draft.send(to: sink, ownRules: ownRules)
    let reader = transport.makeReader(for: asked)
    if reader != nil || !draft.notes.isEmpty {
      unsafe exchange.pointee = OpaquePointer(
        Unmanaged.passRetained(ExchangeBox(reader, notes: draft.notes)).toOpaque())
    }
    return JF_OK
  }

  override func head(_ head: jf_response, sink: jf_head_sink) -> jf_status {
    do throws(TransportFailure) {
      let head = unsafe ResponseHead(head)
      let framing = try transport.framing(of: head)
      unsafe sink.framing(sink.context, framing.rawValue)
      unsafe transport.facts(of: head).send(to: sink)
      return JF_OK
    } catch {
      unsafe error.send(to: sink.fail, sink.context)
      return JF_FAILED
    }
  }

  override func classify(_ response: jf_response, notes: [String], sink: jf_failure_sink) {
    let body = unsafe response.body.buffer
    let head = unsafe ResponseHead(response, notes: notes)
    let failure = unsafe transport.classify(head, body: body.span)
    unsafe failure.send(to: sink.fail, sink.context)
  }

  override func describeToken(_ credential: [UInt8], to sink: jf_auth_facts_sink) -> jf_status {
    var report = SettingsReport()
    let facts = transport.tokenFacts(of: credential, report: &report)
    for finding in report.failures { unsafe finding.send(to: sink.fail, sink.context) }
    guard let facts, report.failures.isEmpty else { return JF_FAILED }
    unsafe facts.scope.borrowed { unsafe sink.scope(sink.context, $0) }
    if let margin = facts.refreshBefore {
      unsafe sink.refresh_before(sink.context, margin.milliseconds)
    }
    return JF_OK
  }

  override func makeFlow(_ credential: [UInt8], _ scope: String) -> (any TokenFlow)? {
    transport.makeTokenFlow(credential, scope: scope)
  }
}

extension HeadFacts {
  fileprivate func send(to sink: jf_head_sink) {
    if !servedModel.isEmpty {
      unsafe servedModel.borrowed { unsafe sink.served_model(sink.context, $0) }
    }
    for rate in rateLimits {
      unsafe rate.unit.borrowed {
        unsafe sink.rate_limit(
          sink.context, $0, rate.limit ?? -1, rate.remaining ?? -1, rate.reset?.milliseconds ?? -1)
      }
    }
  }
}

extension TransportRequest {
  /// Copies the small parts of a request; the body stays where it is.
  init(_ raw: jf_request, operation: Operation) {
    unsafe self.init(
      operation: operation, model: String(raw.model), responseID: String(raw.response_id),
      query: mapBorrowed(raw.query, raw.query_count) {
        unsafe QueryPair(String($0.name), String($0.value))
      },
      members: JSONMember.list(raw),
      isStream: raw.stream != 0, attempt: Int(raw.attempt),
      credential: raw.credential == 0 ? nil : CredentialHandle(rawValue: raw.credential),
      parameters: RequestParameters(raw), capabilities: [UInt8](raw.capabilities),
      target: [UInt8](raw.target),
      amendments: mapBorrowed(raw.amendments, raw.amendment_count) { unsafe String($0) })
  }
}

extension RequestParameters {
  init(_ raw: jf_request) {
    func bound(_ text: jf_borrowed_text) -> String? { unsafe text.len == 0 ? nil : String(text) }
    unsafe self.init(
      sets: mapBorrowed(raw.sets, raw.set_count) {
        unsafe Setting(name: String($0.name), value: [UInt8]($0.value))
      },
      removes: mapBorrowed(raw.removes, raw.remove_count) { unsafe String($0) },
      clamps: mapBorrowed(raw.clamps, raw.clamp_count) {
        unsafe Clamp(
          name: String($0.name), minimum: bound($0.minimum), maximum: bound($0.maximum))
      })
  }
}

extension JSONMember {
  /// The host gives ranges; the kind stands in a value's first byte.
  ///
  /// A range that lies outside the body is left out, so that no host can make a transport read
  /// there.
  fileprivate static func list(_ raw: jf_request) -> [JSONMember] {
    let body = unsafe raw.body.buffer
    return unsafe UnsafeBufferPointer(
      start: raw.members, count: raw.members == nil ? 0 : raw.member_count
    ).compactMap { member in
      guard let key = member.key.range(within: body.count),
        let range = member.value.range(within: body.count),
        let value = unsafe JSONValue(at: range, in: body.span)
      else { return nil }
      return JSONMember(key: key, value: value)
    }
  }
}

extension jf_range {
  /// The range, or nil when it does not lie in `0..<length`.
  func range(within length: Int) -> Range<Int>? {
    let (end, overflows) = offset.addingReportingOverflow(self.length)
    guard offset >= 0, self.length >= 0, !overflows, end <= length else { return nil }
    return offset..<end
  }
}

extension ResponseHead {
  init(_ raw: jf_response, notes: [String] = []) {
    unsafe self.init(
      status: Int(raw.status),
      headers: mapBorrowed(raw.headers, raw.header_count) {
        unsafe (name: String($0.name), value: String($0.value))
      }, operation: String(raw.operation), model: String(raw.model),
      responseID: String(raw.response_id), notes: notes)
  }
}
