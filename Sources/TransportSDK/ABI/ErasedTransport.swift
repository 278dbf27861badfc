internal import CTransportABI
internal import JSONText

/// A transport type without its name: what the function table reaches through `self`.
class ErasedTransport {
  func create(
    _ settings: jf_settings, host: jf_host, sink: jf_settings_sink
  ) -> ErasedInstance? { nil }
  func recognize(_ sample: jf_sample, sink: jf_recognize_sink) {}
  func alternatives(to settings: jf_settings, sink: jf_probe_sink) {}
}

/// The one subclass: each method turns C into Swift, asks the type, and turns the answer back.
final class TypedTransport<T: Transport>: ErasedTransport {
  override func create(
    _ settings: jf_settings, host: jf_host, sink: jf_settings_sink
  ) -> ErasedInstance? {
    var report = SettingsReport()
    let options = TransportOptions.read(
      unsafe [UInt8](settings.options), known: T.descriptor.options, report: &report)
    let transport =
      report.failures.isEmpty
      ? try? unsafe T(
        settings: TransportSettings(settings, options: options, host: HostServices(host)),
        report: &report)
      : nil
    for finding in report.warnings { unsafe finding.send(to: sink.warn, sink.context) }
    for finding in report.failures { unsafe finding.send(to: sink.fail, sink.context) }
    guard report.failures.isEmpty, let transport else {
      // An initializer that throws without a report would leave its user without a reason.
      if report.failures.isEmpty {
        unsafe SettingsReport.Finding(
          pointer: "", message: "the transport refused this entry without a reason", suggestion: ""
        ).send(to: sink.fail, sink.context)
      }
      return nil
    }
    return Instance(transport)
  }

  override func recognize(_ sample: jf_sample, sink: jf_recognize_sink) {
    let request = unsafe SampleRequest(sample)
    let body = unsafe sample.body.buffer
    guard let found = unsafe T.recognize(request, body: body.span) else { return }
    unsafe found.send(to: sink)
  }

  override func alternatives(to settings: jf_settings, sink: jf_probe_sink) {
    // What the options have wrong is no obstacle: the alternatives may be the cure.
    var report = SettingsReport()
    let options = TransportOptions.read(
      unsafe [UInt8](settings.options), known: T.descriptor.options, report: &report)
    let entry = unsafe TransportSettings(settings, options: options, host: .none)
    for other in T.alternatives(to: entry) { unsafe other.send(to: sink) }
  }
}

extension TransportSettings {
  /// Copies an entry.
  ///
  /// Words of a newer host fall back to what adds nothing.
  init(_ raw: jf_settings, options: [String: String], host: HostServices) {
    let authentication: Authentication =
      switch unsafe String(raw.auth) {
      case "key": .key
      case "bearer": .bearer
      case "header": unsafe .header(String(raw.auth_header))
      default: .none
      }
    unsafe self.init(
      provider: String(raw.provider), baseURL: String(raw.base_url), options: options,
      authentication: authentication, state: State(rawValue: String(raw.state)) ?? .asSent,
      unsupported: UnsupportedPolicy(rawValue: String(raw.unsupported)) ?? .drop,
      allowsHTTP: raw.allow_http != 0, host: host)
  }
}

extension SettingsReport.Finding {
  typealias Call =
    @convention(c) (
      UnsafeMutableRawPointer?, jf_borrowed_text, jf_borrowed_text, jf_borrowed_text
    ) -> Void

  /// Hands the finding to the host.
  func send(to call: Call, _ context: UnsafeMutableRawPointer?) {
    unsafe pointer.borrowed { pointer in
      unsafe message.borrowed { message in
        unsafe suggestion.borrowed { unsafe call(context, pointer, message, $0) }
      }
    }
  }
}

extension SampleRequest {
  init(_ raw: jf_sample) {
    unsafe self.init(
      method: String(raw.method), url: String(raw.url),
      headerNames: mapBorrowed(raw.header_names, raw.header_count) { unsafe String($0) },
      isBearer: raw.bearer != 0)
  }
}

extension Recognition {
  /// Hands the entry to the host, part by part.
  func send(to sink: jf_recognize_sink) {
    let percent = UInt32(clamping: min(max(confidence, 0), 100))
    unsafe reason.borrowed { unsafe sink.confidence(sink.context, percent, $0) }
    if let baseURL { unsafe baseURL.borrowed { unsafe sink.base_url(sink.context, $0) } }
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      let literal = String(decoding: JSONEscape.literal(value), as: UTF8.self)
      unsafe name.borrowed { name in
        unsafe literal.borrowed { unsafe sink.option(sink.context, name, $0) }
      }
    }
    if let authentication { unsafe send(authentication, to: sink) }
    if let model { unsafe model.borrowed { unsafe sink.model(sink.context, $0) } }
    unsafe variable.borrowed { unsafe sink.variable(sink.context, $0) }
    unsafe operation.rawValue.borrowed { operation in
      unsafe responseID.borrowed { unsafe sink.operation(sink.context, operation, $0) }
    }
  }

  private func send(_ authentication: TransportSettings.Authentication, to sink: jf_recognize_sink)
  {
    let (style, header) =
      switch authentication {
      case .none: ("none", "")
      case .key: ("key", "")
      case .bearer: ("bearer", "")
      case .header(let name): ("header", name)
      }
    unsafe style.borrowed { style in
      unsafe header.borrowed { unsafe sink.auth(sink.context, style, $0) }
    }
  }
}
