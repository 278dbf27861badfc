import Foundation
import Testing

@testable import ProviderConfiguration

@Suite struct `A finding has one form for people and one for programs` {
  @Test func `the JSON form has exactly the keys of check, in their order`() throws {
    let loaded = Loaded("version: 1\nproviders: { a: { plugin: \"p\", sate: stored } }")
    #expect(
      String(decoding: Diagnostic.report(loaded.diagnostics), as: UTF8.self)
        == #"{"diagnostics":[{"file":"providers.yaml","line":2,"column":32,"end_column":36,"#
        + #""severity":"error","code":"unknown-key","#
        + #""message":"unknown key \"sate\" in providers.a. Did you mean \"state\"?","#
        + #""suggestion":{"text":"state","line":2,"column":32,"end_line":2,"end_column":36}}]}"#)
  }

  @Test func `without a suggestion it is null, without findings the list is empty`() throws {
    let json = String(decoding: Loaded("version: 2").diagnostics[0].json, as: UTF8.self)
    #expect(json.hasSuffix(#""suggestion":null}"#))
    #expect(String(decoding: Diagnostic.report([]), as: UTF8.self) == #"{"diagnostics":[]}"#)
  }

  @Test(arguments: Files.defects)
  func `every finding is valid JSON with sane places`(defect: String) throws {
    let loaded = Loaded(bytes: try Files.bytes("\(defect).yaml"))
    for finding in loaded.diagnostics {
      let object = try JSONSerialization.jsonObject(with: Data(finding.json)) as? [String: Any]
      #expect(object?.count == 8)
      #expect(finding.line >= 1 && finding.column >= 1 && finding.endColumn > finding.column)
    }
  }

  @Test func `findings come in the order of the file, each once`() {
    let loaded = Loaded(
      """
      models: { m: { targets: [{ provider: nobody }] } }
      providers: { a: &a { plugin: p, sate: x }, b: *a, c: { <<: *a } }
      version: 1
      """)
    #expect(loaded.codes == ["unknown-provider", "unknown-key"])
  }

  @Test(arguments: [
    "a\u{1B}[31mred", "a\u{202E}b", "a\u{85}b",
  ]) func `nothing in a file reaches the terminal as a control sequence`(name: String) {
    for finding in Loaded("version: 1\nproviders: { main: { plugin: p, \"\(name)\": x } }")
      .diagnostics
    {
      let excerpt = finding.description.split(separator: "\n").dropFirst().joined()
      #expect(!excerpt.unicodeScalars.contains { $0.properties.generalCategory == .control })
      #expect(!excerpt.unicodeScalars.contains("\u{202E}"))
    }
  }
}

@Suite struct `Secrets are recognised before they are shown` {
  @Test(arguments: [
    "sk-abcdefg", "sk-proj-1", "eyJhbGciOiJIUzI1NiJ9.e30", "3f2a9c0d5b7e48d1a6c4f0e2b8d9137a",
    "Bearer sk-1234567", "https://u:p@a.example", "AbCdEf1234567890abcdef",
    "https://a.example/x?key=sk-abcdefgh", "a/sk-abcdefgh",
  ]) func `these are secrets`(text: String) {
    #expect(SecretPattern.matches(text))
    #expect(SecretPattern.blanking("a: \(text) b").contains("*"))
  }

  @Test(arguments: [
    "openai", "azure-openai-production-east-2", "https://a.example/openai/deployments/gpt-5.6",
    "OPENAI_API_KEY", "gpt-5.6-2025-04-01-preview", "sk", "sk-", "12345678901234567890123",
    "internationalizationexample", "/run/secrets/apim-key", "a@b.example",
  ]) func `these are not`(text: String) {
    #expect(!SecretPattern.matches(text))
    #expect(SecretPattern.blanking(text) == text)
  }

