#if Gateway
import Foundation
import Gateway
import ProviderConfiguration
import RawUpstream
import Testing
import TransportHost

/// A gateway in this process, with a file of its own.
final class TestGateway: Sendable {
  let server: GatewayServer
  let port: UInt16
  private let scratch: Scratch

  /// Starts one by the text of its file.
  ///
  /// - Parameters:
  ///   - configuration: The text.
  ///   - clock: What its hosts wait by; nil: the world's.
  /// - Throws: Where it does not start.
  init(_ configuration: String, clock: (any HostClock)? = nil) async throws {
    scratch = try Scratch()
    var options = GatewayServer.Options(
      file: try scratch.write(configuration, to: "providers.yaml"))
    options.host = HostSetting.options
    if let clock { options.host.clock = clock }
    options.listening = ListenAddress(host: "127.0.0.1", port: 0)
    server = try await GatewayServer.start(options)
    port = try #require(server.url.split(separator: ":").last.flatMap { UInt16($0) })
  }

  /// Starts one, lends it, and ends it.
  static func with<R: Sendable>(
    _ configuration: String, clock: (any HostClock)? = nil,
    _ body: @Sendable (TestGateway) async throws -> R
  ) async throws -> R {
    let gateway = try await TestGateway(configuration, clock: clock)
    let result: Result<R, any Error>
    do { result = .success(try await body(gateway)) } catch { result = .failure(error) }
    _ = await gateway.server.drain()
    return try result.get()
  }

  /// Writes another text into its file and has it read.
  func reload(_ configuration: String? = nil) throws {
    if let configuration { try scratch.write(configuration, to: "providers.yaml") }
    if let refusal = server.reload() { throw Unexpected("\(refusal.diagnostics)") }
  }

  /// Makes one request on a connection of its own and reads the answer.
  func ask(
    _ method: String, _ path: String, _ body: String? = nil, headers: [String] = []
  ) async throws -> HTTPAnswer {
    let port = port
    let answer = try await onThread {
      let connection = try RawConnection(port: port)
      connection.sendRequest(method, path, body, headers: headers)
      return connection.readAnswer(toHead: method == "HEAD")
    }
    return try #require(answer, "the connection ended without an answer")
  }

  /// Lends a connection to a closure that may block.
  func connected<R: Sendable>(
    patience: Int = 20, receiveBuffer: Int32? = nil,
    _ body: @escaping @Sendable (RawConnection) throws -> R
  ) async throws -> R {
    let port = port
    return try await onThread {
      let connection = try RawConnection(
        port: port, patience: patience, receiveBuffer: receiveBuffer)
      defer { connection.end() }
      return try body(connection)
    }
  }

  /// Creates a response.
  func create(_ model: String, _ text: String = "Hello there", isStream: Bool = false)
    async throws -> HTTPAnswer
  {
    try await ask("POST", "/v1/responses", Self.request(model, text, isStream: isStream))
  }

  /// The body of a request that creates a response.
  static func request(
    _ model: String = "m", _ text: String = "Hello there", isStream: Bool = false
  ) -> String {
    #"{"model":"\#(model)","input":"\#(text)","stream":\#(isStream)}"#
  }
}

/// Waits, for at most 20 s, until something is so.
func eventually(_ condition: () -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(20)
  while !condition(), .now < end { await Task.yield() }
  #expect(condition())
}
#endif
