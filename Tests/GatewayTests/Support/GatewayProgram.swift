#if Gateway
import ChildProcess
import Foundation
import RawUpstream
import Testing

/// The real program, with a file of its own, ended with its owner.
final class GatewayProgram: Sendable {
  let process: ChildProcess
  let port: UInt16
  let scratch: Scratch

  /// Starts it and waits until it listens.
  init(_ configuration: String, _ arguments: [String] = []) throws {
    raiseFileLimit()
    scratch = try Scratch()
    let path = try scratch.write(configuration, to: "providers.yaml")
    process = try Self.start(
      ["--config", path, "--listen", "127.0.0.1:0", "--json"] + arguments, in: scratch)
    let line = try #require(process.nextLine(), "\(process.errorText)")
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
    let url = try #require(object?["listening"], "\(line)")
    port = try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
  }

  /// Starts the program with arguments of the test's own.
  static func start(_ arguments: [String], in scratch: Scratch) throws -> ChildProcess {
    let home = scratch.directory.path
    return try ChildProcess(
      HostSetting.directory + "/jackfield-gateway", ["serve"] + arguments, in: home,
      environment: HostSetting.variables.merging(["HOME": home]) { own, _ in own })
  }

  /// How often it said that it read its file again.
  var reloads: Int { count("the configuration was read again") }
  /// How often it said that it could not.
  var refusals: Int { count("the configuration was not read again") }

  private func count(_ words: String) -> Int {
    process.errorText.components(separatedBy: words).count - 1
  }

  /// Whether it takes connections.
  var isListening: Bool { (try? RawConnection(port: port)) != nil }

  /// Makes a request on a connection of its own.
  func ask(_ method: String, _ path: String, _ body: String? = nil) async throws -> HTTPAnswer {
    let port = port
    let answer = try await onThread {
      let connection = try RawConnection(port: port)
      connection.sendRequest(method, path, body)
      return connection.readAnswer()
    }
    return try #require(answer)
  }

  /// The ids of its models.
  func models() async throws -> [String] {
    let list = try await ask("GET", "/v1/models").json()
    return (list["data"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
  }
}

/// Lets this process have as many connections as it may.
func raiseFileLimit() {
  var limit = rlimit()
  let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  unsafe getrlimit(resource, &limit)
  limit.rlim_cur = limit.rlim_max
  unsafe setrlimit(resource, &limit)
}

/// An upstream whose calls stay open until the test has them go on.
final class HeldUpstream: Sendable {
  private final class Connections: @unchecked Sendable {
    private let condition = NSCondition()
    private var held: [RawConnection] = []

    func add(_ connection: RawConnection) {
      condition.withLock {
        held.append(connection)
        condition.broadcast()
      }
    }

    func take(_ count: Int) -> [RawConnection] {
      condition.withLock {
        while held.count < count, condition.wait(until: Date() + 30) {}
        defer { held = [] }
        return held
      }
    }
  }

  let server: RawServer
  private let connections = Connections()

  /// - Parameter beginning: What is sent of an answer at once.
  /// - Throws: Where it cannot listen.
  init(_ beginning: String) throws {
    let connections = connections
    server = try RawServer(backlog: 2048) { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(beginning)
      connections.add(connection)
    }
  }

  var url: String { server.url }

  /// Takes the calls that are open, once there are so many of them.
  func take(_ count: Int) -> [RawConnection] { connections.take(count) }

  /// The beginning of a stream.
  static let stream = Reply.head + "connection: close\r\n\r\n" + Reply.created + Reply.delta
}
#endif
