import Foundation
import RawUpstream
import Testing
import TransportHost

/// An upstream whose every byte a test writes, with a host in front of it.
struct HostileUpstream {
  let server: RawServer
  let host: TransportHost

  /// - Parameters:
  ///   - settings: Lines added to the provider, indented by four spaces.
  ///   - key: The credential.
  ///   - answer: Called once for each request, after it was read.
  /// - Throws: Where the server or the host cannot start.
  init(
    settings: String = "", key: String = Upstreams.key,
    _ answer: @escaping @Sendable (RawConnection) -> Void
  ) throws {
    server = try RawServer { connection in
      while connection.readRequest() != nil { answer(connection) }
    }
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    options.environment = { $0 == "CANARY" ? key : nil }
    host = try TransportHost(
      text: Array(
        """
        version: 1
        defaults: { retry: { max_retries: 0 } }
        providers:
          openai:
            plugin: openai
            base_url: \(server.url)/v1
            auth: { key: { env: CANARY } }
        \(settings)
        models: { m: { targets: [{ provider: openai, model: m }] } }
        """.utf8), file: "providers.yaml", options: options)
  }

  /// The error of a call.
  func failure(isStream: Bool = true) async -> CallError? {
    do {
      _ = try await host.respond(to: .text("Hello", model: "m", isStream: isStream))
      return nil
    } catch { return error }
  }

  /// The head of a streamed answer.
  static let streamHead = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
}

/// Waits, for at most 20 s, until something is so.
func eventually(_ condition: () -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(20)
  while !condition(), .now < end { await Task.yield() }
  #expect(condition())
}
