internal import CTransportABI
internal import CurlHTTP
internal import JSONText
internal import ProcessIO
internal import ProviderConfiguration
internal import Signing

/// Performs what a token flow asks for.
///
/// What cannot be performed comes back as a problem in words, so that a flow with several sources can
/// go on to the next one.
struct FlowEffects {
  /// The secrets of the run.
  private(set) var vault: FlowVault
  private let document: ConfigurationDocument
  private let environment: @Sendable (String) -> String?
  private let clock: any HostClock
  private let engine: SharedEngine
  /// When the run must have ended, on the host's clock.
  private let deadline: Duration

  init(
    vault: FlowVault, document: ConfigurationDocument, options: TransportHost.Options,
    engine: SharedEngine, deadline: Duration
  ) {
    self.vault = vault
    self.document = document
    environment = options.environment
    clock = options.clock
    self.engine = engine
    self.deadline = deadline
  }

  /// Performs one effect.
  ///
  /// - Throws: `cancelled`, `config_invalid` for a secret of the configuration that is not there, or
  ///   that the host has no engine.
  mutating func perform(
    _ effect: Int32, _ argument: String, _ exchange: FlowExchange
  ) async throws(CallError) -> EffectOutcome {
    switch effect {
    case JF_EFFECT_HTTP:
      let outcome = try await http(exchange, EffectArgument(argument))
      vault.note(reply: outcome.body)
      return outcome
    case JF_EFFECT_EXECUTE:
      let outcome = try await execute(EffectArgument(argument).words)
      vault.note(reply: outcome.body)
      return outcome
    case JF_EFFECT_SLEEP_MS: return try await sleep(argument)
    default:
      return try performHere(effect, argument)
        ?? .problem("this host knows no effect \(effect)")
    }
  }

  /// Performs an effect that asks nobody and takes no time; nil: it is none of these.
  ///
  /// - Throws: `config_invalid` for a secret of the configuration that is not there.
  mutating func performHere(
    _ effect: Int32, _ argument: String
  ) throws(CallError) -> EffectOutcome? {
    switch effect {
    case JF_EFFECT_VARIABLE: return variable(argument)
    case JF_EFFECT_READ_FILE: return file(argument)
    case JF_EFFECT_SECRET: return secret(EffectArgument(argument))
    case JF_EFFECT_SIGN: return try sign(EffectArgument(argument))
    case JF_EFFECT_CERTIFICATE: return try certificate(argument)
    default: return nil
    }
  }

  private var left: Duration { max(deadline - clock.now, .zero) }
}

// MARK: - What this machine has

extension FlowEffects {
  private func variable(_ name: String) -> EffectOutcome {
    let value = environment(name) ?? ""
    return EffectOutcome(status: value.isEmpty ? 0 : 1, body: Array(value.utf8))
  }

  private func file(_ path: String) -> EffectOutcome {
    let resolved = PluginSearch.absolute(path, besides: document.file)
    do throws(FileText.Unreadable) {
      return EffectOutcome(status: 1, body: try FileText.read(resolved, limit: SecretReader.limit))
    } catch {
      return .problem("\"\(resolved)\" cannot be read: \(error.reason)")
    }
  }

  private mutating func secret(_ argument: EffectArgument) -> EffectOutcome {
    guard let source = argument.source else { return .problem("it names no source of a secret") }
    do throws(SecretUnavailable) {
      guard let handle = try vault.take(source) else { return EffectOutcome() }
      return EffectOutcome(status: 1, credential: handle)
    } catch {
      return .problem(error.message)
    }
  }

  private func execute(_ words: [String]) async throws(CallError) -> EffectOutcome {
    guard var program = words.first, !program.isEmpty else {
      return .problem("it names no program")
    }
    if program.contains("/") { program = PluginSearch.absolute(program, besides: document.file) }
    let timeout = min(left, Self.programLimit)
    do {
      let outcome = try await HelperProgram([program] + words.dropFirst(), timeout: timeout).run()
      guard outcome.status != 0 else { return EffectOutcome(body: outcome.output) }
      let errors = PrintedSecrets(outcome.output, name: vault.name).blanking(outcome.errors)
      return EffectOutcome(
        status: outcome.status, body: outcome.output, problem: String(errors.prefix(4 << 10)))
    } catch {
      switch error {
      case .notStarted(let reason):
        // As shells say it.
        return EffectOutcome(
          status: reason.isMissing ? 127 : 126,
          problem: "\"\(program)\" cannot be started: \(reason)")
      case .timedOut:
        return .problem("\"\(program)\" did not end within \(timeout.milliseconds) ms")
      case .outputTooLarge: return .problem("\"\(program)\" printed more than 1 MiB")
      case .cancelled: throw .credentialCancelled
      }
    }
  }

  /// How long a program of a flow may take.
  ///
  /// Source: our choice; a program that talks to a token service takes some seconds.
  private static let programLimit = Duration.seconds(30)

  private func sleep(_ argument: String) async throws(CallError) -> EffectOutcome {
    guard let milliseconds = Int64(argument), milliseconds >= 0 else {
      return .problem("it named no time to wait")
    }
    do { try await clock.sleep(for: min(.milliseconds(milliseconds), left)) } catch {
      throw .credentialCancelled
    }
    return EffectOutcome()
  }
}

