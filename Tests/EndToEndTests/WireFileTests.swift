import Foundation
import ProviderConfiguration
import RawUpstream
import Synchronization
import Testing
import TransportHost

@Suite struct `Wire files` {
  @Test(.timeLimit(.minutes(1)), arguments: WireFile.all)
  func `hold an exchange from the request to the last event`(file: WireFile) async throws {
    var wire = file
    try await wire.perform()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try wire.text.write(to: file.location, atomically: true, encoding: .utf8)
    }
    #expect(wire.text == file.text, "run with UPDATE_GOLDEN=1 and read the difference")
    #expect(!wire.events.contains(Upstreams.key))
  }

  @Test func `cover each plugin`() {
    for plugin in ["openai", "azure-openai", "azure-foundry"] {
      #expect(WireFile.all.count { $0.plugin == plugin } >= 6)
    }
  }
}

/// One golden file.
struct WireFile: Sendable, CustomTestStringConvertible {
  let location: URL
  let plugin: String
  let request: String
  let reply: String
  private(set) var sent: String
  private(set) var events: String

  var testDescription: String { "\(plugin)/\(location.lastPathComponent)" }

  var text: String {
    "--- request\n\(request)--- sent\n\(sent)--- reply\n\(reply)--- events\n\(events)"
  }

  static let all: [WireFile] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures")
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    return (names ?? []).filter { $0.hasSuffix(".wire") }.sorted()
      .compactMap { WireFile(root.appendingPathComponent($0)) }
  }()

  init?(_ location: URL) {
    guard let text = try? String(contentsOf: location, encoding: .utf8) else { return nil }
    func part(_ from: String, _ to: String?) -> String {
      guard let start = text.range(of: "--- \(from)\n") else { return "" }
      let end = to.flatMap { text.range(of: "--- \($0)\n") }?.lowerBound ?? text.endIndex
      return String(text[start.upperBound..<end])
    }
    self.location = location
    plugin = location.deletingLastPathComponent().lastPathComponent
    request = part("request", "sent")
    sent = part("sent", "reply")
    reply = part("reply", "events")
    events = part("events", nil)
  }

  /// Sends the request to an upstream that answers with the reply, and notes what passed.
  mutating func perform() async throws {
    let answer = wireReply
    let recorded = Recorded()
    let server = try RawServer { connection in
      guard let request = connection.readRequest() else { return }
      recorded.set(request.head, request.body)
      connection.send(answer)
      connection.end()
    }
    let host = try TransportHost(
      text: Array(configuration(server).utf8), file: "providers.yaml", options: options)
    var lines: [String] = []
    do {
      let answer = try await host.stream(CallRequest(body: Array(request.utf8)))
      for try await event in answer {
        lines.append(String(decoding: event.data, as: UTF8.self))
      }
      if let result = answer.result {
        lines.append("= \(result.text)")
        lines += result.warnings.map { "! \($0)" }
      }
    } catch {
      lines.append("! \(error)")
      lines.append("! \(error.source?.description ?? "no source")")
      if let wait = error.retryAfter { lines.append("! wait \(wait)") }
      lines += (error.upstream?.requestIDs ?? []).map { "! \($0.name): \($0.value)" }
    }
    let port = ":\(server.port)"
    sent = recorded.text.replacing(port, with: "").replacing(Upstreams.key, with: "{credential}")
    events = lines.map { $0.replacing(port, with: "") + "\n" }.joined()
  }

  /// The head's line ends as HTTP wants them; the body as it stands, ended by the connection.
  private var wireReply: [UInt8] {
    guard let blank = reply.range(of: "\n\n") else { return [] }
    let head = reply[..<blank.lowerBound].replacing("\n", with: "\r\n")
    return Array("\(head)\r\nconnection: close\r\n\r\n\(reply[blank.upperBound...])".utf8)
  }

  private func configuration(_ server: RawServer) -> String {
    let path =
      ["openai": "/v1", "azure-openai": "/openai/v1"][plugin] ?? "/api/projects/p/openai/v1"
    return """
      version: 1
      providers:
        \(plugin):
          plugin: \(plugin)
          base_url: \(server.url)\(path)
          auth: { key: { env: CANARY } }
      models:
        \(plugin): { targets: [{ provider: \(plugin), model: gpt-5 }] }
      defaults: { retry: { max_retries: 0 } }
      """
  }

  private var options: TransportHost.Options {
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    options.environment = { $0 == "CANARY" ? Upstreams.key : nil }
    return options
  }
}

/// What the raw upstream received.
private final class Recorded: Sendable {
  private let value = Mutex<String>("")

  var text: String { value.withLock { $0 } }

  func set(_ head: String, _ body: [UInt8]) {
    // The library's own headers are not ours to promise.
    let lines = head.split(separator: "\r\n").filter {
      !$0.lowercased().hasPrefix("accept-encoding")
    }
    value.withLock {
      $0 = lines.joined(separator: "\n") + "\n\n" + String(decoding: body, as: UTF8.self)
    }
  }
}
