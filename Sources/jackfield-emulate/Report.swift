import Glibc
import UpstreamEmulator

/// What the program prints.
enum Report {
  /// One listener as a line of JSON.
  static func line(_ listener: UpstreamEmulator.Listener) -> String {
    let object: JSON = [
      "emulator": .string(listener.upstream.rawValue), "base_url": .string(listener.baseURL),
      "api_key": .string(listener.key),
      "deployments": .array(listener.deployments.map(JSON.string)),
    ]
    return String(decoding: object.bytes, as: UTF8.self)
  }

  /// The token service as a line of JSON; its secret is good for nothing but this emulator.
  static func line(_ listener: UpstreamEmulator.TokenListener) -> String {
    let object: JSON = [
      "emulator": "tokens", "base_url": .string(listener.origin),
      "tenant": .string(listener.tenant), "client_id": .string(listener.clientID),
      "client_secret": .string(listener.clientSecret ?? ""),
      "identity_header": .string(listener.identityHeader),
    ]
    return String(decoding: object.bytes, as: UTF8.self)
  }

  private static func lines(_ listener: UpstreamEmulator.TokenListener) -> [String] {
    [
      "tokens",
      "  authority        \(listener.origin)",
      "  tenant           \(listener.tenant)",
      "  client id        \(listener.clientID)",
      "  client secret    \(listener.clientSecret ?? "")",
      "  machine          \(listener.metadataURL)",
      "  app              \(listener.identityEndpoint)",
      "  identity header  \(listener.identityHeader)",
      "",
    ]
  }

  /// All listeners for a person.
  static func page(
    _ listeners: [UpstreamEmulator.Listener], _ issuing: [UpstreamEmulator.TokenListener]
  ) -> [String] {
    var lines: [String] = []
    for listener in listeners {
      lines += [
        listener.upstream.rawValue,
        "  base url     \(listener.baseURL)",
        "  api key      \(listener.key)",
        "  deployments  \(listener.deployments.joined(separator: ", "))",
        "",
      ]
    }
    lines += issuing.flatMap(Self.lines)
    guard let first = listeners.first else { return lines }
    return lines + ["Try it:", "  \(sample(first))", "", "Ctrl-C ends it."]
  }

  private static func sample(_ listener: UpstreamEmulator.Listener) -> String {
    let name = listener.upstream == .openai ? "authorization: Bearer" : "api-key:"
    let body =
      #"{"model":"\#(listener.deployments.first ?? "")","#
      + #""input":[{"type":"message","role":"user","content":"hello"}],"stream":true}"#
    return "curl -sN \(listener.baseURL)/responses -H '\(name) \(listener.key)' "
      + "-H 'content-type: application/json' -d '\(body)'"
  }

  /// Writes the lines at once, so that a program that reads them does not wait for a full buffer.
  static func print(_ lines: [String]) {
    for line in lines { Swift.print(line) }
    // A null stream stands for all.
    fflush(nil)
  }

  /// Writes one message on standard error.
  static func standardError(_ message: String) {
    let bytes = Array("\(message)\n".utf8)
    // SAFETY: write reads the given number of bytes during the call.
    unsafe bytes.withUnsafeBytes { _ = unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
