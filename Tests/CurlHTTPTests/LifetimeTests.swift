@testable import CurlHTTP
import Foundation
import RawUpstream
import Testing

@Suite struct `Cancellation and back-pressure` {
  @Test(arguments: [false, true])
  func `cancelling the task closes the connection`(afterHead: Bool) async throws {
    let requested = Channel<Bool>()
    let closed = Channel<Bool>()
    let server = try RawServer { connection in
      connection.readRequest()
      if afterHead { connection.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx") }
      requested.put(true)
      connection.waitForClose()
      closed.put(true)
    }
    try await withEngine { engine in
      let read = Channel<Bool>()
      let task = Task {
        do throws(HTTPError) {
          let exchange = try await engine.start(.post(server.url))
          _ = try await exchange.nextChunk()
          read.put(true)
          _ = try await exchange.nextChunk()
          return HTTPError?.none
        } catch {
          return error
        }
      }
      _ = try await (afterHead ? read : requested).next()
      task.cancel()
      #expect(await task.value?.kind == .cancelled)
      #expect(await task.value?.headReceived == afterHead)
      #expect(try await closed.next())
      #expect(engine.holdings.exchanges == 0)
      #expect(engine.holdings.connections == 0)
      #expect(engine.holdings.handles == 1, "the handle is spare again")
    }
  }

  @Test func `a cancelled task starts nothing`() async throws {
    let server = try RawServer { $0.waitForClose() }
    try await withEngine { engine in
      let task = Task {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return try await engine.failure(.get(server.url)).kind
      }
      let kind = try await task.value
      #expect(kind == .cancelled)
      #expect(server.accepted == 0)
    }
  }

  @Test func `dropping an exchange closes its connection`() async throws {
    let closed = Channel<Bool>()
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n")
      connection.waitForClose()
      closed.put(true)
    }
    try await withEngine { engine in
      _ = try await engine.start(.get(server.url))
      #expect(try await closed.next())
      #expect(engine.holdings.exchanges == 0)
    }
  }

  @Test func `cancelling an HTTP/2 exchange leaves its connection to the others`() async throws {
    let nginx = try Nginx()
    try nginx.write([UInt8](repeating: 0x61, count: 8 << 20), to: "large")
    try await withEngine(.testing(caFile: nginx.authority)) { engine in
      let dropped = try await engine.start(.get("\(nginx.tls)/large"))
      let kept = try await engine.start(.get("\(nginx.tls)/large"))
      dropped.cancel()
      await #expect(throws: HTTPError.self) { try await dropped.collect(limit: .max) }
      #expect(try await kept.collect(limit: .max).count == 8 << 20)
      let after = try await engine.text(.get("\(nginx.tls)/who"))
      #expect(after.record.connection?.isReused == true)
      #expect(engine.holdings.connections == 1)
    }
  }

  @Test func `an upstream cannot send more than the buffers hold while nobody reads`() async throws
  {
    let total = 64 << 20
    let blocked = Channel<Int>()
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\ncontent-length: \(total)\r\n\r\n")
      let sent = connection.sendUntilBlocked(atMost: total)
      blocked.put(sent)
      var left = total - sent
      while left > 0 {
        let block = min(left, 1 << 20)
        guard connection.send([UInt8](repeating: 0x78, count: block)) else { return }
        left -= block
      }
    }
    try await withEngine { engine in
      let exchange = try await engine.start(.get(server.url))
      // Two sockets' buffers, each of a few megabytes, and ours.
      #expect(try await blocked.next() < 24 << 20)
      #expect(exchange.record.bytesReceived <= 272 << 10)
      var received = 0
      var largest = 0
      while let chunk = try await exchange.nextChunk() {
        received += chunk.count
        largest = max(largest, chunk.count)
      }
      #expect(received == total)
      #expect(largest <= 272 << 10)
    }
  }

  @Test func `a body beyond the limit ends the exchange`() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.respond("too much")
      connection.waitForClose()
    }
    try await withEngine { engine in
      let exchange = try await engine.start(.get(server.url))
      let error = await #expect(throws: HTTPError.self) { try await exchange.collect(limit: 7) }
      #expect(error?.kind == .bodyTooLarge)
      #expect(engine.holdings.exchanges == 0)
    }
  }
}

@Suite struct `The end of an engine` {
  @Test func `shutdown ends open exchanges with cancelled, and starts none`() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n")
      connection.waitForClose()
    }
    let engine = try HTTPEngine(options: .testing())
    let open = try await engine.start(.get(server.url))
    let waiting = Task { await #expect(throws: HTTPError.self) { try await open.nextChunk() } }
    engine.shutdown()
    #expect(await waiting.value?.kind == .cancelled)
    #expect(try await engine.failure(.get(server.url)).kind == .cancelled)
    #expect(
      engine.holdings == HTTPEngineHoldings(exchanges: 0, connections: 0, handles: 0, alarms: 0))
    engine.shutdown()
  }

  @Test func `a task on the executor outlives the engine's thread`() async throws {
    let engine = try HTTPEngine(options: .testing())
    let name = await withTaskExecutorPreference(engine.executor) {
      engine.shutdown()
      await Task.yield()
      return currentThreadName()
    }
    #expect(name != "jackfield-http")
  }

  @Test func `a thousand exchanges of every fate leave no descriptor and no thread`() async throws {
    await #expect(processExitsWith: .success) {
      // The global executor's threads and Foundation's descriptors come with the first use.
      try await exchangesOfEveryFate(40)
      let descriptors = openDescriptors()
      try await exchangesOfEveryFate(1_000)
      await eventually { openDescriptors() <= descriptors && engineThreads() == 0 }
    }
  }

  @Test func `an engine that is dropped open goes by itself`() async throws {
    await #expect(processExitsWith: .success) {
      let server = try RawServer { connection in
        connection.readRequest()
        connection.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n")
        connection.waitForClose()
      }
      for _ in 0..<20 {
        let engine = try HTTPEngine(options: .testing())
        let exchange = try await engine.start(.get(server.url))
        #expect(exchange.head.status == 200)
      }
      await eventually { engineThreads() == 0 }
    }
  }
}

/// Performs exchanges that succeed, break, time out and are dropped, on engines of their own.
private func exchangesOfEveryFate(_ count: Int) async throws {
  let server = try RawServer { connection in
    while let (head, _) = connection.readRequest() {
      switch head.split(separator: " ")[1] {
      case "/0": connection.respond("ok")
      case "/1": return connection.reset()
      case "/2": return connection.waitForClose()
      default:
        connection.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n")
        return connection.waitForClose()
      }
    }
  }
  try await withEngine { engine in
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<count {
        if index >= 32 { await group.next() }
        group.addTask {
          let clocks = HTTPClocks(firstEvent: .milliseconds(20))
          let exchange = try? await engine.start(
            .post("\(server.url)/\(index % 4)", clocks: clocks))
          if index % 4 == 0 { _ = try? await exchange?.collect(limit: 100) }
        }
      }
    }
    guard engine.holdings.exchanges == 0 else { throw TestFailure("open exchanges are left") }
  }
}

private func openDescriptors() -> Int {
  (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
}

private func engineThreads() -> Int {
  let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
  return tasks.count { task in
    let name = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
    return name?.hasPrefix("jackfield-http") == true
  }
}