  @Test(arguments: [
    "key: f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "key: correct horse battery staple",
    "bearer: \"abcdef0123456789\"", "key: >-\n        sk-one-two-three",
  ]) func `whatever stands for a credential and is no name is not shown`(entry: String) {
    let loaded = Loaded("version: 1\nproviders:\n  a:\n    plugin: p\n    auth:\n      \(entry)\n")
    #expect(loaded.codes == ["plaintext-secret"])
    for word in ["f81d", "horse", "abcdef0", "one-two"] {
      #expect(!loaded.diagnostics.description.contains(word))
    }
  }

  @Test func `a secret in a text that is no YAML is not shown either`() {
    let loaded = Loaded("providers: { a: { auth: { key: sk-abcdefgh }, password: \"hunter2\"\n")
    #expect(loaded.codes == ["yaml-syntax"])
    let other = Loaded("a: {\npassword: hunter2 : x\n")
    #expect(!(loaded.diagnostics + other.diagnostics).description.contains("hunter2"))
  }

  @Test(arguments: [`A file becomes a document`.full, `Routing and failure are configured`.text])
  func `no prefix of a full file crashes, and no finding shows the environment`(text: String) {
    let bytes = Array(text.utf8)
    for length in stride(from: 0, through: bytes.count, by: 7) {
      let shown = Loaded(bytes: Array(bytes.prefix(length))).diagnostics.description
      #expect(!shown.contains("value-of-the-key"))
    }
  }
}

@Suite struct `Near misses are found` {
  @Test(arguments: [
    ("base_ulr", "base_url"), ("baseURL", "base_url"), ("BASE-URL", "base_url"),
    ("plguin", "plugin"),
    ("header", "headers"), ("xyz", nil), ("", nil), ("auht", "auth"), ("a", nil),
  ]) func `the nearest key is suggested, and none when none is near`(
    written: String, meant: String?
  ) {
    let keys = ["base_url", "plugin", "headers", "auth", "options"]
    #expect(Spelling.nearest(to: written, among: keys) == meant)
  }

  @Test(arguments: [
    ("10", "10s"), ("1.5s", "1500ms"), ("1m30s", "90s"), ("10 sec", "10s"), ("2 hours", "2h"),
    ("90m", "90m"), ("48h", "2d"), ("x", nil), ("-5s", nil), ("0", nil), ("1y", nil), ("", nil),
    ("1.5.5s", nil), ("99999999999999999999d", nil),
  ]) func `a duration in other spellings is corrected`(written: String, meant: String?) {
    #expect(DurationText.correction(of: written) == meant)
  }

  @Test(arguments: ["250ms", "5s", "2m", "1h", "1d", "365d", "1ms"])
  func `a duration is written as it was read`(text: String) {
    #expect(DurationText.parse(text).map(DurationText.write) == text)
  }

  @Test(arguments: [
    "", "s", "5", "5S", "5 s", "1.5s", "0s", "366d", "-1s", "٣s", "9223372036854775807d",
  ])
  func `nothing else is a duration`(text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(arguments: [
    ("http://127.0.0.1", true), ("http://127.9.9.9:80/x", true), ("http://localhost:1", true),
    ("http://a.localhost", true), ("http://[::1]:8080", true), ("http://127.0.0.1.example", false),
    ("http://127.1", false), ("http://localhost.example", false), ("http://[::2]", false),
    ("http://10.0.0.1", false), ("HTTP://LOCALHOST", true),
  ]) func `only this machine is loopback`(text: String, isLoopback: Bool) throws {
    #expect(try BaseURL(text).isLoopback == isLoopback)
  }

  @Test(arguments: [
    "https://", "https://:80", "https://a b", "https://a:0", "https://a:x", "https://[::1", "a",
    "https://[zz]", "https://a\\b", "https://a/\u{7F}", "https://ä.example", "ftp://a", "//a",
    "https:a",
    "https://[::1]x",
  ]) func `these are no base URLs`(text: String) {
    #expect(throws: BaseURL.Problem.self) { try BaseURL(text) }
  }

  @Test(arguments: [
    "https://a", "https://a:8443/x/y?api-version=preview", "HTTPS://A.example/%20",
    "https://1.2.3.4",
    "https://[2001:db8::1]/v1",
  ]) func `these are`(text: String) throws {
    #expect(try !BaseURL(text).isInsecure)
  }
}
