import AzureFoundryTransport
import AzureOpenAITransport
import JSONText
import OpenAITransport
import Testing
import TransportSDK

/// The three transports, for tests that say the same of each.
enum Plugin: String, CaseIterable, CustomTestStringConvertible {
  case openai
  case azureOpenAI = "azure-openai"
  case azureFoundry = "azure-foundry"

  static let strict = [azureOpenAI, azureFoundry]

  var testDescription: String { rawValue }

  var type: any Transport.Type {
    switch self {
    case .openai: OpenAITransport.self
    case .azureOpenAI: AzureOpenAITransport.self
    case .azureFoundry: AzureFoundryTransport.self
    }
  }

  /// A base that works for the plugin.
  var baseURL: String {
    switch self {
    case .openai: "https://api.openai.com/v1"
    case .azureOpenAI: "https://r.openai.azure.com/openai/v1"
    case .azureFoundry: "https://r.services.ai.azure.com/api/projects/p/openai/v1"
    }
  }

  /// Rule ids by index, the configuration's own behind them.
  func id(of source: EditSource) -> String {
    switch source {
    case .rule(let index): String(describing: type.rules[index].id)
    case .parameter(let rule): String(describing: rule.rule.id)
    }
  }
}

/// A provider entry that a transport took or refused.
struct Entry {
  let transport: (any Transport)?
  let report: SettingsReport

  init(_ plugin: Plugin, _ settings: TransportSettings) {
    var report = SettingsReport()
    transport = try? plugin.type.init(settings: settings, report: &report)
    self.report = report
  }

  init(
    _ plugin: Plugin, baseURL: String = "", options: [String: String] = [:],
    authentication: TransportSettings.Authentication = .key, allowsHTTP: Bool = false
  ) {
    self.init(
      plugin,
      TransportSettings(
        provider: plugin.rawValue, baseURL: baseURL, options: options,
        authentication: authentication, allowsHTTP: allowsHTTP))
  }

  /// The URL of an operation, or what stood in the way.
  func url(
    _ operation: Operation = .create, responseID: String = "", query: [QueryPair] = []
  ) -> String {
    guard let transport else {
      return report.failures.map { "\($0.pointer): \($0.message)" }.joined(separator: "\n")
    }
    let request = TransportRequest(operation: operation, responseID: responseID, query: query)
    var exchange = ExchangeDraft()
    do throws(TransportFailure) {
      try transport.prepare(request, body: [UInt8]("{}".utf8).span, exchange: &exchange)
    } catch {
      return "\(error.code)"
    }
    return exchange.url
  }
}

/// What a transport made of a request.
struct Prepared: Equatable {
  var url = ""
  var method = ""
  var headers: [String] = []
  var body = ""
  var edits: [String] = []
  var warnings: [String] = []
  var notes: [String] = []
  var failure: String?

  init(
    _ body: String, by plugin: Plugin, state: TransportSettings.State = .asSent,
    unsupported: TransportSettings.UnsupportedPolicy = .drop, operation: Operation = .create,
    model: String = "", parameters: RequestParameters = RequestParameters(),
    capabilities: String = "{}", amendments: [String] = [], baseURL: String? = nil
  ) {
    let settings = TransportSettings(
      provider: plugin.rawValue, baseURL: baseURL ?? plugin.baseURL, state: state,
      unsupported: unsupported)
    self.init(
      Array(body.utf8), by: plugin, settings,
      TransportRequest(
        operation: operation, model: model, credential: CredentialHandle(rawValue: 7),
        parameters: parameters, capabilities: Array(capabilities.utf8), amendments: amendments))
  }

  init(
    _ body: [UInt8], by plugin: Plugin, _ settings: TransportSettings, _ request: TransportRequest
  ) {
    var report = SettingsReport()
    guard let transport = try? plugin.type.init(settings: settings, report: &report) else {
      failure = report.failures.map { "\($0.pointer): \($0.message)" }.joined(separator: "\n")
      return
    }
    let index = try? JSONText.index(body.span)
    let isStream = index?.root.member("stream", in: body.span)?.kind == .true
    let full = TransportRequest(
      operation: request.operation, model: request.model, responseID: request.responseID,
      query: request.query, members: index?.members ?? [], isStream: isStream,
      credential: request.credential, parameters: request.parameters,
      capabilities: request.capabilities, amendments: request.amendments)
    var exchange = ExchangeDraft()
    do throws(TransportFailure) {
      try transport.prepare(full, body: body.span, exchange: &exchange)
    } catch {
      failure = "\(error.code) \(error.pointer) \(error.message)"
    }
    read(exchange, of: body, by: plugin)
  }

  private mutating func read(_ exchange: ExchangeDraft, of body: [UInt8], by plugin: Plugin) {
    url = exchange.url
    method = exchange.method
    headers = exchange.headers.map { header in
      let secret = header.credential == nil ? "" : "{credential}"
      return "\(header.name): \(header.value)\(secret)"
    }
    self.body = exchange.body.map { String(decoding: $0.bytes(of: body.span), as: UTF8.self) } ?? ""
    edits = exchange.edits.map { edit in
      var pointer = JSONPointer.path(to: edit.offset, in: body.span)
      if !edit.added.isEmpty { pointer = JSONPointer.appending(edit.added, to: pointer) }
      return "\(plugin.id(of: edit.source)) \(edit.action) \(pointer)"
    }
    warnings = exchange.warnings
    notes = exchange.notes
  }
}
