import ChildProcess
import Foundation

/// The client of the benchmarks of servers: see `LoadClient/load-client.c`.
struct LoadClient {
  /// The server's port on loopback.
  let port: UInt16
  /// The file with the body of its requests.
  let body: URL

  /// What one run gave.
  struct Outcome {
    /// How many answers or events came.
    let count: Int
    /// How long it took on the clock, in seconds.
    let seconds: Double
    /// The time within which half of them came, in seconds.
    let p50: Double
    /// The time within which 99 of 100 came, in seconds.
    let p99: Double
  }

  /// Sends `requests` over `connections`, on each the next one when the last is answered.
  func closed(connections: Int, requests: Int) throws(ChildProcessFailure) -> Outcome {
    try run(["closed", "\(connections)", "\(requests)"])
  }

  /// Sends `rate` requests a second, however slow the answers are.
  func paced(
    connections: Int, requests: Int, rate: Double
  ) throws(ChildProcessFailure) -> Outcome {
    try run(["paced", "\(connections)", "\(requests)", "\(rate)"])
  }

  /// Reads one paced stream on each of `connections`; times are those of events on their way.
  func streams(_ connections: Int) throws(ChildProcessFailure) -> Outcome {
    try run(["stream", "\(connections)", "\(connections)"])
  }

  /// Opens so many streams, which stay open until the process that is returned has gone.
  func held(_ connections: Int) throws(ChildProcessFailure) -> ChildProcess {
    let client = try process(["held", "\(connections)"])
    guard client.nextLine() != nil else {
      throw ChildProcessFailure("load-client opened no streams: \(client.errorText)")
    }
    return client
  }

  private func run(_ arguments: [String]) throws(ChildProcessFailure) -> Outcome {
    let line = try process(arguments).finish().checked().text
    var numbers: [Substring: Double] = [:]
    for field in line.split(whereSeparator: \.isWhitespace) {
      let parts = field.split(separator: "=")
      if parts.count == 2 { numbers[parts[0]] = Double(parts[1]) }
    }
    guard let count = numbers["count"], let wall = numbers["wall_us"], let p50 = numbers["p50_us"],
      let p99 = numbers["p99_us"]
    else { throw ChildProcessFailure("load-client printed \(line)") }
    return Outcome(count: Int(count), seconds: wall / 1e6, p50: p50 / 1e6, p99: p99 / 1e6)
  }

  private func process(_ arguments: [String]) throws(ChildProcessFailure) -> ChildProcess {
    try ChildProcess(
      BuiltProducts.program("load-client"), ["\(port)", body.path] + arguments, input: .open)
  }
}
