import Foundation
import Testing
import TransportHost

/// A helper that prints another token each time: its number, and the scope it was asked for.
private final class TokenHelper: Sendable {
  private let folder: URL

  /// - Parameter tokens: How many it gives before it fails.
  /// - Throws: Where it cannot be written.
  init(tokens: Int = 1000) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "helper-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(
      """
      echo run >> "\(folder.path)/runs"
      [ "$(grep -c run "\(folder.path)/runs")" -le \(tokens) ] || exit 1
      echo "token-$(grep -c run "\(folder.path)/runs")-$JACKFIELD_SCOPE"
      """.utf8
    ).write(to: folder.appending(path: "helper.sh"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Lines for a provider.
  var settings: String {
    """
        auth:
          bearer: { exec: { command: [/bin/sh, \(folder.path)/helper.sh] } }
    """
  }
}

@Suite struct `A token that an upstream refuses` {
  private static let scope = "https://a.example/.default"

  @Test func `is renewed once, and the request sent again`() async throws {
    let helper = try TokenHelper()
    let upstream = try ScriptedUpstream(settings: helper.settings) { number, _ in
      number == 1 ? .refusal(code: "auth") : .whole(ScriptedUpstream.response())
    }
    let answer = try await upstream.respond()
    #expect(answer.attempts.map(\.next) == ["token renewed", nil])
    #expect(answer.attempts.map(\.outcome) == ["auth", "ok"])
    #expect(upstream.tokens == ["token-1-", "token-2-"])
    _ = try await upstream.respond()
    #expect(upstream.tokens.last == "token-2-", "it is kept")
  }

  @Test(arguments: [false, true])
  func `and that has no successor, leaves the call to another target, where there is one`(
    isAlone: Bool
  ) async throws {
    let (helper, second) = (try TokenHelper(tokens: 1), try TokenHelper())
    let upstream = try ScriptedUpstream(
      settings: helper.settings, second: isAlone ? nil : second.settings
    ) { number, _ in
      number == 1 ? .refusal(code: "auth") : .whole(ScriptedUpstream.response())
    }
    if isAlone {
      let error = await upstream.failure()
      #expect(error?.code == .auth)
      #expect(error?.attempts.map(\.next) == ["no new token: auth"])
      #expect(error?.message.contains("ended with 1") == true, "\(error?.message ?? "")")
      #expect(upstream.tokens.count == 1)
    } else {
      let answer = try await upstream.respond()
      #expect(answer.attempts.map(\.provider) == ["scripted", "second"])
      #expect(answer.attempts.map(\.outcome) == ["auth", "ok"])
      #expect(answer.attempts.map(\.next) == ["no new token: auth", nil])
    }
    #expect(upstream.host.routerHoldings.isNothing)
  }

  @Test func `and whose successor it refuses too, ends the call`() async throws {
    let helper = try TokenHelper()
    let upstream = try ScriptedUpstream(settings: helper.settings) { _, _ in
      .refusal(code: "auth")
    }
    let error = await upstream.failure()
    #expect(error?.code == .auth)
    #expect(error?.attempts.map(\.outcome) == ["auth", "auth"])
    #expect(upstream.tokens == ["token-1-", "token-2-"])
  }

  @Test func `for another scope is replaced by one of that scope, for later calls too`()
    async throws
  {
    let helper = try TokenHelper()
    let upstream = try ScriptedUpstream(settings: helper.settings) { number, _ in
      number == 1
        ? .refusal(code: "auth", stateID: Self.scope) : .whole(ScriptedUpstream.response())
    }
    let answer = try await upstream.respond()
    #expect(answer.attempts.map(\.next) == ["token of the scope \(Self.scope)", nil])
    let later = try await upstream.respond()
    #expect(later.attempts.count == 1)
    #expect(upstream.tokens == ["token-1-", "token-2-\(Self.scope)", "token-2-\(Self.scope)"])
  }

  @Test func `is another matter than a key, which only people change`() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID())")
    try Data("key".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let upstream = try ScriptedUpstream(
      settings: "    auth: { bearer: { file: \(file.path) } }"
    ) { _, _ in .refusal(code: "auth", stateID: Self.scope) }
    #expect(await upstream.failure()?.attempts.count == 1)
    #expect(upstream.tokens == ["key"])
  }
}
