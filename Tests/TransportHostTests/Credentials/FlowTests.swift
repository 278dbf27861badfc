import Foundation
import JSONText
import ProviderConfiguration
import Synchronization
import Testing
import TransportSDK

@testable import TransportHost

@Suite(.timeLimit(.minutes(1))) struct `A plugin's flow obtains a token` {
  private static let plain = "{ acme: { url: URL/token, secret: { env: CLIENT_SECRET } } }"

  @Test func `the secret is on the wire alone, encoded, and the token is cut out by the host`()
    async throws
  {
    let bench = try TokenBench(Self.plain)
    let supplied = try #require(try await bench.supply())
    #expect(bench.service.asked == ["scope=own-scope&secret=the%2Fclient%20secret"])
    #expect(supplied.secret.withValue(\.self) == "token-number-1")
    #expect(supplied.isToken)
    #expect(supplied.scope == "own-scope")
    #expect("\(supplied)".contains("token-number") == false)
  }

  @Test func `a scope that an upstream names has a token of its own, and stays once it worked`()
    async throws
  {
    let bench = try TokenBench(Self.plain)
    let own = try #require(try await bench.supply())
    let named = try #require(try await bench.supply(scope: "named", replacing: own))
    #expect(named.scope == "named" && named.secret.withValue(\.self) == "token-number-2")
    #expect(try await bench.supply()?.scope == "own-scope")
    bench.host.credentials.confirm(
      scope: "named", for: try bench.host.providers.provider("main"))
    #expect(try await bench.supply()?.secret.withValue(\.self) == "token-number-2")
    #expect(bench.service.asked.count == 2)
  }

  @Test func `the plugin's word on early renewal is heard`() async throws {
    let bench = try TokenBench(Self.plain)
    _ = try await bench.supply()
    // 300 s before the end, a tenth earlier at most.
    bench.clock.advance(by: .seconds(2900))
    _ = try await bench.supply()
    #expect(bench.service.asked.count == 1)
    bench.clock.advance(by: .seconds(400))
    #expect(try await bench.supply()?.secret.withValue(\.self) == "token-number-1")
    await until { bench.service.asked.count == 2 }
    while try await bench.supply()?.number == 1 { await Task.yield() }
    #expect(try await bench.supply()?.secret.withValue(\.self) == "token-number-2")
  }

  @Test func `a failure names the place inside of the credential and repeats no secret`()
    async throws
  {
    let bench = try TokenBench(Self.plain, variables: ["CLIENT_SECRET": "correct-horse-battery"])
    bench.service.answer { _, body in ("401 Unauthorized", "no: \(body) correct-horse-battery") }
    let error = try #require(await bench.failure())
    #expect(error.code == .auth)
    #expect(error.source?.description == "providers.yaml:3:25")
    #expect(error.message.contains("the token service said 401 no: scope=own-scope"))
    #expect(error.message.contains("{credential:cloud}"))
    #expect(!error.message.contains("correct-horse"))
    let status = try await bench.host.credentialStatus(of: "main")
    #expect(!"\(status)".contains("correct-horse"))
  }

  @Test func `a service that asks for time gets it`() async throws {
    let bench = try TokenBench(Self.plain)
    bench.service.answer { _, _ in ("429 Too Many Requests", "slow down") }
    #expect(await bench.failure()?.retryAfter == .seconds(7))
    bench.clock.advance(by: .seconds(6))
    #expect(await bench.failure()?.retryAfter == .seconds(7))
    #expect(bench.service.asked.count == 1)
    bench.clock.advance(by: .seconds(1))
    _ = await bench.failure()
    #expect(bench.service.asked.count == 2)
  }

  @Test func `an unset secret is a problem of the effect that needs it`() async throws {
    let bench = try TokenBench(Self.plain, variables: [:])
    let error = try #require(await bench.failure())
    #expect(error.message.contains("the variable CLIENT_SECRET is empty or unset"))
    #expect(bench.service.asked.isEmpty)
  }

  @Test(arguments: [
    ("{ acme: { mode: variable, argument: WORD } }", "word-value"),
    ("{ acme: { mode: execute, argument: 'printf out-%s put' } }", "out-put"),
    ("{ acme: { mode: take, argument: CLIENT_SECRET, url: URL/token } }", "token-number-1"),
    ("{ acme: { mode: sleep, url: URL/token } }", "token-number-1"),
  ]) func `each effect gives what it should`(credential: String, token: String) async throws {
    let bench = try TokenBench(
      credential, variables: ["WORD": "word-value", "CLIENT_SECRET": "taken"])
    #expect(try await bench.supply()?.secret.withValue(\.self) == token)
    if credential.contains("take") { #expect(bench.service.asked[0].hasSuffix("&secret=taken")) }
    #expect(bench.clock.waits == (credential.contains("sleep") ? [.seconds(5)] : []))
  }

  @Test func `a file is read beside the configuration's working directory or by its full path`()
    async throws
  {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("jackfield-\(UUID().uuidString)").path
    try "file-token\n".write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bench = try TokenBench("{ acme: { mode: file, argument: \"\(path)\" } }")
    #expect(try await bench.supply()?.secret.withValue(\.self) == "file-token")
  }

  @Test(arguments: [
    ("{ acme: { mode: file, argument: /nowhere/file } }", "\"/nowhere/file\" cannot be read"),
    ("{ acme: { mode: execute, argument: 'echo why >&2; exit 4' } }", "status 4: why"),
    ("{ acme: { mode: take, argument: NOT_THERE } }", "nothing was taken"),
    ("{ acme: { mode: sign, secret: { env: CLIENT_SECRET } } }", "no private key"),
    ("{ acme: { url: \"http://token.example/x\" } }", "plain http to \"token.example\""),
    ("{ acme: { url: \"http://10.0.0.1/x\" } }", "plain http to \"10.0.0.1\""),
  ]) func `what cannot be done comes back as a problem in words`(
    credential: String, words: String
  ) async throws {
    let bench = try TokenBench(credential)
    let error = try #require(await bench.failure())
    #expect(error.code == .auth)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test(arguments: [
    ("{ acme: { mode: nothing } }", "stated no method or no URL"),
    ("{ acme: { url: \"file:///etc/passwd\" } }", "not absolute http or https"),
    ("{ acme: { mode: endless, url: URL/token } }", "more than 64 steps"),
    ("{ acme: { mode: foreign, url: URL/token } }", "a credential that it was not given"),
    ("{ acme: { mode: nowhere, url: URL/token } }", "no usable text is there"),
  ]) func `a flow that breaks the contract is told apart`(
    credential: String, words: String
  ) async throws {
    let bench = try TokenBench(credential)
    let error = try #require(await bench.failure())
    #expect(error.code == .pluginMisbehaved)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test func `a token that no header can hold is not taken`() async throws {
    let bench = try TokenBench(Self.plain)
    bench.service.answer { _, _ in ("200 OK", #"{"access_token":"a\r\nx-evil: 1"}"#) }
    #expect(await bench.failure()?.code == .pluginMisbehaved)
  }

  @Test func `a service that says nothing is left after the flow's own clock`() async throws {
    let bench = try TokenBench("{ acme: { mode: hang, url: URL/token } }")
    let held = NSCondition()
    bench.service.answer { _, _ in
      held.lock()
      _ = held.wait(until: Date(timeIntervalSinceNow: 30))
      held.unlock()
      return ("200 OK", "{}")
    }
    let error = try #require(await bench.failure())
    #expect(error.code == .auth)
    held.broadcast()
  }

  @Test func `cancelling ends the run`() async throws {
    let bench = try TokenBench(Self.plain)
    let held = NSCondition()
    bench.service.answer { _, _ in
      held.lock()
      _ = held.wait(until: Date(timeIntervalSinceNow: 30))
      held.unlock()
      return ("200 OK", "{}")
    }
    let call = Task { try await bench.supply() }
    await until { bench.service.asked.count == 1 }
    call.cancel()
    let error = await #expect(throws: CallError.self) { try await call.value }
    #expect(error?.code == .cancelled)
    held.broadcast()
  }

  @Test func `a setting that the plugin refuses is a finding of check, corrected`() throws {
    let bench = try TokenBench("{ acme: { mode: wrong } }")
    let findings = bench.host.check()
    #expect(findings.map(\.code) == [.rejectedSetting])
    #expect(findings.first?.source == "providers.yaml:3:26")
    #expect(findings.first?.suggestion?.text == "plain")
  }

  @Test func `a flow that the plugin does not know is a finding that names those it knows`()
    async throws
  {
    let bench = try TokenBench("{ acne: { mode: wrong } }")
    let findings = bench.host.check()
    #expect(findings.map(\.code) == [.unknownFlow])
    #expect(findings.first?.message.contains("it knows \"acme\", \"other\"") == true)
    let error = try #require(await bench.failure())
    #expect(error.code == .configInvalid)
    #expect(error.message.contains("it knows \"acme\", \"other\""))
  }

  @Test func `the status says which source won, until when, and never the token`() async throws {
    let bench = try TokenBench(Self.plain)
    let status = try #require(try await bench.host.credentialStatus().first)
    #expect(status.provider == "main" && status.credential == "cloud" && status.kind == "acme")
    #expect(status.sources.map(\.outcome) == [.chosen])
    #expect(status.sources.map(\.name) == ["post"])
    #expect(status.scope == "own-scope")
    #expect(status.expiresIn == .seconds(3600))
    #expect(status.error == nil)
    #expect(!"\(status)".contains("token-number"))
  }
}

@Suite(.timeLimit(.minutes(1))) struct `Calls with tokens` {
  private static let plain = "{ acme: { url: URL/token, secret: { env: CLIENT_SECRET } } }"

  private func call(_ bench: TokenBench) async throws(CallError) -> CallResult {
    try await bench.host.respond(to: .text("Hi", model: "m", isStream: false))
  }

  @Test func `twenty calls on an expired token make one token request`() async throws {
    let bench = try TokenBench(Self.plain)
    _ = try await call(bench)
    bench.clock.advance(by: .seconds(3600))
    let calls = (0..<20).map { _ in Task { try await call(bench).response } }
    for call in calls { _ = try await call.value }
    #expect(bench.service.asked.count == 2)
    #expect(bench.service.state.value.withLock { $0.calls } == 21)
  }

  @Test func `a token that is refused is replaced once, and the call succeeds`() async throws {
    let bench = try TokenBench(Self.plain)
    _ = try await call(bench)
    bench.service.state.value.withLock { _ = $0.refused.insert("token-number-1") }
    let calls = (0..<10).map { _ in Task { try await call(bench).response } }
    for call in calls { _ = try await call.value }
    #expect(bench.service.asked.count == 2)
  }
}
