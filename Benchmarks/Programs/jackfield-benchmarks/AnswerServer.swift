import ChildProcess

/// The upstream of the benchmarks, in a process of its own: see `AnswerServer/answer-server.c`.
struct AnswerServer {
  /// Delta events in one stream; behind them stands the terminal event.
  static let eventCount = 20_000

  /// Where it listens on loopback.
  let port: UInt16
  /// `http://127.0.0.1:PORT/v1`.
  var baseURL: String { "http://127.0.0.1:\(port)/v1" }
  private let process: ChildProcess

  /// Starts it.
  init() throws(ChildProcessFailure) {
    process = try ChildProcess(
      BuiltProducts.program("answer-server"), [String(Self.eventCount)], input: .open)
    guard let port = process.nextLine().flatMap({ UInt16($0) }) else {
      throw ChildProcessFailure("answer-server named no port")
    }
    self.port = port
  }

  /// Ends it.
  func stop() { _ = process.finish() }
}