// MARK: - What is done with a key

extension FlowEffects {
  private mutating func sign(
    _ argument: EffectArgument
  ) throws(CallError) -> EffectOutcome {
    guard let algorithm = argument.text("algorithm").flatMap(SigningKey.Algorithm.init(rawValue:)),
      let handle = argument.handle, let input = argument.text("input")
    else { return .problem("it asked for a signature of a kind that is not known") }
    do throws(SecretUnavailable) {
      let pem = try vault.secret(handle)
      return pem.withValue { pem in
        do throws(SigningError) {
          let key = try SigningKey(pem: Array(pem.utf8))
          return EffectOutcome(body: try key.signature(of: Array(input.utf8), algorithm))
        } catch {
          return .problem("the certificate cannot sign: \(error)")
        }
      }
    } catch {
      throw CallError(.configInvalid, error.message)
    }
  }

  private mutating func certificate(_ argument: String) throws(CallError) -> EffectOutcome {
    do throws(SecretUnavailable) {
      let pem = try vault.secret(UInt64(argument) ?? 0)
      let certificates = pem.withValue { PEM.certificates(in: $0) }
      guard !certificates.isEmpty else { return .problem("there is no certificate in it") }
      return EffectOutcome(body: Array(certificates.utf8))
    } catch {
      throw CallError(.configInvalid, error.message)
    }
  }
}

// MARK: - HTTP

extension FlowEffects {
  private mutating func http(
    _ exchange: FlowExchange, _ argument: EffectArgument
  ) async throws(CallError) -> EffectOutcome {
    if let problem = Self.problem(of: exchange) { return .problem(problem) }
    let asked = argument.number("timeout_ms").map { Duration.milliseconds(max(1, $0)) }
    let timeout = min(asked ?? left, left)
    var request = HTTPRequest(
      method: exchange.method, url: exchange.url,
      clocks: HTTPClocks(connect: min(timeout, .seconds(10)), attempt: .now + timeout),
      usesProxy: argument.flag("proxy") ?? true)
    do throws(SecretUnavailable) {
      request.headers = try headers(exchange)
      if !exchange.body.isEmpty { request.body = HTTPBody(try body(exchange)) }
    } catch {
      throw CallError(.configInvalid, error.message)
    }
    return try await send(request)
  }

  private func send(_ request: HTTPRequest) async throws(CallError) -> EffectOutcome {
    let engine = try engine.started()
    do throws(HTTPError) {
      let http = try await engine.start(request)
      return EffectOutcome(
        status: Int32(clamping: http.head.status),
        headers: http.head.headers.map { ($0.name, $0.value) },
        body: try await http.collect(limit: 1 << 20))
    } catch {
      guard error.kind != .cancelled else { throw .credentialCancelled }
      return .problem(error.message)
    }
  }

  /// Why an exchange is not made.
  private static func problem(of exchange: FlowExchange) -> String? {
    guard let authority = URLAuthority(of: exchange.url) else { return "it has no absolute URL" }
    guard authority.scheme == "https" || authority.isNear else {
      return "plain http to \"\(authority.host)\" would show the secret to whoever listens"
    }
    return nil
  }

  private mutating func headers(
    _ exchange: FlowExchange
  ) throws(SecretUnavailable) -> [HTTPHeader] {
    var all: [HTTPHeader] = []
    for header in exchange.headers {
      guard header.credential != 0 else {
        all.append(HTTPHeader(header.name, header.value))
        continue
      }
      let secret = try vault.secret(header.credential)
      guard secret.isOneLine else {
        throw SecretUnavailable(
          message: "credential \"\(secret.name)\" holds a line break and cannot stand in a header")
      }
      all.append(HTTPHeader(header.name, secret.withValue { header.value + $0 }))
    }
    return all
  }

  private mutating func body(_ exchange: FlowExchange) throws(SecretUnavailable) -> [UInt8] {
    var bytes: [UInt8] = []
    for piece in exchange.body {
      switch piece {
      case .literal(let literal): bytes += literal
      case .credential(let handle, let encoding):
        bytes += try vault.secret(handle).withValue { Self.encoded($0, encoding) }
      }
    }
    return bytes
  }

  private static func encoded(_ secret: String, _ encoding: Int32) -> [UInt8] {
    switch encoding {
    case JF_ENCODING_FORM: FormText.encoded(secret)
    case JF_ENCODING_JSON_STRING: Array(JSONEscape.literal(secret).dropFirst().dropLast())
    default: Array(secret.utf8)
    }
  }
}

extension URLAuthority {
  /// Whether what is sent there leaves neither this machine nor its link: loopback, and the
  /// link-local addresses of RFC 3927 and RFC 4291 section 2.5.6, where a cloud's own services are.
  var isNear: Bool {
    if isLoopback { return true }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    if labels.count == 4, labels.allSatisfy({ $0.utf8.allSatisfy(isDigit) && UInt8($0) != nil }) {
      return labels[0] == "169" && labels[1] == "254"
    }
    // All four digits of the first group: in fe8::1 they are 0fe8, which is anywhere.
    guard let group = host.split(separator: ":", omittingEmptySubsequences: false).first,
      host.contains(":"), group.count == 4
    else { return false }
    return ["fe8", "fe9", "fea", "feb"].contains(group.prefix(3))
  }
  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
