internal import CTransportABI
internal import JSONText

/// What `jf_auth_flow` points to.
final class FlowBox {
  private let flow: any TokenFlow

  init(_ flow: any TokenFlow) { self.flow = flow }

  /// One step: C to Swift, the flow, and its answer back.
  func step(_ previous: UnsafePointer<jf_effect_result>?, sink: jf_auth_sink) -> jf_status {
    var report = TokenReport()
    let result = unsafe previous.map { unsafe EffectResult($0.pointee) }
    do throws(TransportFailure) {
      let step = try flow.step(after: result, report: &report)
      unsafe report.send(to: sink)
      switch step {
      case .needs(let effect):
        unsafe effect.send(to: sink)
        return JF_NEED_EFFECT
      case .done(let token):
        unsafe token.send(to: sink)
        return JF_DONE
      }
    } catch {
      unsafe report.send(to: sink)
      unsafe error.send(to: sink.fail, sink.context)
      return JF_FAILED
    }
  }
}

/// The table of "jackfield.auth/1", the same for every Swift transport.
func authTable() -> jf_auth {
  unsafe jf_auth(
    struct_size: UInt32(MemoryLayout<jf_auth>.size), reserved: 0,
    describe: { unsafe erased($0).describeToken([UInt8]($1), to: $2.pointee) },
    begin: { instance, settings, scope in
      guard let flow = unsafe erased(instance).makeFlow([UInt8](settings), String(scope)) else {
        return nil
      }
      return unsafe OpaquePointer(Unmanaged.passRetained(FlowBox(flow)).toOpaque())
    },
    step: { flow, previous, sink in
      unsafe flowBox(flow).takeUnretainedValue().step(previous, sink: sink.pointee)
    },
    end: { unsafe flowBox($0).release() })
}

private func erased(_ pointer: OpaquePointer) -> ErasedInstance {
  // SAFETY: the host passes what `create` returned and has not destroyed it.
  unsafe Unmanaged<ErasedInstance>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
}

private func flowBox(_ pointer: OpaquePointer) -> Unmanaged<FlowBox> {
  // SAFETY: the host passes what `begin` returned and has not ended it.
  unsafe Unmanaged<FlowBox>.fromOpaque(UnsafeRawPointer(pointer))
}

extension EffectResult {
  init(_ raw: jf_effect_result) {
    let body = unsafe raw.body.buffer
    unsafe self.init(
      status: Int(raw.status),
      headers: mapBorrowed(raw.headers, raw.header_count) {
        unsafe (name: String($0.name), value: String($0.value))
      }, body: Array(body),
      credential: raw.credential == 0 ? nil : CredentialHandle(rawValue: raw.credential),
      problem: String(raw.problem))
  }
}

extension TokenReport {
  fileprivate func send(to sink: jf_auth_sink) {
    for source in sources {
      unsafe source.name.borrowed { name in
        unsafe source.reason.borrowed {
          unsafe sink.source(sink.context, name, source.outcome.rawValue, $0)
        }
      }
    }
  }
}

extension IssuedToken {
  fileprivate func send(to sink: jf_auth_sink) {
    unsafe pointer.borrowed {
      unsafe sink.token(
        sink.context, $0, lifetime?.components.seconds ?? -1, renewal?.components.seconds ?? -1)
    }
  }
}

extension TokenEffect {
  fileprivate func send(to sink: jf_auth_sink) {
    let (effect, argument) = described
    if case .http(let request) = self { unsafe request.send(to: sink) }
    unsafe argument.borrowed { unsafe sink.effect(sink.context, effect, $0) }
  }

  private var described: (effect: Int32, argument: String) {
    switch self {
    case .http(let request): (JF_EFFECT_HTTP, request.options)
    case .variable(let name): (JF_EFFECT_VARIABLE, name)
    case .readFile(let path): (JF_EFFECT_READ_FILE, path)
    case .secret(.variable(let name)): (JF_EFFECT_SECRET, Self.json([("env", name)]))
    case .secret(.file(let path)): (JF_EFFECT_SECRET, Self.json([("file", path)]))
    case .execute(let words): (JF_EFFECT_EXECUTE, Self.list(words))
    case .sleep(let wait): (JF_EFFECT_SLEEP_MS, String(max(0, wait.milliseconds)))
    case .sign(let algorithm, let key, let input):
      (
        JF_EFFECT_SIGN,
        "{\"credential\":\(key.rawValue),"
          + Self.json([("algorithm", algorithm.rawValue), ("input", input)]).dropFirst()
      )
    case .certificate(let credential): (JF_EFFECT_CERTIFICATE, String(credential.rawValue))
    }
  }

  private static func json(_ members: [(name: String, value: String)]) -> String {
    let words = members.map { "\(quoted($0.name)):\(quoted($0.value))" }
    return "{\(words.joined(separator: ","))}"
  }

  private static func list(_ words: [String]) -> String {
    "[\(words.map(quoted).joined(separator: ","))]"
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: JSONEscape.literal(text), as: UTF8.self)
  }
}

extension TokenRequest {
  /// The argument of the effect.
  fileprivate var options: String {
    let timeout = timeout.map { "\"timeout_ms\":\(max(0, $0.milliseconds))," } ?? ""
    return "{\(timeout)\"proxy\":\(usesProxy)}"
  }

  fileprivate func send(to sink: jf_auth_sink) {
    let exchange = unsafe sink.exchange.pointee
    unsafe method.borrowed { unsafe exchange.method(exchange.context, $0) }
    unsafe url.borrowed { unsafe exchange.url(exchange.context, $0) }
    for header in headers { unsafe header.send(to: exchange) }
    for piece in body {
      switch piece {
      case .text(let text):
        unsafe Array(text.utf8).borrowed { unsafe exchange.body_literal(exchange.context, $0) }
      case .credential(let credential, let encoding):
        unsafe sink.body_credential(sink.context, credential.rawValue, encoding.rawValue)
      }
    }
  }
}
