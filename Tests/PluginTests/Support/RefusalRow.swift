import Testing
import TransportSDK

/// A refusal as an upstream words it, and what it means.
struct RefusalRow: CustomTestStringConvertible {
  let plugins: [Plugin]
  let status: Int
  let body: String
  let code: TransportFailure.Code
  let scope: TransportFailure.Scope
  let word: String

  init(
    _ plugins: [Plugin], _ status: Int, _ body: String,
    _ code: TransportFailure.Code, _ scope: TransportFailure.Scope, says word: String = ""
  ) {
    self.plugins = plugins
    self.status = status
    self.body = body
    self.code = code
    self.scope = scope
    self.word = word
  }

  init(
    _ status: Int, _ body: String, _ code: TransportFailure.Code, _ scope: TransportFailure.Scope,
    says word: String = ""
  ) {
    self.init(Plugin.allCases, status, body, code, scope, says: word)
  }

  var testDescription: String { "\(status) \(body.prefix(80))" }
}

func wrapped(
  _ code: String?, _ message: String, type: String = "invalid_request_error",
  at parameter: String? = nil
) -> String {
  let code = code.map { "\"\($0)\"" } ?? "null"
  let parameter = parameter.map { "\"\($0)\"" } ?? "null"
  return
    #"{"error":{"message":"\#(message)","type":"\#(type)","param":\#(parameter),"code":\#(code)}}"#
}

func gateway(_ code: String, _ message: String) -> String {
  #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#
}

/// What a plugin says of a refusal of a request to its usual endpoint, or to the one of the settings.
func classify(
  _ status: Int, _ body: String, _ headers: [(name: String, value: String)] = [],
  by plugin: Plugin, operation: Operation = .create, model: String = "", responseID: String = "",
  notes: [String] = [], settings: TransportSettings? = nil
) throws -> TransportFailure {
  let transport = try #require(
    Entry(
      plugin, settings ?? TransportSettings(provider: plugin.rawValue, baseURL: plugin.baseURL)
    ).transport)
  let bytes = Array(body.utf8)
  let head = ResponseHead(
    status: status, headers: headers, operation: operation.rawValue, model: model,
    responseID: responseID, notes: notes)
  return transport.classify(head, body: bytes.span)
}
