import EntraCredential
import Synchronization
import TransportSDK

/// A machine that performs effects from what a test gave it, and notes them.
final class FakeHost {
  /// The environment; a secret that a flow takes from it is never handed out.
  var variables: [String: String] = [:]
  /// Files that can be read.
  var files: Set<String> = []
  /// What exchanges give, in order; the last one serves for all further ones.
  var replies: [EffectResult] = []
  /// What the command gives.
  var command = EffectResult(problem: "no such program")
  /// What the keys of a PEM secret can sign with.
  var algorithms: [SignatureAlgorithm] = [.ps256, .rs256]
  /// The certificates of every PEM secret.
  var pem = "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n"
  /// The time at the first step, in seconds since 1970.
  var start: Int64 = 1_800_000_000

  private(set) var log: [String] = []
  private(set) var signed: [String] = []
  private let clock = Clock()
  private var handles: [SecretSource: UInt64] = [:]
  private var next = 0

  /// Seconds that passed, for the flow and for this machine.
  private final class Clock: Sendable {
    let time = Mutex<Duration>(.zero)
  }

  var services: HostServices {
    clock.time.withLock { $0 = .seconds(start) }
    return HostServices(
      unixTime: { [clock] in clock.time.withLock { $0 } },
      random: { count in (0..<count).map { UInt8($0 * 16 + 15) } })
  }

  /// The handle of a secret that the flow took.
  func handle(of source: SecretSource) -> UInt64? { handles[source] }

  func perform(_ effect: TokenEffect) -> EffectResult {
    switch effect {
    case .http(let request): return exchange(request)
    case .variable(let name):
      log.append("variable \(name)")
      let value = variables[name]
      return EffectResult(status: value == nil ? 0 : 1, body: Array((value ?? "").utf8))
    case .readFile(let path):
      log.append("read \(path)")
      return EffectResult(problem: "not granted")
    case .secret(let source): return take(source)
    case .execute(let words):
      log.append(words.joined(separator: " "))
      return command
    case .sleep(let wait):
      log.append("sleep \(wait.components.seconds)")
      clock.time.withLock { $0 += wait }
      return EffectResult()
    case .sign(let algorithm, let key, let input):
      log.append("sign \(algorithm.rawValue) \(number(key))")
      signed.append(input)
      guard algorithms.contains(algorithm) else {
        return EffectResult(problem: "the key is not made for \(algorithm.rawValue)")
      }
      return EffectResult(status: 1, body: Array("signed".utf8))
    case .certificate(let key):
      log.append("certificate \(number(key))")
      return EffectResult(status: 1, body: Array(pem.utf8))
    }
  }

  private func take(_ source: SecretSource) -> EffectResult {
    let isThere: Bool
    switch source {
    case .variable(let name):
      log.append("secret {env: \(name)}")
      isThere = variables[name] != nil
    case .file(let path):
      log.append("secret {file: \(path)}")
      isThere = files.contains(path)
    }
    guard isThere else { return EffectResult(status: 0) }
    let handle = handles[source] ?? UInt64(100 + handles.count)
    handles[source] = handle
    return EffectResult(status: 1, credential: CredentialHandle(rawValue: handle))
  }

  private func exchange(_ request: TokenRequest) -> EffectResult {
    var words = [request.method, request.url]
    for header in request.headers {
      words.append(
        "\(header.name): \(header.value)\(header.credential.map { "{\(number($0))}" } ?? "")")
    }
    if let timeout = request.timeout { words.append("timeout=\(timeout.components.seconds)") }
    if !request.usesProxy { words.append("no-proxy") }
    let body = request.body.map { piece in
      switch piece {
      case .text(let text): text
      case .credential(let handle, let encoding): "{\(number(handle)) \(encoding)}"
      }
    }
    if !body.isEmpty { words.append(body.joined()) }
    log.append(words.joined(separator: "\n"))
    guard let last = replies.last else { return EffectResult(problem: "connection refused") }
    defer { next += 1 }
    return next < replies.count ? replies[next] : last
  }

  private func number(_ handle: CredentialHandle) -> String {
    (0...200).first { CredentialHandle(rawValue: $0) == handle }.map { "\($0)" } ?? "?"
  }
}

extension EffectResult {
  /// An answer with JSON.
  static func json(
    _ status: Int, _ body: String, headers: [(name: String, value: String)] = []
  ) -> EffectResult {
    EffectResult(
      status: status, headers: [(name: "content-type", value: "application/json")] + headers,
      body: Array(body.utf8))
  }

  /// A page for people.
  static func page(_ status: Int, _ body: String = "<html><body>Sign in</body></html>")
    -> EffectResult
  {
    EffectResult(
      status: status, headers: [(name: "content-type", value: "text/html")],
      body: Array(body.utf8))
  }

  /// What a token endpoint gives.
  static let token = json(
    200, #"{"token_type":"Bearer","expires_in":3599,"access_token":"eyJ.token.value"}"#)

  /// What the metadata service says to a probe.
  static let probed = json(
    400,
    #"{"error":"invalid_request","error_description":"Required metadata header not specified"}"#)
}
