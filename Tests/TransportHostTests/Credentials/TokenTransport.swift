import JSONText
import TransportSDK

/// A transport of a plain upstream with a token flow that does what its settings say.
///
/// `{"acme": {"url": …, "secret": {"$secret": 1}, "mode": …}}`: it posts the secret to the URL and takes
/// the token out of the answer; other modes ask for other effects first, or break the contract.
struct TokenTransport: Transport {
  static let descriptor = TransportDescriptor(
    id: "acme", version: "1.0.0", summary: "A plain upstream.", tokenFlows: ["acme", "other"])

  let settings: TransportSettings
  var facts: EndpointFacts {
    EndpointFacts(endpoint: settings.baseURL, allowedHosts: ["127.0.0.1"])
  }

  init(settings: TransportSettings, report: inout SettingsReport) throws(SettingsRefused) {
    self.settings = settings
  }

  func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    exchange.method = "POST"
    exchange.url = settings.baseURL + "/responses"
    exchange.place(request.credential, in: "authorization", prefix: "Bearer ")
    exchange.body = try BodyEditor(request, body: body, into: &exchange).finish(body)
  }

  func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    TransportFailure(head.status == 401 ? .auth : .upstreamFailed, scope: .credential, "refused")
  }

  func tokenFacts(of credential: [UInt8], report: inout SettingsReport) -> TokenFacts? {
    guard let settings = FlowSettings(credential) else { return nil }
    if settings.mode == "wrong" {
      report.fail("/acme/mode", "there is no mode \"wrong\".", suggestion: "plain")
      return nil
    }
    return TokenFacts(scope: "own-scope", refreshBefore: .seconds(300))
  }

  func makeTokenFlow(_ credential: [UInt8], scope: String) -> (any TransportSDK.TokenFlow)? {
    FlowSettings(credential).map { PostFlow($0, scope: scope.isEmpty ? "own-scope" : scope) }
  }
}

/// What stands under `acme`.
struct FlowSettings {
  var url = ""
  var mode = ""
  var argument = ""
  var secret: CredentialHandle?

  init?(_ json: [UInt8]) {
    guard let root = try? JSONText.validate(json.span),
      let acme = root.member("acme", in: json.span)
    else { return nil }
    url = acme.member("url", in: json.span)?.string(in: json.span) ?? ""
    mode = acme.member("mode", in: json.span)?.string(in: json.span) ?? ""
    argument = acme.member("argument", in: json.span)?.string(in: json.span) ?? ""
    secret = acme.value(at: "/secret/$secret", in: json.span)?.integer(in: json.span)
      .map { CredentialHandle(rawValue: UInt64($0)) }
  }
}

/// One run.
final class PostFlow: TransportSDK.TokenFlow {
  private let settings: FlowSettings
  private let scope: String
  private var steps = 0
  private var taken: CredentialHandle?

  init(_ settings: FlowSettings, scope: String) {
    self.settings = settings
    self.scope = scope
  }

  func step(
    after result: EffectResult?, report: inout TokenReport
  ) throws(TransportFailure) -> TokenStep {
    steps += 1
    if steps == 1 { return .needs(first(&report)) }
    guard let result else { throw TransportFailure(.auth, "no result") }
    switch settings.mode {
    case "endless": return .needs(.variable("ENDLESS"))
    case "sleep" where steps == 2: return .needs(post)
    case "sign" where steps == 2:
      guard result.problem.isEmpty, let key = settings.secret else {
        throw TransportFailure(.auth, "no signature: \(result.problem)", pointer: "/acme/secret")
      }
      return .needs(.certificate(key))
    case "take" where steps == 2:
      guard let credential = result.credential else {
        report.source("taken", .skipped, "not there: \(result.status) \(result.problem)")
        throw TransportFailure(.auth, "nothing was taken", pointer: "/acme/argument")
      }
      taken = credential
      return .needs(post)
    case "variable", "file", "execute", "sign":
      guard result.problem.isEmpty else {
        throw TransportFailure(.auth, "status \(result.status): \(result.problem)")
      }
      return .done(IssuedToken(at: "", lifetime: nil))
    default: return try finish(result, &report)
    }
  }

  private func first(_ report: inout TokenReport) -> TokenEffect {
    switch settings.mode {
    case "variable": return .variable(settings.argument)
    case "file": return .readFile(settings.argument)
    case "execute": return .execute(["sh", "-c", settings.argument])
    case "sleep": return .sleep(.seconds(5))
    case "sign":
      return .sign(
        .rs256, key: settings.secret ?? CredentialHandle(rawValue: 1), input: "text")
    case "take": return .secret(.variable(settings.argument))
    case "foreign": taken = CredentialHandle(rawValue: 99)
    default: break
    }
    report.source("post", .chosen, "it asks \(settings.url)")
    return post
  }

  private var post: TokenEffect {
    var request = TokenRequest("POST", settings.url)
    request.headers = [
      .init(name: "content-type", value: "application/x-www-form-urlencoded", credential: nil)
    ]
    request.body = [.text("scope=\(scope)&secret=")]
    if let secret = taken ?? settings.secret { request.body.append(.credential(secret, .form)) }
    request.timeout = settings.mode == "hang" ? .milliseconds(200) : nil
    return .http(request)
  }

  private func finish(
    _ result: EffectResult, _ report: inout TokenReport
  ) throws(TransportFailure) -> TokenStep {
    guard result.problem.isEmpty, result.status == 200 else {
      report.source("post", .failed, "\(result.status) \(result.problem)\(result.text)")
      throw TransportFailure(
        .auth, "the token service said \(result.status) \(result.problem)\(result.text)",
        pointer: "/acme/url", retryAfter: result.status == 429 ? .seconds(7) : nil)
    }
    let body = result.body
    let life = (try? JSONText.validate(body.span))?.member("expires_in", in: body.span)?
      .integer(in: body.span)
    return .done(
      IssuedToken(
        at: settings.mode == "nowhere" ? "/nothing" : "/access_token",
        lifetime: life.map { .seconds($0) }))
  }
}
