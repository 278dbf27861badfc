internal import CTransportABI

/// Takes what `prepare` says and checks it against the contract.
///
/// The first breach counts.
final class ExchangeCollector {
  private(set) var plan = ExchangePlan()
  private(set) var failure: ReportedFailure?
  private(set) var breach: String?
  private let inputLength: Int
  private let ruleCount: Int
  private let credential: jf_credential_handle

  init(inputLength: Int, ruleCount: Int, credential: jf_credential_handle) {
    self.inputLength = inputLength
    self.ruleCount = ruleCount
    self.credential = credential
    plan.headers.reserveCapacity(4)
  }

  /// The sink that leads here; valid while the collector is kept alive.
  var sink: jf_exchange_sink {
    unsafe jf_exchange_sink(
      struct_size: UInt32(MemoryLayout<jf_exchange_sink>.size), reserved: 0,
      context: sinkContext(self),
      method: { unsafe sinkTarget($0, as: ExchangeCollector.self)?.setMethod(String($1)) },
      url: { unsafe sinkTarget($0, as: ExchangeCollector.self)?.setURL(String($1)) },
      header: {
        unsafe sinkTarget($0, as: ExchangeCollector.self)?.addHeader(String($1), String($2), nil)
      },
      header_credential: {
        unsafe sinkTarget($0, as: ExchangeCollector.self)?.addHeader(String($1), String($2), $3)
      },
      body_literal: { unsafe sinkTarget($0, as: ExchangeCollector.self)?.addBody([UInt8]($1)) },
      body_input: { unsafe sinkTarget($0, as: ExchangeCollector.self)?.addBody($1) },
      edit: {
        unsafe sinkTarget($0, as: ExchangeCollector.self)?.addEdit($1, $2, $3, String($4))
      },
      warn: { unsafe sinkTarget($0, as: ExchangeCollector.self)?.plan.warnings.append(String($1)) },
      fail: { unsafe sinkTarget($0, as: ExchangeCollector.self)?.fail(ReportedFailure($1)) })
  }

  private func setMethod(_ method: String) {
    if !plan.method.isEmpty { report("it stated the method twice") }
    if !["GET", "POST", "DELETE"].contains(method) { report("\"\(method)\" is no method") }
    plan.method = method
  }

  private func setURL(_ url: String) {
    if !plan.url.isEmpty { report("it stated the URL twice") }
    plan.url = url
  }

  private func addHeader(_ name: String, _ value: String, _ handle: jf_credential_handle?) {
    guard Self.isToken(name) else { return report("\"\(name)\" is no header name in lower case") }
    guard !value.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else {
      return report("the value of header \"\(name)\" holds a line break or NUL")
    }
    if let handle, handle == 0 || handle != credential {
      return report("header \"\(name)\" places a credential that it was not given")
    }
    plan.headers.append(
      ExchangePlan.Header(name: name, value: value, endsWithCredential: handle != nil))
  }

  private func addBody(_ literal: [UInt8]) {
    plan.body.append(.literal(literal))
  }

  private func addBody(_ range: jf_range) {
    guard let range = range.range(within: inputLength) else {
      return report("it placed a range that lies outside the request's body")
    }
    plan.body.append(.input(range))
  }

  private func addEdit(_ rule: UInt32, _ action: Int32, _ offset: Int, _ added: String) {
    guard rule < ruleCount else { return report("it reported an edit by a rule it does not have") }
    guard (0...inputLength).contains(offset) else {
      return report("it reported an edit outside the request's body")
    }
    let kind: ExchangePlan.Action =
      switch action {
      case JF_EDIT_ADD: .add
      case JF_EDIT_REMOVE: .remove
      default: .replace
      }
    plan.edits.append(
      ExchangePlan.Edit(rule: Int(rule), action: kind, offset: offset, added: added))
  }

  private func fail(_ failure: ReportedFailure) {
    if self.failure == nil { self.failure = failure }
  }

  private func report(_ breach: String) {
    if self.breach == nil { self.breach = breach }
  }

  /// RFC 9110's token, without upper case.
  static func isToken(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
