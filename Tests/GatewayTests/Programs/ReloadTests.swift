#if Gateway
import ChildProcess
import Foundation
import RawUpstream
import Testing

@Suite struct `The program reads its file again` {
  private static func text(_ url: String = "http://127.0.0.1:9", models: String...) -> String {
    """
    version: 1
    defaults: { retry: { max_retries: 0 } }
    providers:
      main: { plugin: openai, base_url: "\(url)/v1", auth: { key: { env: CANARY } } }
    models:
    \(models.map { "  \($0): { targets: [{ provider: main, model: m }] }\n" }.joined())
    """
  }

  private static func eventually(
    _ program: GatewayProgram, _ condition: (GatewayProgram) -> Bool
  ) async throws {
    try await GatewayTests.eventually { condition(program) }
    if !condition(program) { Issue.record("\(program.process.errorText)") }
  }

  @Test(.timeLimit(.minutes(1)))
  func `on SIGHUP, and what cannot serve changes nothing and is shown`() async throws {
    let program = try GatewayProgram(Self.text(models: "m"))
    #expect(try await program.models() == ["m"])
    try program.scratch.write(Self.text(models: "m", "n"), to: "providers.yaml")
    program.process.hangUp()
    try await Self.eventually(program) { $0.reloads >= 1 }
    #expect(try await program.models() == ["m", "n"])

    let bad = Self.text(models: "o").replacing("provider: main", with: "provider: mian")
    try program.scratch.write(bad, to: "providers.yaml")
    program.process.hangUp()
    try await Self.eventually(program) { $0.refusals >= 1 }
    #expect(try await program.models() == ["m", "n"])
    let errors = program.process.errorText
    #expect(errors.contains("unknown provider \"mian\""))
    #expect(errors.contains("^^^^"))
    #expect(errors.contains("Did you mean \"main\"?"))
    #expect(program.process.isRunning)

    try program.scratch.write(Self.text(models: "o"), to: "providers.yaml")
    let before = program.reloads
    program.process.hangUp()
    try await Self.eventually(program) { $0.reloads > before }
    #expect(try await program.models() == ["o"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `and says which keys take effect at the next start`() async throws {
    let program = try GatewayProgram(Self.text(models: "m"))
    let text = Self.text(models: "m") + "gateway: { limits: { idle: 9s }, drain: 100ms }\n"
    try program.scratch.write(text, to: "providers.yaml")
    program.process.hangUp()
    try await Self.eventually(program) { $0.reloads >= 1 }
    try await Self.eventually(program) {
      $0.process.errorText.contains("gateway.limits.idle was changed")
    }
    #expect(!program.process.errorText.contains("gateway.listen was changed"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `when it has changed, however it was written`() async throws {
    let program = try GatewayProgram(Self.text(models: "m"))
    let path = program.scratch.directory.appendingPathComponent("providers.yaml")
    // In another file's place, as editors do it.
    try program.scratch.write(Self.text(models: "n"), to: "providers.yaml")
    try await Self.eventually(program) { $0.reloads >= 1 }
    #expect(try await program.models() == ["n"])
    // In the file itself.
    try Data(Self.text(models: "p").utf8).write(to: path)
    try await Self.eventually(program) { $0.reloads >= 2 }
    #expect(try await program.models() == ["p"])
    // By a link that is turned.
    let other = try program.scratch.write(Self.text(models: "q"), to: "other.yaml")
    try FileManager.default.removeItem(at: path)
    try FileManager.default.createSymbolicLink(atPath: path.path, withDestinationPath: other)
    try await Self.eventually(program) { $0.reloads >= 3 }
    #expect(try await program.models() == ["q"])
    try program.scratch.write("version: 1\nproviders: [", to: "other.yaml")
    try await Self.eventually(program) { $0.refusals >= 1 }
    #expect(try await program.models() == ["q"])
  }

  @Test(.timeLimit(.minutes(2)))
  func `and a thousand open streams go on to their ends`() async throws {
    let count = 1000
    let upstream = try HeldUpstream(HeldUpstream.stream)
    let program = try GatewayProgram(Self.text(upstream.url, models: "m"))
    let port = program.port
    let clients = try await onThread {
      try (0..<count).map { _ in
        let connection = try RawConnection(port: port)
        connection.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: true))
        return connection
      }
    }
    let calls = try await onThread { upstream.take(count) }
    #expect(calls.count == count)
    try program.scratch.write(Self.text(upstream.url, models: "m", "n"), to: "providers.yaml")
    program.process.hangUp()
    try await Self.eventually(program) { $0.reloads >= 1 }
    #expect(try await program.models() == ["m", "n"])
    let whole = try await onThread {
      for call in calls {
        call.send(Reply.completed)
        call.end()
      }
      return clients.count { client in
        let answer = client.readAnswer()
        return answer?.isWhole == true
          && answer?.text == Reply.created + Reply.delta + Reply.completed
      }
    }
    #expect(whole == count)
  }
}
#endif
