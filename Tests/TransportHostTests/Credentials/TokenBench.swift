import Foundation
import RawUpstream
import Synchronization
import TransportSDK

@testable import TransportHost

/// A host with the transport of these tests, a token service and an upstream on loopback.
final class TokenBench: Sendable {
  /// The entry of this program.
  private static let entry = TransportEntry(TokenTransport.self)

  let clock = FakeClock()
  let service: TokenService
  let host: TransportHost

  /// - Parameters:
  ///   - credential: The YAML of `credentials.cloud`; `URL` stands for the token service.
  ///   - variables: The host's variables.
  init(
    _ credential: String, variables: [String: String] = ["CLIENT_SECRET": "the/client secret"]
  ) throws {
    service = try TokenService()
    var options = TransportHost.Options()
    options.transports = [unsafe LinkedTransport(id: "acme", entry: Self.entry.pointer)]
    options.environment = { variables[$0] }
    options.clock = clock
    host = try TransportHost(
      text: Array(
        """
        version: 1
        credentials:
          cloud: \(credential.replacing("URL", with: service.url))
        providers:
          main: { plugin: acme, base_url: "\(service.url)/v1", auth: { bearer: cloud } }
        models: { "*": { targets: [{ provider: main, model: "{1}" }] } }
        """.utf8), file: "providers.yaml", options: options)
  }

  /// What a call would place.
  func supply(
    scope: String = "", replacing refused: SuppliedCredential? = nil
  ) async throws(CallError) -> SuppliedCredential? {
    try await host.credentials.credential(
      for: host.providers.provider("main"), scope: scope, replacing: refused)
  }

  /// Why there is nothing to place.
  func failure() async -> CallError? {
    do throws(CallError) {
      _ = try await supply()
      return nil
    } catch {
      return error
    }
  }
}

/// Hands out `token-1`, `token-2` and so on, and answers any call that brings one of them.
final class TokenService: Sendable {
  /// What the service does, and what it was asked.
  struct State: Sendable {
    var asked: [String] = []
    var answer: @Sendable (Int, String) -> (status: String, body: String) = { number, _ in
      ("200 OK", #"{"access_token":"token-number-\#(number)","expires_in":3600}"#)
    }
    /// Tokens that the upstream refuses.
    var refused: Set<String> = []
    var calls = 0
  }

  let state: SharedState
  private let server: RawServer

  final class SharedState: Sendable {
    let value = Mutex(State())
  }

  var url: String { server.url }
  var asked: [String] { state.value.withLock { $0.asked } }

  init() throws {
    let state = SharedState()
    self.state = state
    server = try RawServer { connection in
      while let request = connection.readRequest() {
        if request.head.hasPrefix("POST /v1/") {
          Self.call(request.head, connection, state)
        } else {
          let body = String(decoding: request.body, as: UTF8.self)
          let (number, answer) = state.value.withLock { state in
            state.asked.append(body)
            return (state.asked.count, state.answer)
          }
          let (status, text) = answer(number, body)
          connection.respond(text, status: status)
        }
      }
    }
  }

  func answer(_ answer: @escaping @Sendable (Int, String) -> (status: String, body: String)) {
    state.value.withLock { $0.answer = answer }
  }

  private static func call(_ head: String, _ connection: RawConnection, _ state: SharedState) {
    let isRefused = state.value.withLock { state in
      state.calls += 1
      return state.refused.contains { head.contains("Bearer \($0)\r\n") }
    }
    guard !isRefused else { return connection.respond("{}", status: "401 Unauthorized") }
    connection.respond(
      #"{"id":"resp_1","object":"response","status":"completed","output":[]}"#,
      headers: "content-type: application/json\r\n")
  }
}
