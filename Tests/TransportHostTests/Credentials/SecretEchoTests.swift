import ProviderConfiguration
import Testing

@testable import TransportHost

@Suite struct `A secret is hidden however it is repeated` {
  private static let sample = "p&ss/wörd \"4711\"?key+value"

  private func clean(_ text: String, of secret: String) -> String {
    Secret(secret, name: "c").redacting(text)
  }

  @Test(arguments: [
    sample,
    "p%26ss%2Fw%C3%B6rd%20%224711%22%3Fkey%2Bvalue",
    "p%26ss%2fw%c3%b6rd%20%224711%22%3fkey%2bvalue",
    "p%26ss%2Fw%C3%B6rd+%224711%22%3Fkey%2Bvalue",
    #"p&ss/wörd \"4711\"?key+value"#, #"p&ss\/wörd \"4711\"?key+value"#,
  ]) func `as it is, as a form writes it and as JSON does`(echo: String) {
    #expect(clean("before=\(echo)&after", of: Self.sample) == "before={credential:c}&after")
  }

  @Test func `its first half is enough`() {
    #expect(clean("key abcdefgh…", of: "abcdefghijklmnop") == "key {credential:c}…")
    #expect(clean("key abcdefg…", of: "abcdefghijklmnop") == "key abcdefg…")
  }

  @Test(arguments: [
    ("hunt", "wrong: hunt.", "wrong: {credential:c}."),
    ("hunt", "a hunter hunts", "a hunter hunts"),
    ("s3cret", "\"s3cret\"", "\"{credential:c}\""),
    ("s3cret", "xs3cret s3cretx", "xs3cret s3cretx"),
    ("key", "the key is wrong", "the key is wrong"), ("", "nothing", "nothing"),
  ]) func `a short one is hidden where it is a word`(secret: String, text: String, hidden: String) {
    #expect(clean(text, of: secret) == hidden)
  }

  @Test func `each line of a PEM text counts`() {
    let pem =
      "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\nAASCBKcwggSjAgEAAoIBAQC7\n"
    #expect(
      clean("bad line MIIEvQIBADANBgkqhkiG9w0BAQEF, then AASCBKcwggSjAgEAAoIBAQC7", of: pem)
        == "bad line {credential:c}, then {credential:c}")
    #expect(clean("no -----BEGIN PRIVATE KEY----- in it", of: "x\n" + pem).contains("BEGIN"))
  }

  @Test func `no mirror shows one`() {
    let secret = Secret("canary-canary", name: "c")
    var shown = "\(secret) \(String(reflecting: secret))"
    dump(secret, to: &shown)
    dump(
      SuppliedCredential(secret: secret, isToken: true, scope: "s"), to: &shown)
    dump(IssuedToken(secret: secret, lifetime: nil, renewal: nil), to: &shown)
    #expect(!shown.contains("canary"), "\(shown)")
  }

  @Test func `what a program printed is not in what it said of it`() {
    let output = Array(#"{"token":"canary-one","other":["canary-two"]} canary-three"#.utf8)
    let errors = "saw canary-one and 'canary-two' (canary-three); token is short"
    let shown = PrintedSecrets(output, name: "c").blanking(Array(errors.utf8))
    #expect(!shown.contains("canary"), "\(shown)")
    #expect(shown.hasSuffix("token is short"))
  }
}

@Suite(.timeLimit(.minutes(1))) struct `No message of a token source repeats a secret` {
  private static let secret = "canary/client secret+9"
  private static let plain = "{ acme: { url: URL/token, secret: { env: CLIENT_SECRET } } }"

  private func everything(_ bench: TokenBench) async throws -> String {
    let error = await bench.failure()
    var text = "\(error.map { "\($0) \(String(decoding: $0.json, as: UTF8.self))" } ?? "none")"
    dump(error, to: &text)
    let status = try await bench.host.credentialStatus()
    dump(status, to: &text)
    dump(bench.host, to: &text)
    return text
  }

  /// The upstream's answers that hold it, and the places where TokenTransport repeats an answer.
  @Test(arguments: [
    "canary/client secret+9", "secret=canary%2Fclient%20secret%2B9",
    "secret=canary%2fclient+secret%2b9", #"{"error":"canary\/client secret+9"}"#,
    "client_assertion=eyJhbGciOiJQUzI1NiJ9.eyJjYW5hcnkiOjF9.canaryCANARY0123456789abcdef",
  ]) func `a token service that echoes it`(echo: String) async throws {
    let bench = try TokenBench(Self.plain, variables: ["CLIENT_SECRET": Self.secret])
    bench.service.answer { _, body in ("400 Bad Request", "no: \(echo) \(body)") }
    let text = try await everything(bench)
    #expect(text.contains("the token service said 400"), "\(text)")
    #expect(!text.lowercased().contains("canary"), "\(text)")
  }

  @Test func `a token in a reply that the plugin cannot use`() async throws {
    let bench = try TokenBench(Self.plain, variables: ["CLIENT_SECRET": Self.secret])
    bench.service.answer { _, _ in
      ("203 Odd", #"{"access_token":"canary-token-value","token_type":"Bearer"}"#)
    }
    let text = try await everything(bench)
    #expect(text.contains("the token service said 203") && text.contains("Bearer"), "\(text)")
    #expect(!text.contains("canary"), "\(text)")
  }

  @Test func `a host shows its file and its providers, and nothing behind them`() throws {
    let bench = try TokenBench(Self.plain, variables: ["CLIENT_SECRET": Self.secret])
    var text = ""
    dump(bench.host, to: &text)
    #expect(text.split(separator: "\n").count == 4, "\(text)")
  }

  @Test func `a short secret`() async throws {
    let bench = try TokenBench(Self.plain, variables: ["CLIENT_SECRET": "k4n4ry"])
    bench.service.answer { _, body in ("400 Bad Request", "wrong: k4n4ry (\(body))") }
    #expect(try await !everything(bench).contains("k4n4ry"))
  }

  /// The canary is put together by the shell, so that the configuration does not hold it.
  @Test(arguments: [
    #"printf "{\"token\":\"%s\"}" $x; echo "got $x" >&2; exit 3"#,
    #"echo $x; echo "got $x" >&2; sleep 300"#,
    #"echo $x; echo $x"#, #"printf "{\"token\":5,\"other\":\"%s\"}" $x"#,
  ]) func `a program that fails behind it`(script: String) async throws {
    let bench = try TokenBench(
      "{ exec: { command: [sh, -c, 'x=$(printf can%s ary-token); \(script)'], timeout: 300ms } }")
    let text = try await everything(bench)
    #expect(text.contains("its program"), "\(text)")
    #expect(!text.contains("canary"), "\(text)")
  }
}
