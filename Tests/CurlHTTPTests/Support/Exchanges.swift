@testable import CurlHTTP
import Foundation
import RawUpstream
import Testing

/// An environment without proxies and without trust of its own: the machine's must not change a
/// test.
let bareEnvironment = HTTPEnvironment { _ in nil }

extension HTTPEngineOptions {
  static func testing(
    _ versions: HTTPVersionPolicy = .negotiated, caFile: String? = nil,
    bufferLimit: Int = 256 << 10,
    environment: HTTPEnvironment = bareEnvironment
  ) -> HTTPEngineOptions {
    HTTPEngineOptions(
      versions: versions, caFile: caFile, bufferLimit: bufferLimit, environment: environment)
  }
}

/// Runs a body with an engine and shuts it down after it, whatever happens.
func withEngine(
  _ options: HTTPEngineOptions = .testing(),
  _ body: (HTTPEngine) async throws -> Void
) async throws {
  let engine = try HTTPEngine(options: options)
  defer { engine.shutdown() }
  try await body(engine)
}

extension HTTPEngine {
  /// Performs an exchange whole.
  func text(_ request: HTTPRequest) async throws(HTTPError) -> (
    head: HTTPHead, body: String, record: ExchangeRecord
  ) {
    let exchange = try await start(request)
    let body = try await exchange.collect(limit: 64 << 20)
    return (exchange.head, String(decoding: body, as: UTF8.self), exchange.record)
  }

  /// Performs an exchange that must fail, and returns its error.
  func failure(
    _ request: HTTPRequest, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> HTTPError {
    do throws(HTTPError) {
      let answer = try await text(request)
      Issue.record("expected an error, got \(answer.head)", sourceLocation: sourceLocation)
    } catch {
      return error
    }
    throw TestFailure("no error")
  }
}

extension HTTPRequest {
  static func get(_ url: String, clocks: HTTPClocks = HTTPClocks()) -> HTTPRequest {
    HTTPRequest(url: url, clocks: clocks)
  }

  static func post(
    _ url: String, _ body: [UInt8] = Array("{}".utf8), clocks: HTTPClocks = HTTPClocks()
  ) -> HTTPRequest {
    HTTPRequest(method: "POST", url: url, body: HTTPBody(body), clocks: clocks)
  }
}

/// Values that a server's threads hand to a test, which waits for them.
final class Channel<Value: Sendable>: Sendable {
  private let stream: AsyncStream<Value>
  private let continuation: AsyncStream<Value>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func put(_ value: Value) { continuation.yield(value) }

  func next() async throws -> Value {
    for await value in stream { return value }
    throw TestFailure("the channel is closed")
  }
}

/// Waits until a fact holds, looking again after each yield; for facts that no one announces.
func eventually(
  within limit: Duration = .seconds(10), sourceLocation: SourceLocation = #_sourceLocation,
  _ fact: () -> Bool
) async {
  let end = ContinuousClock.now + limit
  while !fact() {
    guard ContinuousClock.now < end else {
      Issue.record("not within \(limit)", sourceLocation: sourceLocation)
      return
    }
    await Task.yield()
  }
}
