import ChildProcess

/// The upstream of the benchmarks, in a process of its own: see `AnswerServer/answer-server.c`.
struct AnswerServer {
  /// Delta events in one stream; behind them stands the terminal event.
  static let eventCount = 20_000

  /// `http://127.0.0.1:PORT/v1`.
  let baseURL: String
  private let process: ChildProcess

  /// Starts it.
  init() throws(ChildProcessFailure) {
    process = try ChildProcess(
      BuiltProducts.program("answer-server"), [String(Self.eventCount)], input: .open)
    guard let port = process.nextLine().flatMap({ Int($0) }) else {
      throw ChildProcessFailure("answer-server named no port")
    }
    baseURL = "http://127.0.0.1:\(port)/v1"
  }

  /// Ends it.
  func stop() { _ = process.finish() }
}
