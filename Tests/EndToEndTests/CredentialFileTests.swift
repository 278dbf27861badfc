import Foundation
import RawUpstream
import Synchronization
import Testing
import TransportHost

@Suite struct `A credential in a file` {
  final class Seen: Sendable { let head = Mutex("") }

  private static func call(_ path: String, headers: String = "") async throws -> (
    String, CallError?
  ) {
    let seen = Seen()
    let server = try RawServer { connection in
      while let (head, _) = connection.readRequest() {
        seen.head.withLock { $0 = head }
        connection.respond(
          #"{"object":"response","id":"r","status":"completed","output":[]}"#,
          headers: "content-type: application/json\r\n")
      }
    }
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    let text = """
      version: 1
      providers:
        openai:
          plugin: openai
          base_url: \(server.url)/v1
          auth: { key: { file: "\(path)" } }
      \(headers)
      models: { m: { targets: [{ provider: openai, model: m }] } }
      """
    let host = try TransportHost(text: Array(text.utf8), file: "providers.yaml", options: options)
    do {
      _ = try await host.respond(to: .text("Hello", model: "m", isStream: false))
      return (seen.head.withLock { $0 }, nil)
    } catch {
      return (seen.head.withLock { $0 }, error)
    }
  }

  private static func file(_ bytes: [UInt8]) throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(bytes).write(to: path)
    return path.path
  }

  @Test(arguments: ["", "\n", "\r\n", " \n\n"])
  func `is sent without what ends its line`(end: String) async throws {
    let path = try Self.file(Array((Upstreams.key + end).utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (head, error) = try await Self.call(path)
    #expect(error == nil)
    #expect(head.contains("\r\nauthorization: Bearer \(Upstreams.key)\r\n"))
  }

  static let noSecrets: [String: [UInt8]] = [
    "nothing": [], "blanks": Array(" \n".utf8),
    "two lines": Array("\(Upstreams.key)\r\nx-evil: 1".utf8),
    "no UTF-8": [0x41, 0xFF, 0x42], "NUL": [0x41, 0x00, 0x42],
    "a megabyte": [UInt8](repeating: 0x41, count: 1 << 20),
  ]

  @Test(arguments: noSecrets.keys.sorted())
  func `that is no secret is refused before the wire`(content: String) async throws {
    let bytes = try #require(Self.noSecrets[content])
    let path = try Self.file(bytes)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (head, error) = try await Self.call(path)
    #expect(error?.code == .configInvalid)
    #expect(head.isEmpty)
    #expect(error.map { "\($0)".contains(Upstreams.key) || $0.attempts.count > 0 } == false)
  }

  @Test(arguments: ["/", "/nonexistent/file", "/proc/self/mem"])
  func `that cannot be read is refused before the wire`(path: String) async throws {
    let (head, error) = try await Self.call(path)
    #expect(error?.code == .configInvalid)
    #expect(error?.message.contains(path) == true)
    #expect(head.isEmpty)
  }

  @Test(arguments: ["authorization", "Authorization"])
  func `is not displaced by a header of the user`(name: String) async throws {
    let path = try Self.file(Array(Upstreams.key.utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (head, error) = try await Self.call(path, headers: "    headers: { \(name): mine }")
    #expect(error?.code == .configInvalid)
    #expect(head.isEmpty)
  }
}
