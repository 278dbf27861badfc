internal import CTransportABI

/// Takes what one `step` of a token flow says and checks it against the contract.
///
/// The first breach counts.
final class FlowCollector {
  private(set) var effects: [(effect: Int32, argument: String)] = []
  private(set) var exchange = FlowExchange()
  private(set) var token: (pointer: String, lifetime: Duration?, renewal: Duration?)?
  private(set) var sources: [CredentialStatus.Source] = []
  private(set) var failure: ReportedFailure?
  private(set) var breach: String?
  /// The highest handle that the flow was given.
  private let lastHandle: UInt64

  init(lastHandle: UInt64) { self.lastHandle = lastHandle }

  /// The sink that leads here; valid while the collector is kept alive.
  func withSink<R>(_ body: (UnsafePointer<jf_auth_sink>) -> R) -> R {
    var exchange = unsafe exchangeSink
    return unsafe withUnsafePointer(to: &exchange) { exchange in
      var sink = unsafe jf_auth_sink(
        struct_size: UInt32(MemoryLayout<jf_auth_sink>.size), reserved: 0,
        context: sinkContext(self),
        effect: {
          unsafe sinkTarget($0, as: FlowCollector.self)?.effects.append(($1, String($2)))
        },
        exchange: exchange,
        body_credential: { unsafe sinkTarget($0, as: FlowCollector.self)?.addBody($1, $2) },
        source: {
          unsafe sinkTarget($0, as: FlowCollector.self)?.addSource(String($1), $2, String($3))
        },
        token: { unsafe sinkTarget($0, as: FlowCollector.self)?.setToken(String($1), $2, $3) },
        fail: { unsafe sinkTarget($0, as: FlowCollector.self)?.fail(ReportedFailure($1)) })
      return unsafe body(&sink)
    }
  }

  private var exchangeSink: jf_exchange_sink {
    unsafe jf_exchange_sink(
      struct_size: UInt32(MemoryLayout<jf_exchange_sink>.size), reserved: 0,
      context: sinkContext(self),
      method: { unsafe sinkTarget($0, as: FlowCollector.self)?.setMethod(String($1)) },
      url: { unsafe sinkTarget($0, as: FlowCollector.self)?.setURL(String($1)) },
      header: {
        unsafe sinkTarget($0, as: FlowCollector.self)?.addHeader(String($1), String($2), nil)
      },
      header_credential: {
        unsafe sinkTarget($0, as: FlowCollector.self)?.addHeader(String($1), String($2), $3)
      },
      body_literal: {
        unsafe sinkTarget($0, as: FlowCollector.self)?.exchange.body.append(.literal([UInt8]($1)))
      },
      body_input: { context, _ in
        unsafe sinkTarget(context, as: FlowCollector.self)?
          .report("it placed a part of a request, and a token flow has none")
      },
      edit: { _, _, _, _, _ in }, warn: { _, _ in },
      fail: { unsafe sinkTarget($0, as: FlowCollector.self)?.fail(ReportedFailure($1)) })
  }

  /// What is wrong with an effect that was asked for; nil: nothing.
  func breach(of effect: (effect: Int32, argument: String)) -> String? {
    switch effect.effect {
    case JF_EFFECT_HTTP: exchange.breach
    case JF_EFFECT_SIGN: breach(ofHandle: EffectArgument(effect.argument).handle)
    case JF_EFFECT_CERTIFICATE: breach(ofHandle: UInt64(effect.argument))
    default: nil
    }
  }

  private func breach(ofHandle handle: UInt64?) -> String? {
    guard let handle else { return "its token flow named no credential to sign with" }
    return isGiven(handle) ? nil : "its token flow used a credential that it was not given"
  }

  private func isGiven(_ handle: UInt64) -> Bool { handle > 0 && handle <= lastHandle }

  private func setMethod(_ method: String) {
    if !exchange.method.isEmpty { report("it stated the method twice") }
    if !["GET", "POST"].contains(method) { report("a token flow has no method \"\(method)\"") }
    exchange.method = method
  }

  private func setURL(_ url: String) {
    if !exchange.url.isEmpty { report("it stated the URL twice") }
    exchange.url = url
  }

  private func addHeader(_ name: String, _ value: String, _ handle: UInt64?) {
    guard ExchangeCollector.isToken(name) else {
      return report("\"\(name)\" is no header name in lower case")
    }
    guard !value.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else {
      return report("the value of header \"\(name)\" holds a line break or NUL")
    }
    if let handle { check(handle) }
    exchange.headers.append(
      FlowExchange.Header(name: name, value: value, credential: handle ?? 0))
  }

  private func addBody(_ handle: UInt64, _ encoding: Int32) {
    check(handle)
    if ![JF_ENCODING_RAW, JF_ENCODING_FORM, JF_ENCODING_JSON_STRING].contains(encoding) {
      report("it asked for the encoding \(encoding), which is not known")
    }
    exchange.body.append(.credential(handle, encoding: encoding))
  }

  private func addSource(_ name: String, _ outcome: Int32, _ reason: String) {
    let known: CredentialStatus.Source.Outcome =
      switch outcome {
      case JF_SOURCE_CHOSEN: .chosen
      case JF_SOURCE_SKIPPED: .skipped
      default: .failed
      }
    sources.append(CredentialStatus.Source(name: name, outcome: known, reason: reason))
  }

  private func setToken(_ pointer: String, _ lifetime: Int64, _ renewal: Int64) {
    if token != nil { report("it named two tokens") }
    // The numbers come from a server: an absurd one must not overflow.
    let longest: Int64 = 366 * 86_400
    token = (
      pointer, lifetime < 0 ? nil : .seconds(min(lifetime, longest)),
      renewal < 0 ? nil : .seconds(min(renewal, longest))
    )
  }

  private func check(_ handle: UInt64) {
    if !isGiven(handle) { report("it placed a credential that it was not given") }
  }

  private func fail(_ failure: ReportedFailure) {
    if self.failure == nil { self.failure = failure }
  }

  private func report(_ breach: String) {
    if self.breach == nil { self.breach = breach }
  }
}
